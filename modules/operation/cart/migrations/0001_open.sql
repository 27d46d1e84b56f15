-- One row per cart: what serialises the changes of one buyer's cart, and holds the counts its limits are asked on.
create table cart_cart (
  home bigint not null, -- internal: the buyer's home
  buyer bigint not null, -- internal: a party, perhaps a guest
  lines bigint not null, -- internal: how many lines are in the cart
  saved bigint not null, -- internal: how many are saved for later
  channel bigint not null, -- internal: the sales channel of the last change
  storefront bigint not null, -- internal: the storefront of the last change
  version bigint not null, -- internal: counts changes
  changed_at bigint not null, -- internal: when it was last changed
  primary key (buyer, home),
  check (lines >= 0),
  check (saved >= 0)
);

-- A wish, no promise: nothing is reserved, and the price is what the buyer last saw, to tell him what changed.
create table cart_line (
  home bigint not null, -- internal: the buyer's home
  buyer bigint not null, -- internal: whose
  sku bigint not null, -- internal: what is wanted
  listing bigint not null, -- internal: of which listing
  shop bigint not null, -- internal: of which shop
  units bigint not null, -- internal: how many
  seen_price_minor bigint not null, -- internal: the price shown when it was put, minor units
  currency text not null, -- internal: of that price
  added_at bigint not null, -- internal: when it was last put
  saved bigint not null, -- internal: 1 where it is kept for later and not bought
  primary key (buyer, sku, home),
  check (units > 0),
  check (seen_price_minor >= 0),
  check (saved in (0, 1))
);
