-- What was asked of a payment channel and what it answered. The market's side of the money's way; the accounts are
-- the ledger's. Our number at a channel is the outside form of the id, so it needs no column.

create table payment_payment (
    home bigint not null, -- internal: the buyer's, carried by the id
    id bigint not null, -- internal: our number at the channel, in its outside form
    trade bigint not null, -- internal: what is paid; the same home
    channel text not null, -- internal: the code of the channel that was asked
    currency text not null, -- internal: of every amount of the row
    amount bigint not null, -- internal: what is asked for; the sum of the parts
    authorised bigint not null, -- internal: what the channel has promised
    captured bigint not null, -- internal: what the channel has taken for this trade
    refunded bigint not null, -- internal: what was decided to go back, whether the channel has done it or not
    state text not null, -- internal: see State
    channel_ref text, -- internal: the channel's name for it; null until the channel gave one
    failure text, -- internal: the channel's code for its no; null where it said none
    created_at bigint not null, -- internal: when it was intended
    expires_at bigint not null, -- internal: from when on the channel is told to close it
    ended_at bigint, -- internal: when it succeeded, closed or failed; null before
    asks bigint not null, -- internal: how often the channel was asked since the last change, for the schedule
    ask_at bigint, -- internal: when the channel is to be asked next; null where nothing is open
    version bigint not null, -- internal: counts its changes; the sequence of its events
    primary key (home, id),
    check (amount > 0),
    check (refunded >= 0 and refunded <= captured and captured <= authorised and authorised <= amount),
    check (state in ('created', 'pending', 'succeeded', 'closed', 'failed')),
    check (state = 'succeeded' or captured = 0)
);
create index payment_payment_trade on payment_payment (home, trade); -- serves of_trade, intend, succeed
create index payment_payment_ask on payment_payment (ask_at) where ask_at is not null; -- serves worker::due

-- Which order of the trade a payment's money is for, so that a refund of one order cannot reach another's money.
create table payment_part (
    home bigint not null, -- internal: the payment's
    payment bigint not null, -- internal
    ord bigint not null, -- internal: the order
    amount bigint not null, -- internal: its share
    refunded bigint not null, -- internal: of that, decided to go back
    primary key (home, payment, ord),
    check (amount > 0),
    check (refunded >= 0 and refunded <= amount)
);

-- One asking of a channel to give money back.
create table payment_refund (
    home bigint not null, -- internal: the payment's
    id bigint not null, -- internal: our number at the channel, in its outside form
    payment bigint not null, -- internal: whose money goes back
    document bigint, -- internal: the refund document that decided it; null for money that came late
    currency text not null, -- internal: of the amount
    amount bigint not null, -- internal: how much
    state text not null, -- internal: see RefundState
    channel_ref text, -- internal: the channel's name for it; null until it gave one
    failure text, -- internal: the channel's code for its no; null where it said none
    created_at bigint not null, -- internal: when it was intended
    ended_at bigint, -- internal: when it was done or failed; null before
    asks bigint not null, -- internal: how often the channel was asked, for the schedule
    ask_at bigint, -- internal: when the channel is to be asked next; null where nothing is open
    primary key (home, id),
    check (amount > 0),
    check (state in ('intended', 'accepted', 'done', 'failed'))
);
create index payment_refund_payment on payment_refund (home, payment); -- serves refunds_of
create unique index payment_refund_document on payment_refund (home, document, payment) where document is not null; -- serves refunds_for; one asking per document and payment
create index payment_refund_ask on payment_refund (ask_at) where ask_at is not null; -- serves worker::due_refunds

-- Money that a channel took and that no trade wants: after closing, a second time, of another amount. A number is
-- paid at most once at its channel, so a payment has one such row at most.
create table payment_late (
    home bigint not null, -- internal: the payment's
    payment bigint not null, -- internal
    why text not null, -- internal: see Why
    currency text not null, -- internal: of the money that came, which need not be the payment's
    amount bigint not null, -- internal: what came
    refunded bigint not null, -- internal: of that, decided to go back
    channel_ref text not null, -- internal: the channel's name for it
    at bigint not null, -- internal: when we learnt of it
    primary key (home, payment),
    check (amount > 0),
    check (refunded >= 0 and refunded <= amount),
    check (why in ('after_closing', 'second_payment', 'wrong_amount'))
);
