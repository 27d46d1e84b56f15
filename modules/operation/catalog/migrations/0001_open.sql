-- What can be bought: the category tree, products as makers know them, and what each shop sells of them. [G1]

-- The tree. Operators keep it; a market has some thousands of rows at most.
create table catalog_category ( -- reference
    id bigint not null, -- internal
    parent bigint not null, -- internal: the category above, 0 at the top
    code text not null, -- public: its stable name among its siblings
    commission_bp bigint, -- internal: the market's share of what is sold here; null: as the category above
    commission_folded_bp bigint, -- internal: the same with the categories above folded in; null: the market's default
    primary key (id),
    unique (parent, code),
    check (commission_bp between 0 and 10000),
    check (commission_folded_bp between 0 and 10000)
);

create table catalog_attribute ( -- reference
    id bigint not null, -- internal
    category bigint not null, -- internal: where it holds, and in everything below
    code text not null, -- public: its stable name in the category
    kind text not null, -- public: text, number, flag or choice; never changes, values were written under it
    unit text, -- public: of a number; null: it has none
    required bigint not null, -- internal: 1 where goods are not listed without it
    is_variant bigint not null, -- internal: 1 where it tells the variants of one listing apart
    primary key (id),
    unique (category, code),
    check (kind in ('text', 'number', 'flag', 'choice')),
    check (required in (0, 1)),
    check (is_variant in (0, 1))
);
create index catalog_attribute_required on catalog_attribute (category, code) where required = 1; -- serves tree::required_in

create table catalog_choice ( -- reference
    attribute bigint not null, -- internal: an attribute of kind choice
    code text not null, -- public: one of its values
    primary key (attribute, code)
);

-- What people read for categories, attributes and choices.
create table catalog_word ( -- reference
    kind text not null, -- internal: category or attribute
    thing bigint not null, -- internal: which
    field text not null, -- internal: name, or choice.CODE of an attribute
    lang text not null, -- public
    text text not null, -- public
    primary key (kind, thing, field, lang),
    check (kind in ('category', 'attribute'))
);

create table catalog_brand (
    home bigint not null, -- internal: hash of the key, so that one machine knows whether the name is taken
    id bigint not null, -- internal
    key text not null, -- internal: the name in lower case, spaces made single
    name text not null, -- public: as first written
    primary key (home, id),
    unique (home, key)
);

-- A standard product: what makers and shops mean by the same thing. No price, no stock.
create table catalog_spu (
    home bigint not null, -- internal: its own
    id bigint not null, -- internal
    brand bigint, -- public: null: it has none
    category bigint not null, -- public
    model text not null, -- public: the maker's name of it
    made_at bigint not null, -- internal
    primary key (home, id)
);

create table catalog_spu_gtin (
    home bigint not null, -- internal: the SPU's home
    spu bigint not null, -- internal
    gtin text not null, -- public: 14 digits
    primary key (home, spu, gtin)
);

-- From a bar code to the one product that it means.
create table catalog_gtin (
    home bigint not null, -- internal: hash of the number
    gtin text not null, -- public: 14 digits
    spu bigint not null, -- internal
    primary key (gtin, home),
    check (length(gtin) = 14)
);

-- What a shop sells: the root of its SKUs, prices and stock.
create table catalog_listing (
    home bigint not null, -- internal: its own
    id bigint not null, -- internal
    shop bigint not null, -- public: who sells it
    spu bigint, -- public: the product it is; null: none that the market knows
    category bigint not null, -- public
    brand bigint, -- public: null: it has none
    state text not null, -- public: moves by compare-and-set only
    barred bigint not null, -- internal: 1 while only the market may list it again
    version bigint not null, -- internal: counts its changes; the number of its events
    made_at bigint not null, -- internal
    primary key (home, id),
    check (state in ('draft', 'in_review', 'listed', 'delisted', 'refused')),
    check (barred in (0, 1)),
    check (version >= 1)
);

-- A shop's list of its listings, which live elsewhere.
create table catalog_shop_listing (
    home bigint not null, -- internal: the shop's home
    shop bigint not null, -- internal
    listing bigint not null, -- internal
    primary key (home, shop, listing)
);

