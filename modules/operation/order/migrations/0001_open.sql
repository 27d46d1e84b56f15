-- What was bought, from whom, at which price, and what has become of it. [B6]

create table order_trade (
    home bigint not null, -- internal: the buyer's home
    id bigint not null, -- internal
    buyer bigint not null, -- internal: the party that buys
    acted_by bigint not null, -- internal: who placed it, 0 for the market itself
    channel bigint not null, -- internal: the sales channel it came through
    storefront bigint not null, -- internal: there is one, 1
    quotation bigint not null, -- internal: the quotation it accepts, 0 where none
    currency text not null, -- internal: of every amount in it
    amount bigint not null, -- internal: what the buyer pays = the sum of its orders
    orders bigint not null, -- internal: how many orders it has
    placed_at bigint not null, -- internal
    primary key (home, id),
    check (amount >= 0 and orders > 0)
);

create table order_order (
    home bigint not null, -- internal: the buyer's home
    id bigint not null, -- internal
    trade bigint not null, -- internal
    buyer bigint not null, -- internal
    shop bigint not null, -- internal
    state text not null, -- internal: see the state machine
    currency text not null, -- internal: the trade's
    shop_currency text not null, -- internal: in which the shop is paid
    rate_ppb bigint not null, -- internal: locked: shop currency per currency, in parts per billion
    goods bigint not null, -- internal: what the lines cost = the sum of their cash
    charges bigint not null, -- internal: freight, fees and tax = the sum of its charges
    tax bigint not null, -- internal: of this, tax = the sum over lines and charges
    amount bigint not null, -- internal: goods + charges
    refunded bigint not null, -- internal: of the amount, granted back
    commission bigint not null, -- internal: what the platform keeps as commission, from confirmation on
    lines bigint not null, -- internal: how many
    units bigint not null, -- internal: the sum over the lines
    shipped bigint not null, -- internal: units gone out
    cancelled bigint not null, -- internal: units taken back before they went out
    version bigint not null, -- internal: how many changes there are, which numbers the next
    placed_at bigint not null, -- internal
    close_at bigint not null, -- internal: unpaid until then, it closes
    paid_at bigint, -- internal: null until paid
    shipped_at bigint, -- internal: null until the last unit went out
    confirm_at bigint, -- internal: then it confirms itself; null until shipped
    extended bigint not null, -- internal: 1 once the buyer took more time
    completed_at bigint, -- internal: null until confirmed
    settle_on bigint, -- internal: the business date of settlement, 20091231; null until confirmed
    settle_zone text, -- internal: the zone of that date; null until confirmed
    settled_at bigint, -- internal: null until settled
    closed_at bigint, -- internal: null until closed
    primary key (home, id),
    check (state in ('unpaid', 'paid', 'part_shipped', 'shipped', 'completed', 'closed')),
    check (amount = goods + charges and amount >= 0 and goods >= 0 and charges >= 0),
    check (refunded between 0 and amount),
    check (units > 0 and shipped >= 0 and cancelled >= 0 and shipped + cancelled <= units),
    check (commission between 0 and amount),
    check (extended in (0, 1))
);
create index order_order_trade on order_order (home, trade); -- serves find::orders_of_trade
create index order_order_buyer on order_order (home, buyer, id); -- serves find::orders_of_buyer

create table order_line (
    home bigint not null, -- internal
    ord bigint not null, -- internal: the order
    n bigint not null, -- internal: 1, 2, 3 …
    listing bigint not null, -- internal
    sku bigint not null, -- internal
    warehouse bigint not null, -- internal: where it was reserved; 0 for goods of which no stock is kept
    title text not null, -- public: copied, so that the order reads as it was placed
    units bigint not null, -- internal
    price_per bigint not null, -- internal: the price is for 1, 100 or 1,000 units
    price bigint not null, -- internal: the unit price, copied
    gross bigint not null, -- internal: price x units
    cash bigint not null, -- internal: what the buyer pays of it
    tax bigint not null, -- internal: of the cash, tax
    tax_code text not null, -- internal: empty while the market has no tax
    tax_bp bigint not null, -- internal: its rate
    tax_included bigint not null, -- internal: 1 where the price holds it
    commission_bp bigint not null, -- internal: the rate that was in force
    shipped bigint not null, -- internal: units gone out
    cancelled bigint not null, -- internal: units taken back before they went out
    returned bigint not null, -- internal: units whose money was granted back, cancelled ones included
    allowed bigint not null, -- internal: of the cash, granted back as an agreed sum on goods that stay
    refunded bigint not null, -- internal: of the cash, granted back, the agreed sums included
    primary key (home, ord, n),
    check (allowed between 0 and refunded),
    check (units > 0 and price_per in (1, 100, 1000)),
    check (shipped >= 0 and cancelled >= 0 and shipped + cancelled <= units),
    check (returned between cancelled and units),
    check (cash between 0 and gross and refunded between 0 and cash),
    check (commission_bp between 0 and 10000 and tax_bp between 0 and 10000 and tax_included in (0, 1))
);

create table order_charge (
    home bigint not null, -- internal
    ord bigint not null, -- internal
    n bigint not null, -- internal: 1, 2, 3 …
    kind text not null, -- internal: freight, fee or tax
    amount bigint not null, -- internal
    tax bigint not null, -- internal
    tax_code text not null, -- internal
    tax_bp bigint not null, -- internal
    tax_included bigint not null, -- internal
    commission_bp bigint not null, -- internal: 0 where no commission is taken on it
    refunded bigint not null, -- internal: of the amount, granted back
    primary key (home, ord, n),
    check (kind in ('freight', 'fee', 'tax')),
    check (amount >= 0 and refunded between 0 and amount),
    check (commission_bp between 0 and 10000 and tax_bp between 0 and 10000 and tax_included in (0, 1))
);

create table order_price (
    home bigint not null, -- internal
    ord bigint not null, -- internal
    line bigint not null, -- internal: the line's n
    n bigint not null, -- internal: 1, 2, 3 …
    stage text not null, -- internal: regular, agreed, later the stages of offers
    offer bigint not null, -- internal: 0 where no offer made it
    offer_version bigint not null, -- internal
    amount bigint not null, -- internal: the first row is the gross price; what offers take is negative; they sum to the cash
    borne_by text not null, -- internal: shop, platform, supplier or brand
    primary key (home, ord, line, n)
);

create table order_recipient (
    home bigint not null, -- internal
    ord bigint not null, -- internal
    name text not null, -- personal
    phone text not null, -- personal
    country text not null, -- personal
    region text not null, -- personal: code of the region, empty where the country has none
    postal text not null, -- personal
    lines text not null, -- personal: as given
    note text not null, -- personal: what the buyer wrote to the shop
    primary key (home, ord)
);

create table order_change (
    home bigint not null, -- internal
    ord bigint not null, -- internal
    n bigint not null, -- internal: the order's version after it
    what text not null, -- internal: the event
    was text not null, -- internal: the state before
    became text not null, -- internal: the state after
    actor text not null, -- internal: what sort of actor
    actor_id bigint not null, -- internal: who
    at bigint not null, -- internal: when
    why text not null, -- internal: a reason's code, empty where the event says it
    primary key (home, ord, n)
);
