-- Double entry: accounts, entries, legs. It knows nothing of orders. [$1]

create table ledger_entry (
    home bigint not null, -- internal: the home of the root that the money belongs to
    id bigint not null, -- internal
    event text not null, -- internal: which row of the table of postings it follows: pay, confirm, settle …
    cause bigint not null, -- internal: the raw id of the document that caused it
    part bigint not null, -- internal: tells several entries of one event and cause apart; 0 where there is one
    about bigint not null, -- internal: the order it is about, so that an order's entries are found; 0 where none
    legs bigint not null, -- internal: how many legs it has
    at bigint not null, -- internal: when
    primary key (home, id),
    unique (home, cause, event, part)
);
create index ledger_entry_about on ledger_entry (home, about); -- serves entries_about

create table ledger_leg (
    home bigint not null, -- internal: the entry's home
    entry bigint not null, -- internal
    n bigint not null, -- internal: 1, 2, 3 … within the entry
    account text not null, -- internal: the kind of account
    owner bigint not null, -- internal: whose: an order, a shop, a refund, a channel's number; 0 the platform
    currency text not null, -- internal: ISO 4217
    amount bigint not null, -- internal: minor units, debit positive, credit negative
    primary key (home, entry, n),
    check (amount <> 0)
);

create table ledger_balance (
    home bigint not null, -- internal: part of the account: a shop's pot has one balance per home of its buyers
    account text not null, -- internal
    owner bigint not null, -- internal
    currency text not null, -- internal
    amount bigint not null, -- internal: the sum of the legs
    legs bigint not null, -- internal: how many legs it sums
    primary key (owner, account, currency, home)
);
