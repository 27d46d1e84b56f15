-- What lies where, and why it changed. [L1]

create table stock_warehouse (
    home bigint not null, -- internal: the shop's home
    id bigint not null, -- internal
    shop bigint not null, -- internal: whose it is
    name text not null, -- internal: as its people call it
    main bigint not null, -- internal: 1 for the one that goods are taken from by default
    primary key (home, id),
    check (main in (0, 1))
);
create index stock_warehouse_shop on stock_warehouse (home, shop); -- serves warehouse::main_of

create table stock_level (
    home bigint not null, -- internal: the listing's home
    sku bigint not null, -- internal: what
    warehouse bigint not null, -- internal: where
    owner bigint not null, -- internal: whose goods, a shop; a shared warehouse never mixes them
    condition text not null, -- internal: good, damaged, quarantine or blocked
    on_hand bigint not null, -- internal: units that lie there = the sum of the movements
    reserved bigint not null, -- internal: units promised to somebody = the sum of the open reservations
    moves bigint not null, -- internal: how many movements there are, which numbers the next
    primary key (sku, warehouse, owner, condition, home),
    check (condition in ('good', 'damaged', 'quarantine', 'blocked')),
    check (reserved >= 0 and reserved <= on_hand),
    check (moves >= 0)
);

create table stock_movement (
    home bigint not null, -- internal: the listing's home
    sku bigint not null, -- internal
    warehouse bigint not null, -- internal
    owner bigint not null, -- internal
    condition text not null, -- internal
    n bigint not null, -- internal: 1, 2, 3 … within the level
    cause text not null, -- internal: receive, ship, return or adjust
    document bigint not null, -- internal: the order, refund or receipt that caused it, 0 for a correction by hand
    units bigint not null, -- internal: in is positive, out is negative
    after bigint not null, -- internal: on hand after it, so that a gap shows
    actor bigint not null, -- internal: who, 0 for the market itself
    at bigint not null, -- internal: when
    primary key (home, sku, warehouse, owner, condition, n),
    check (units <> 0),
    check (after >= 0)
);

create table stock_reservation (
    home bigint not null, -- internal: the listing's home
    sku bigint not null, -- internal
    holder bigint not null, -- internal: the order that holds it
    warehouse bigint not null, -- internal
    owner bigint not null, -- internal
    condition text not null, -- internal
    units bigint not null, -- internal: as reserved
    shipped bigint not null, -- internal: of these, gone out
    released bigint not null, -- internal: of these, given back to the shelf
    state text not null, -- internal: open while units are neither shipped nor released
    expires_at bigint, -- internal: until when a holder who has not paid keeps it; null where it does not depend on that
    primary key (home, holder, sku, warehouse, owner, condition),
    check (units > 0 and shipped >= 0 and released >= 0 and shipped + released <= units),
    check (state in ('open', 'done'))
);
