-- The books of the trial payment provider. It knows its merchant's numbers and nothing of what they stand for, so a
-- row lives in the home of its payment's or transfer's number.

create table sandbox_payment (
    home bigint not null, -- internal: of the number
    number text not null, -- internal: the merchant's number; the same again is the same payment
    reference bigint not null, -- internal: our own name for it
    currency text not null, -- internal: of both amounts
    amount bigint not null, -- internal: what the buyer is to pay
    refunded bigint not null, -- internal: of that, given back
    state text not null, -- internal: see PaymentState
    created_at bigint not null, -- internal: when the merchant opened it
    expires_at bigint not null, -- internal: from when on no money is taken
    paid_at bigint, -- internal: when the buyer paid; null before
    primary key (home, number),
    check (amount > 0),
    check (refunded >= 0 and refunded <= amount),
    check (state in ('open', 'paid', 'closed')),
    check (state = 'paid' or refunded = 0)
);

create table sandbox_refund (
    home bigint not null, -- internal: of the payment's number
    payment text not null, -- internal: the merchant's number of the payment
    number text not null, -- internal: the merchant's number of the refund; the same again is the same refund
    reference bigint not null, -- internal: our own name for it
    currency text not null, -- internal: of the amount
    amount bigint not null, -- internal: how much
    state text not null, -- internal: see RefundState
    code text, -- internal: why it failed; null unless it did
    at bigint not null, -- internal: when it was asked for and decided
    primary key (home, payment, number),
    check (amount > 0),
    check (state in ('accepted', 'done', 'failed'))
);

create table sandbox_transfer (
    home bigint not null, -- internal: of the number
    number text not null, -- internal: the merchant's number; the same again is the same transfer
    reference bigint not null, -- internal: our own name for it
    account text not null, -- internal: the merchant's name for the bank account, never its number
    currency text not null, -- internal: of the amount
    amount bigint not null, -- internal: how much
    state text not null, -- internal: see TransferState
    code text, -- internal: why it failed; null unless it did
    at bigint not null, -- internal: when it was asked for and decided
    primary key (home, number),
    check (amount > 0),
    check (state in ('done', 'failed'))
);

-- Messages to the merchant, each sent until it is answered.
create table sandbox_callback (
    home bigint not null, -- internal: of the payment's number
    id bigint not null, -- internal: of this sending
    event bigint not null, -- internal: of the message; two sendings of one message share it
    kind text not null, -- internal: see CallbackKind
    payment text not null, -- internal: the merchant's number of the payment
    number text not null, -- internal: the merchant's number of what it is about: the payment or a refund
    reference text not null, -- internal: our own name for what it is about
    currency text not null, -- internal: of the amount
    amount bigint not null, -- internal: how much
    code text, -- internal: why it failed; null unless it did
    at bigint not null, -- internal: when it happened
    forged bigint not null, -- internal: 1 where the next sending is signed wrongly, on demand
    state text not null, -- internal: see Sending
    tries bigint not null, -- internal: how often it was sent
    due_at bigint, -- internal: when it is to be sent next; null where it is not any more
    primary key (home, id),
    check (forged in (0, 1)),
    check (state in ('waiting', 'answered', 'lost', 'given_up'))
);
create index sandbox_callback_due on sandbox_callback (due_at) where due_at is not null; -- serves worker::due_callbacks

-- The provider's own statement: what it will settle with the merchant, line by line.
create table sandbox_statement (
    home bigint not null, -- internal: of the payment's or transfer's number
    kind text not null, -- internal: see LineKind
    payment text not null, -- internal: the merchant's number of the payment, or of the transfer
    number text not null, -- internal: the merchant's number of what moved
    reference text not null, -- internal: our own name for it
    currency text not null, -- internal: of both amounts
    amount bigint not null, -- internal: into the merchant's account positive, out of it negative
    fee bigint not null, -- internal: what we keep of it; negative where we give it back
    at bigint not null, -- internal: when
    primary key (home, payment, number, kind),
    check (kind in ('pay', 'refund', 'transfer'))
);
create index sandbox_statement_at on sandbox_statement (at); -- serves worker::statement

-- What shall go wrong: for one number, or for whatever comes next.
create table sandbox_mischief (
    topic text not null, -- internal: see Topic
    number text not null, -- internal: of which payment or transfer; a star for whichever comes next
    home bigint not null, -- internal: of the number
    what text not null, -- internal: see Mischief
    millis bigint not null, -- internal: by how much to delay
    times bigint not null, -- internal: how many times still
    primary key (topic, number, home),
    check (times >= 0 and millis >= 0),
    check (topic in ('callback', 'money'))
);
