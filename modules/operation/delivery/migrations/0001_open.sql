-- A parcel of an order on its way to the buyer [L4]. It lives in the buyer's home beside its order; who receives it
-- is the order's to know.
create table delivery_parcel (
  home bigint not null, -- internal: the buyer's home
  id bigint not null, -- internal: pcl_…
  ord bigint not null, -- internal: of which order
  shop bigint not null, -- internal: who sent it
  carrier text not null, -- internal: the carrier's code
  waybill text not null, -- internal: the carrier's number on the label
  state text not null, -- internal: what its track says, by the carrier's time
  handed_at bigint not null, -- internal: when the shop said that it handed it over
  last_scan_at bigint, -- internal: the carrier's time of the latest scan; null: the carrier has not seen it
  tracks bigint not null, -- internal: how many rows its track has, the next one's number less one
  version bigint not null, -- internal: counts changes, the sequence number of its events
  primary key (home, id),
  check (state in ('created', 'picked_up', 'in_transit', 'at_station', 'out_for_delivery', 'signed', 'refused',
    'in_locker', 'undeliverable', 'returning', 'returned', 'lost', 'damaged')),
  check (tracks >= 0)
);
create index delivery_parcel_of_order on delivery_parcel (home, ord, id); -- serves parcels_of_order, has_scan

-- What is in it.
create table delivery_parcel_line (
  home bigint not null, -- internal: the buyer's home
  parcel bigint not null, -- internal: of which parcel
  n bigint not null, -- internal: the order's line
  units bigint not null, -- internal: how many of that line
  primary key (home, parcel, n),
  check (units > 0)
);

-- All that was ever heard of a parcel, late, out of order, wrong or right: kept, never changed.
create table delivery_track (
  home bigint not null, -- internal: the buyer's home
  parcel bigint not null, -- internal: of which parcel
  n bigint not null, -- internal: 1, 2, 3 … as it was heard
  state text not null, -- internal: what was said
  carrier_at bigint not null, -- internal: when it happened, by the carrier's clock; orders the track
  heard_at bigint not null, -- internal: when we heard of it
  place text not null, -- internal: a town or station, never a person; empty where none was said
  source_key text not null, -- internal: what makes a scan that comes twice one
  correction text, -- internal: why somebody set the state by hand; null: the carrier said it
  corrected_by bigint, -- internal: who did; null: the carrier said it, or the market itself set it
  primary key (home, parcel, n),
  unique (home, parcel, source_key)
);

-- A carrier's number is used once; carriers begin anew after a while, so once a year.
create table delivery_waybill (
  home bigint not null, -- internal: of the text carrier/number/year
  carrier text not null, -- internal: the carrier's code
  number text not null, -- internal: the carrier's number, upper case
  year bigint not null, -- internal: of handing over, UTC
  parcel bigint not null, -- internal: whose number it is
  primary key (carrier, number, year, home)
);

-- What a shop takes for sending an order: a flat fee, or nothing from an amount on.
create table delivery_freight (
  home bigint not null, -- internal: the shop's home
  shop bigint not null, -- internal: whose rule
  currency text not null, -- internal: of both amounts
  fee bigint not null, -- internal: minor units
  free_over bigint, -- internal: goods of so much or more go free, minor units; null: never free
  changed_at bigint not null, -- internal: when the rule was last set
  primary key (shop, home),
  check (fee >= 0),
  check (free_over is null or free_over >= 0)
);