-- Who changed a listing, when and why.
create table catalog_change (
    home bigint not null, -- internal: the listing's home
    listing bigint not null, -- internal
    n bigint not null, -- internal: the version that the change made
    verb text not null, -- internal: what was done
    at bigint not null, -- internal: when
    actor text not null, -- internal: what sort of actor, or the market's part
    actor_id bigint not null, -- internal: who, 0 for the market itself
    why text, -- internal: the reason given; null: none is asked for
    rule text, -- internal: the rule that was cited; null: none
    primary key (home, listing, n)
);

create table catalog_sku (
    home bigint not null, -- internal: the listing's home
    id bigint not null, -- internal
    listing bigint not null, -- internal
    code text not null, -- public: the shop's own name of the variant
    state text not null, -- public: on_sale or off
    unit text not null, -- public: what is counted, as people say it: piece, kg
    unit_scale bigint not null, -- public: how many of the smallest quantity make one such unit: 1, or 1000 for kg sold by the gram
    price_per bigint not null, -- public: the price is for 1, 100 or 1,000 of the smallest quantity
    tracking text not null, -- public: whether stock is counted
    made_at bigint not null, -- internal
    primary key (home, id),
    unique (listing, code, home),
    check (state in ('on_sale', 'off')),
    check (unit_scale >= 1),
    check (price_per in (1, 100, 1000)),
    check (tracking in ('tracked', 'made_to_order', 'no_stock'))
);

-- Every price that was ever set. The one in force is the latest by (from_time, version); nothing is overwritten.
create table catalog_price (
    home bigint not null, -- internal: the listing's home
    sku bigint not null, -- internal
    list bigint not null, -- internal: which price list; there is one, 1
    channel bigint not null, -- internal: the sales channel that it holds in; -1 for all of them, as today
    storefront bigint not null, -- internal: the storefront that it holds in; there is one, 1
    currency text not null, -- public
    from_qty bigint not null, -- public: from how many of the smallest quantity on one line
    from_time bigint not null, -- public: from when
    version bigint not null, -- internal: the listing's version that set it; the later one counts at one instant
    amount bigint not null, -- public: minor units for price_per of the smallest quantity
    actor text not null, -- internal: what sort of actor set it
    actor_id bigint not null, -- internal: who, 0 for the market itself
    primary key (home, sku, list, currency, from_qty, from_time, version),
    check (from_qty >= 1),
    check (amount >= 1)
);

-- Typed values of attributes, of a listing (what its shop says), a SKU (what tells it apart) or an SPU (what the
-- market says). Ids of different kinds never share a number.
create table catalog_value (
    home bigint not null, -- internal: the thing's home
    thing bigint not null, -- internal: listing, SKU or SPU
    attribute bigint not null, -- public
    n bigint not null, -- internal: 1, 2, 3 … where it has several values
    text text, -- public: of a text or a choice; null: of another kind
    number double precision, -- public: of a number; null: of another kind
    flag bigint, -- public: of a flag; null: of another kind
    primary key (home, thing, attribute, n),
    check (flag in (0, 1)),
    check (
        case when text is null then 0 else 1 end
        + case when number is null then 0 else 1 end
        + case when flag is null then 0 else 1 end = 1
    )
);

create table catalog_picture (
    home bigint not null, -- internal: the listing's home
    listing bigint not null, -- internal
    n bigint not null, -- public: 1 is the first one shown
    address text not null, -- public: where it lies; what it shows is a text alt.N
    primary key (home, listing, n)
);

-- What people read for goods.
create table catalog_text (
    home bigint not null, -- internal: the thing's home
    thing bigint not null, -- internal: listing or SKU
    field text not null, -- internal: title, model, description, alt.N; option of a SKU
    lang text not null, -- public
    text text not null, -- public
    primary key (thing, field, lang, home)
);

-- Where imported goods came from, so that a second import finds them and changes only what differs.
create table catalog_source (
    home bigint not null, -- internal: hash of shop and key
    shop bigint not null, -- internal
    key text not null, -- internal: the file's own key of the good
    listing bigint not null, -- internal
    sku bigint not null, -- internal
    hash blob not null, -- internal: SHA-256 of the record in canonical form
    primary key (shop, key, home)
);
