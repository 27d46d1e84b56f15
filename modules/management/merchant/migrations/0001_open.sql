-- Merchants are legal entities; a merchant owns one or several shops. Both are roots with homes of their own.

create table merchant_entity (
    home bigint not null, -- internal: the merchant's own, drawn at birth
    id bigint not null, -- internal
    kind text not null, -- public: personal, enterprise, flagship, franchise or self_operated
    applicant bigint not null, -- internal: the party that applied and owns it first
    bank_accounts bigint not null, -- internal: how many are active, so that one conditional update limits them
    applied_at bigint not null, -- internal: when
    primary key (home, id),
    check (kind in ('personal', 'enterprise', 'flagship', 'franchise', 'self_operated')),
    check (bank_accounts between 0 and 10)
);

-- A person's own name where the merchant is one, so it lies apart.
create table merchant_legal_name (
    home bigint not null, -- internal: the merchant's
    merchant bigint not null, -- internal
    name text not null, -- personal: as in the papers
    primary key (home, merchant)
);

-- What proves who the merchant is and what he may sell.
create table merchant_paper (
    home bigint not null, -- internal: the merchant's
    merchant bigint not null, -- internal
    kind text not null, -- internal: what sort of paper
    number text not null, -- sensitive: as printed on it, without blanks
    country text not null, -- internal: of the issuer, ISO 3166; decides which check digit holds
    issuer text not null, -- internal: who issued it
    expires_at bigint, -- internal: null where it does not expire
    added_at bigint not null, -- internal: when it was handed in, last
    primary key (merchant, kind, number, home)
);

-- Who signed which text. One signature per shop and version; none is ever changed.
create table merchant_contract (
    home bigint not null, -- internal: the merchant's
    merchant bigint not null, -- internal
    shop bigint not null, -- internal: for which shop
    version text not null, -- internal: of the text
    text_hash blob not null, -- internal: SHA-256 of the text that was shown
    signed_by bigint not null, -- internal: the party that signed
    signed_at bigint not null, -- internal: when
    channel bigint not null, -- internal: through which door
    primary key (home, merchant, shop, version)
);

create table merchant_bank_account (
    home bigint not null, -- internal: the merchant's
    id bigint not null, -- internal
    merchant bigint not null, -- internal
    holder text not null, -- sensitive: in whose name, the merchant's verified one
    bank text not null, -- sensitive: which bank
    number text not null, -- sensitive: account number or IBAN without blanks
    state text not null, -- internal: active or removed; payouts name it, so it stays
    added_at bigint not null, -- internal: when
    usable_from bigint not null, -- internal: before this no payout goes there
    primary key (home, id),
    check (state in ('active', 'removed')),
    check (usable_from >= added_at)
);
create index merchant_bank_account_merchant on merchant_bank_account (home, merchant); -- serves bank::bank_accounts

create table merchant_shop (
    home bigint not null, -- internal: the shop's own, drawn at birth
    id bigint not null, -- internal
    merchant bigint not null, -- internal: who owns it
    kind text not null, -- public: the merchant's kind, copied
    slug text not null, -- public: its name in addresses
    name text not null, -- public
    currency text not null, -- public: of its prices and its balances
    state text not null, -- public: see state.rs
    deposit_due bigint not null, -- internal: minor units of the shop's currency that must be paid before opening
    deposit_paid bigint not null, -- internal: how much of it was paid before opening; afterwards the ledger knows
    version bigint not null, -- internal: the root's count of its changes, the sequence of its events
    applied_at bigint not null, -- internal: when
    primary key (home, id),
    check (state in ('draft', 'submitted', 'in_review', 'returned', 'refused', 'approved', 'contract_signed',
                     'deposit_paid', 'open', 'frozen', 'closing', 'closed')),
    check (deposit_paid >= 0 and deposit_paid <= deposit_due),
    check (version >= 1)
);

-- The shops of a merchant, in the merchant's home.
create table merchant_owned_shop (
    home bigint not null, -- internal: the merchant's
    merchant bigint not null, -- internal
    shop bigint not null, -- internal
    primary key (home, merchant, shop)
);

-- One slug names one shop in the whole market.
create table merchant_slug (
    home bigint not null, -- internal: of the slug's hash
    slug text not null, -- public
    shop bigint not null, -- internal
    primary key (home, slug)
);

-- Each change of a shop's state: who, when and why.
create table merchant_shop_change (
    home bigint not null, -- internal: the shop's
    shop bigint not null, -- internal
    n bigint not null, -- internal: the shop's version after the change
    from_state text not null, -- internal: see state.rs
    to_state text not null, -- internal: see state.rs
    step text not null, -- internal: what moved it
    why text, -- internal: the reason given; null where the step says it all
    actor text not null, -- internal: what sort of actor
    actor_id bigint not null, -- internal: who, 0 for the system
    at bigint not null, -- internal: when
    primary key (home, shop, n)
);

-- The shop's own list of its orders, which live with their buyers. Kept by reactions, so it may lag a moment.
create table merchant_shop_order (
    home bigint not null, -- internal: the shop's
    shop bigint not null, -- internal
    ord bigint not null, -- internal: the order
    placed_at bigint not null, -- internal: when it was placed
    state text not null, -- internal: the order's state, as its event said
    seq bigint not null, -- internal: of that event, so that an older one changes nothing
    primary key (ord, home),
    check (length(state) between 1 and 40)
);
create index merchant_shop_order_all on merchant_shop_order (home, shop, placed_at, ord); -- serves listed::orders
create index merchant_shop_order_state on merchant_shop_order (home, shop, state, placed_at, ord); -- serves listed::orders in one state

-- The same for its quotations.
create table merchant_shop_quotation (
    home bigint not null, -- internal: the shop's
    shop bigint not null, -- internal
    quotation bigint not null, -- internal
    placed_at bigint not null, -- internal: when it was drafted
    state text not null, -- internal: the quotation's state, as its event said
    seq bigint not null, -- internal: of that event, so that an older one changes nothing
    primary key (quotation, home),
    check (length(state) between 1 and 40)
);
create index merchant_shop_quotation_all on merchant_shop_quotation (home, shop, placed_at, quotation); -- serves listed::quotations
create index merchant_shop_quotation_state on merchant_shop_quotation (home, shop, state, placed_at, quotation); -- serves listed::quotations in one state
