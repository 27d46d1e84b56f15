-- Money on its way from the market to a shop's bank account, and what makes it up: a payout holds folds, a fold holds
-- the settlements of one buyers' home, a settlement is an order. The balances themselves are the ledger's.

create table payout_payout (
    home bigint not null, -- internal: the shop's, carried by the id
    id bigint not null, -- internal: our number at the bank, in its outside form
    shop bigint not null, -- internal: whose money it is; the same home
    account bigint not null, -- internal: to which bank account
    currency text not null, -- internal: of the amount
    amount bigint not null, -- internal: how much
    state text not null, -- internal: see State
    reason text not null, -- internal: see Reason
    asked_by bigint not null, -- internal: the person who asked; 0 for the market itself
    bank_ref text, -- internal: the bank's name for it; null until it gave one
    failure text, -- internal: the bank's code for its no; null unless it failed
    asked_at bigint not null, -- internal: when
    ended_at bigint, -- internal: when it was done or failed; null before
    asks bigint not null, -- internal: how often the bank was asked since the last change, for the schedule
    ask_at bigint, -- internal: when the bank is to be asked next; null where nothing is open
    version bigint not null, -- internal: counts its changes; the sequence of its events
    primary key (home, id),
    check (amount > 0),
    check (state in ('asked', 'sent', 'done', 'failed')),
    check (reason in ('asked', 'scheduled'))
);
create index payout_payout_shop on payout_payout (home, shop, id); -- serves of_shop
create index payout_payout_ask on payout_payout (ask_at) where ask_at is not null; -- serves worker::due

-- One row per settled order: what it brought the shop when its money became free.
create table payout_settlement (
    home bigint not null, -- internal: the buyer's, where the order's money lies
    ord bigint not null, -- internal: the order
    shop bigint not null, -- internal: whose money it is
    currency text not null, -- internal: of every amount of the row
    gross bigint not null, -- internal: goods and freight, less what went back before
    commission bigint not null, -- internal: of that, what the market keeps
    reserve bigint not null, -- internal: of that, what is held back
    net bigint not null, -- internal: of that, what became free
    settle_on bigint not null, -- internal: the day it was due, as 20091201
    zone text not null, -- internal: whose calendar that day is of
    settled_at bigint not null, -- internal: when it was done
    fold bigint, -- internal: with which fold its money came to the shop's home; null before
    primary key (home, ord),
    check (gross >= 0 and commission >= 0 and reserve >= 0 and net >= 0),
    check (net = gross - commission - reserve)
);
create index payout_settlement_unfolded on payout_settlement (home, shop) where fold is null; -- serves fold
create index payout_settlement_reserve on payout_settlement (shop, settled_at) where reserve > 0; -- serves worker::with_reserve
create index payout_settlement_fold on payout_settlement (home, fold) where fold is not null; -- serves settled_in

-- A shop's money of one buyers' home brought into the shop's own. Below zero where refunds after settlement were more
-- than what was settled.
create table payout_fold (
    home bigint not null, -- internal: the shop's, carried by the id
    id bigint not null, -- internal
    shop bigint not null, -- internal: whose money it is; the same home
    source bigint not null, -- internal: the buyers' home that it came from
    currency text not null, -- internal: of the amount
    amount bigint not null, -- internal: into the shop's home positive
    folded_at bigint not null, -- internal: when
    payout bigint, -- internal: the payout that it is part of; null until one takes it, and again where that failed
    primary key (home, id),
    check (amount <> 0)
);
create index payout_fold_free on payout_fold (home, shop) where payout is null; -- serves ask, free_folds
create index payout_fold_payout on payout_fold (home, payout) where payout is not null; -- serves folds_of, failed

-- A shop's payouts stand still until an instant, for a reason. One hold a shop, the later takes the earlier's place.
create table payout_hold (
    home bigint not null, -- internal: the shop's
    shop bigint not null, -- internal
    reason text not null, -- internal: a code, such as account_cooling
    until bigint not null, -- internal: when it ends by itself
    placed_by bigint not null, -- internal: the person who placed or lifted it; 0 for the market itself
    placed_at bigint not null, -- internal: when
    primary key (home, shop)
);
