-- A seller's offer of lines at agreed unit prices to one buyer [T1]. It lives in the buyer's home, where
-- the trade it may become will live.
create table quotation_quotation (
  home bigint not null, -- internal: the buyer's home
  id bigint not null, -- internal: quo_…
  shop bigint not null, -- internal: who offers
  buyer bigint not null, -- internal: to whom, a party
  currency text not null, -- internal: of every amount of the quotation
  state text not null, -- internal: where it stands; moves by compare-and-set only
  lines bigint not null, -- internal: how many lines it has, so that an empty one is never sent
  total bigint not null, -- internal: sum of the lines' amounts, minor units
  made_by bigint, -- internal: the person who drafted it; null: the market itself (import)
  made_at bigint not null, -- internal: when it was drafted
  sent_at bigint, -- internal: when the buyer could first see it; null: still a draft
  expires_at bigint, -- internal: the first instant too late to accept; null: still a draft
  trade bigint, -- internal: what it became; null: not accepted
  version bigint not null, -- internal: counts changes, the sequence number of its events
  primary key (home, id),
  check (state in ('draft', 'sent', 'accepted', 'declined', 'withdrawn', 'expired')),
  check (lines >= 0),
  check (total >= 0),
  check ((state = 'draft') = (sent_at is null)),
  check ((sent_at is null) = (expires_at is null)),
  check ((state = 'accepted') = (trade is not null))
);
create index quotation_of_buyer on quotation_quotation (home, buyer, id); -- serves of_buyer

-- One line. The same SKU may stand on several lines at several prices.
create table quotation_line (
  home bigint not null, -- internal: the buyer's home
  quotation bigint not null, -- internal: of which quotation
  n bigint not null, -- internal: 1, 2, 3 …
  listing bigint not null, -- internal: which goods
  sku bigint not null, -- internal: which variant of them
  units bigint not null, -- internal: how many
  unit_price bigint not null, -- internal: agreed price of price_per units, minor units
  price_per bigint not null, -- internal: the price is for 1, 100 or 1,000 units
  amount bigint not null, -- internal: units × unit_price ÷ price_per, half up
  title text not null, -- public: name of the goods as offered
  primary key (home, quotation, n),
  check (n > 0),
  check (units > 0),
  check (unit_price >= 0),
  check (price_per in (1, 100, 1000)),
  check (amount >= 0)
);

-- What the seller wrote to the buyer: people's words, so apart from the figures.
create table quotation_note (
  home bigint not null, -- internal: the buyer's home
  quotation bigint not null, -- internal: of which quotation
  note text not null, -- personal: free words of the seller's
  primary key (home, quotation)
);
