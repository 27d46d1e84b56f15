-- What every process and every act leaves behind in the store itself.

create table store_node ( -- reference
    node bigint not null, -- internal: 0..15, the process's place in new ids
    holder bigint not null, -- internal: a random number of the process that holds it
    until bigint not null, -- internal: wall clock until which nobody else may take it
    handed_out bigint not null, -- internal: milliseconds since the ids' epoch below which ids may exist
    primary key (node),
    check (node between 0 and 15)
);

create table store_once (
    home bigint not null, -- internal: the actor's home
    key blob not null, -- internal: of a client's key a hash; of our own a time-ordered number, so that rows go to the last page
    act text not null, -- internal: the act that was answered
    client bigint not null, -- internal: 1 where the key came from outside
    body blob not null, -- internal: hash of the request in canonical form, empty where none was given
    answer text not null, -- internal: ids from which the answer is built anew
    at bigint not null, -- internal: when, so that it can be forgotten
    primary key (home, key),
    check (client in (0, 1))
);
create index store_once_at on store_once (at); -- serves once::forget

create table store_audit (
    home bigint not null, -- internal: the actor's home
    id bigint not null, -- internal
    at bigint not null, -- internal: when
    act text not null, -- internal: what was done
    actor text not null, -- internal: what sort of actor, or the system's part
    actor_id bigint not null, -- internal: who, 0 for the system
    subject bigint not null, -- internal: the id it was done to, 0 where none
    outcome text not null, -- internal: done or forbidden
    code text not null, -- internal: why it was forbidden, empty when done
    request text not null, -- internal: the request it belongs to
    channel bigint not null, -- internal: the sales channel
    seal bigint, -- internal: the batch whose root covers this row; null until sealed
    primary key (home, id),
    check (outcome in ('done', 'forbidden'))
);
create index store_audit_unsealed on store_audit (id) where seal is null; -- serves seal::seal

create table store_seal ( -- reference
    number bigint not null, -- internal: 1, 2, 3 …
    rows bigint not null, -- internal: how many audit rows it covers
    root blob not null, -- internal: SHA-256 over the previous root and the rows in order of id
    at bigint not null, -- internal: when
    primary key (number),
    check (rows > 0)
);

create table store_event (
    home bigint not null, -- internal: the root's home
    id bigint not null, -- internal
    name text not null, -- internal: room.past_participle
    version bigint not null, -- internal: of the event's shape
    root bigint not null, -- internal: the id of the thing it happened to
    seq bigint not null, -- internal: the root's own count of its changes
    body text not null, -- internal: JSON of ids and amounts, never personal text
    channel bigint not null, -- internal: the sales channel of the act
    storefront bigint not null, -- internal: the storefront of the act
    at bigint not null, -- internal: when
    tries bigint not null, -- internal: how often delivering it was begun
    not_before bigint not null, -- internal: the next attempt, or the end of a claim
    done_at bigint, -- internal: when its reactions had run; null until then
    primary key (home, id)
);
create index store_event_open on store_event (id) where done_at is null; -- serves outbox::pending_events

create table store_timer (
    home bigint not null, -- internal: the subject's home
    subject bigint not null, -- internal: the id it will be about
    kind text not null, -- internal: what will be done
    due_at bigint not null, -- internal: when
    state bigint not null, -- internal: 0 waits, 1 ran, 2 dropped
    tries bigint not null, -- internal: how often it was begun and failed
    not_before bigint not null, -- internal: the next attempt after a failure, or the end of a claim
    ran_at bigint, -- internal: when it ran or was dropped; null while it waits
    primary key (home, subject, kind),
    check (state between 0 and 2)
);
create index store_timer_due on store_timer (due_at) where state = 0; -- serves timer::due_timers
