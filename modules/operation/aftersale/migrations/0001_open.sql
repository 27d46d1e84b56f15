-- Why a case may be opened. Data, so that an operator adds a reason without a programmer; the words that people read
-- are texts like any other.
create table aftersale_reason ( -- reference
  code text not null, -- public: snake_case
  kind text not null, -- public: the kind of case it may be given for
  active bigint not null, -- internal: 0 where it is not offered any more; cases keep it
  primary key (code, kind),
  check (kind in ('cancel', 'refund_only', 'return', 'exchange')),
  check (active in (0, 1))
);
insert into aftersale_reason (code, kind, active) values
  ('changed_mind', 'cancel', 1),
  ('ordered_by_mistake', 'cancel', 1),
  ('not_shipped_in_time', 'cancel', 1),
  ('out_of_stock', 'cancel', 1),
  ('wrong_address', 'cancel', 1),
  ('agreed', 'cancel', 1),
  ('other', 'cancel', 1),
  ('not_received', 'refund_only', 1),
  ('refused_at_door', 'refund_only', 1),
  ('damaged', 'refund_only', 1),
  ('missing_part', 'refund_only', 1),
  ('wrong_goods', 'refund_only', 1),
  ('not_as_described', 'refund_only', 1),
  ('agreed', 'refund_only', 1),
  ('other', 'refund_only', 1),
  ('changed_mind', 'return', 1),
  ('damaged', 'return', 1),
  ('wrong_goods', 'return', 1),
  ('not_as_described', 'return', 1),
  ('agreed', 'return', 1),
  ('other', 'return', 1),
  ('wrong_size', 'exchange', 1),
  ('damaged', 'exchange', 1),
  ('wrong_goods', 'exchange', 1),
  ('agreed', 'exchange', 1),
  ('other', 'exchange', 1);

-- Somebody wants something back [S1]. It lives in the buyer's home beside its order.
create table aftersale_case (
  home bigint not null, -- internal: the buyer's home
  id bigint not null, -- internal: cas_…
  ord bigint not null, -- internal: of which order
  shop bigint not null, -- internal: who sold
  buyer bigint not null, -- internal: who bought
  kind text not null, -- internal: what is wanted
  state text not null, -- internal: where it stands; moves by compare-and-set only
  reason text not null, -- internal: a code of aftersale_reason
  asked_by bigint, -- internal: the person who opened it; null: the market itself
  asked_at bigint not null, -- internal: when
  answer_by bigint, -- internal: until when the one who has it decides; null: granted as it was opened
  escalated_by bigint, -- internal: who called the operator; null: nobody, or a timer
  escalated_at bigint, -- internal: when; null: the operator was never called
  decided_by bigint, -- internal: who ended it; null: open, or the market itself (silence)
  decided_at bigint, -- internal: when it ended; null: open
  ground text, -- internal: on what it was granted or refused; null: neither
  version bigint not null, -- internal: counts changes, the sequence number of its events
  primary key (home, id),
  check (kind in ('cancel', 'refund_only', 'return', 'exchange')),
  check (state in ('asked', 'with_operator', 'granted', 'refused', 'withdrawn', 'closed')),
  check ((state in ('asked', 'with_operator')) = (decided_at is null)),
  check ((state in ('granted', 'refused')) = (ground is not null)),
  check (decided_at is not null or answer_by is not null)
);
create index aftersale_case_of_order on aftersale_case (home, ord, id); -- serves cases_of_order
create index aftersale_case_waiting on aftersale_case (answer_by, id) where state = 'with_operator'; -- serves waiting_for_operator

-- What it is about: lines or charges of the order.
create table aftersale_case_line (
  home bigint not null, -- internal: the buyer's home
  case_id bigint not null, -- internal: of which case
  kind text not null, -- internal: goods or charge; each counts its own numbers
  n bigint not null, -- internal: the number of the order's line or charge
  units bigint not null, -- internal: how many of the line; 0: money only, and always for a charge
  primary key (home, case_id, kind, n),
  check (kind in ('goods', 'charge')),
  check (units >= 0 and (kind = 'goods' or units = 0))
);

-- Which lines are in an open case: one case at a time for each. A row goes when its case is decided.
create table aftersale_open (
  home bigint not null, -- internal: the buyer's home
  ord bigint not null, -- internal: of which order
  kind text not null, -- internal: goods or charge
  n bigint not null, -- internal: the number of the order's line or charge
  case_id bigint not null, -- internal: the open case
  primary key (ord, kind, n, home)
);

-- What people wrote in a case.
create table aftersale_words (
  home bigint not null, -- internal: the buyer's home
  case_id bigint not null, -- internal: of which case
  n bigint not null, -- internal: the case's version they came with
  side text not null, -- internal: who wrote them
  words text not null, -- personal: free words
  primary key (home, case_id, n),
  check (side in ('buyer', 'seller', 'operator'))
);

-- Money that goes back under a case: the document. Its sums stand twice, here and in its lines, to be compared.
create table aftersale_refund (
  home bigint not null, -- internal: the buyer's home
  id bigint not null, -- internal: rfd_…
  case_id bigint not null, -- internal: under which case
  ord bigint not null, -- internal: of which order
  shop bigint not null, -- internal: who sold
  currency text not null, -- internal: of all its amounts
  amount bigint not null, -- internal: all of it, minor units
  goods bigint not null, -- internal: of the order's lines
  charges bigint not null, -- internal: of the order's charges
  commission_back bigint not null, -- internal: what the market gives back of its commission
  stage text not null, -- internal: where the order's money lay when it was granted
  granted_at bigint not null, -- internal: when
  granted_by bigint, -- internal: who; null: the market itself
  state text not null, -- internal: how far the money has come; moves by compare-and-set only
  version bigint not null, -- internal: counts changes, the sequence number of its events
  primary key (home, id),
  check (goods >= 0 and charges >= 0 and amount = goods + charges),
  check (commission_back >= 0 and commission_back <= amount),
  check (stage in ('before_ship', 'before_confirm', 'before_settle', 'after_settle')),
  check (state in ('granted', 'sent', 'done', 'failed'))
);
create index aftersale_refund_of_order on aftersale_refund (home, ord, id); -- serves refunds_of_order

-- What goes back of each line or charge.
create table aftersale_refund_line (
  home bigint not null, -- internal: the buyer's home
  refund bigint not null, -- internal: of which refund
  kind text not null, -- internal: goods or charge
  n bigint not null, -- internal: the number of the order's line or charge
  units bigint not null, -- internal: how many of the line; 0: money only, and always for a charge
  amount bigint not null, -- internal: minor units, tax included
  tax bigint not null, -- internal: the tax in it
  primary key (home, refund, kind, n),
  check (kind in ('goods', 'charge')),
  check (units >= 0 and (kind = 'goods' or units = 0)),
  check (amount >= 0),
  check (tax >= 0 and tax <= amount)
);

-- By which way it goes back: to a payment of the buyer's, or to whoever else had borne that part.
create table aftersale_refund_part (
  home bigint not null, -- internal: the buyer's home
  refund bigint not null, -- internal: of which refund
  n bigint not null, -- internal: 1, 2, 3 …
  payment bigint, -- internal: the payment it was part of; null: no payment, an offer bore it
  bearer text not null, -- internal: who had borne it: the buyer, or whose offer it was
  amount bigint not null, -- internal: minor units
  primary key (home, refund, n),
  check (bearer in ('buyer', 'platform', 'points', 'stored')),
  check (amount >= 0)
);
