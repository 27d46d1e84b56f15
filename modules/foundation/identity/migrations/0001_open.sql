-- Who buys, sells and works here. A party is a root with a home of its own; what is unique market-wide
-- (an e-mail, a phone, a number brought from elsewhere) lies in the home of its text and points at the party.

create table identity_party (
    home bigint not null, -- internal: the party's own, drawn at birth
    id bigint not null, -- internal
    kind text not null, -- internal: person, guest or organisation
    state text not null, -- internal: active or blocked
    locale text not null, -- internal: the language the party is written to in
    joined bigint, -- internal: the account that this guest joined; null while he has joined none
    addresses bigint not null, -- internal: how many the book holds, so that one conditional update limits it
    keys bigint not null, -- internal: how many API keys are open, limited the same way
    made_at bigint not null, -- internal: when
    version bigint not null, -- internal: the root's count of its changes, the sequence of its events
    primary key (home, id),
    check (kind in ('person', 'guest', 'organisation')),
    check (state in ('active', 'blocked')),
    check (joined is null or kind = 'guest'),
    check (addresses between 0 and 50),
    check (keys between 0 and 20),
    check (version >= 1)
);

-- One row per party, apart from everything that orders, events and logs may name.
create table identity_contact (
    home bigint not null, -- internal: the party's
    party bigint not null, -- internal
    name text, -- personal: how the party wants to be called; null where none was given
    email text, -- personal: where to write; null where none was given
    phone text, -- personal: where to call; null where none was given
    primary key (party, home)
);

-- What a person logs in with: one e-mail or phone belongs to one person in the whole market.
create table identity_login (
    home bigint not null, -- internal: of the text's hash
    login text not null, -- personal: e-mail in lower case, or phone as + and digits
    party bigint not null, -- internal: whose
    added_at bigint not null, -- internal: when
    verified_at bigint, -- internal: when the person proved that it is his; null until then
    primary key (home, login)
);

-- The same, by person: which log-ins an account has.
create table identity_own_login (
    home bigint not null, -- internal: the person's
    party bigint not null, -- internal
    login text not null, -- personal: as in identity_login
    primary key (home, party, login)
);

-- E-mails and phones that guests left: they find the account that proves later that it owns them.
create table identity_guest_login (
    home bigint not null, -- internal: of the text's hash
    login text not null, -- personal: as in identity_login
    guest bigint not null, -- internal: who left it
    primary key (home, login, guest)
);

-- The number a person has in the system he was imported from, so that a second import finds him again.
create table identity_external (
    home bigint not null, -- internal: of the text's hash
    name text not null, -- personal: the source and its number for the person
    party bigint not null, -- internal: who that is here
    primary key (home, name)
);

create table identity_credential (
    home bigint not null, -- internal: the person's
    party bigint not null, -- internal
    phc text not null, -- sensitive: argon2id in PHC form, with its own salt and cost
    set_at bigint not null, -- internal: when
    revision bigint not null, -- internal: counts changes, so that a check begun before one does not log in after it
    primary key (home, party),
    check (revision >= 1)
);

-- Wrong passwords of the last minutes. Rows of a home are swept whenever one of it is written, so a flood of made-up
-- log-ins cannot fill the disk for longer than the window.
create table identity_attempt (
    home bigint not null, -- internal: of the log-in's text
    login_hash blob not null, -- internal: SHA-256 of the log-in, known here or not
    since bigint not null, -- internal: the first wrong password of the window
    wrong bigint not null, -- internal: how many since
    primary key (login_hash, home),
    check (wrong >= 1)
);
create index identity_attempt_since on identity_attempt (home, since); -- serves log_in::count_wrong

create table identity_session (
    home bigint not null, -- internal: the party's
    id bigint not null, -- internal
    party bigint not null, -- internal: who is logged in; a guest's session is the secret link of his order
    secret_hash blob not null, -- sensitive: SHA-256 of the secret that was shown once
    opened_at bigint not null, -- internal: when
    expires_at bigint not null, -- internal: when it ends by itself
    ended_at bigint, -- internal: when it was ended; null while it is open
    primary key (home, id),
    check (expires_at > opened_at)
);
create index identity_session_party on identity_session (home, party); -- serves session::end_all, session::open

create table identity_key (
    home bigint not null, -- internal: the person's
    id bigint not null, -- internal
    person bigint not null, -- internal: for whom the program acts
    name text not null, -- personal: what the person calls it
    scopes bigint not null, -- internal: a bit per permission, by the permission's place in permission.rs
    secret_hash blob not null, -- sensitive: SHA-256 of the secret that was shown once
    made_at bigint not null, -- internal: when
    expires_at bigint, -- internal: when it ends by itself; null: never
    ended_at bigint, -- internal: when it was ended; null while it is open
    primary key (home, id)
);
create index identity_key_person on identity_key (home, person); -- serves key::keys

-- Who may do what where. Taken grants stay, so that it can be seen who could do something at the time.
create table identity_grant (
    home bigint not null, -- internal: the person's
    person bigint not null, -- internal
    scope_kind text not null, -- internal: market, merchant, shop, warehouse or organisation
    scope bigint not null, -- internal: its raw id, 0 for the market
    permission text not null, -- internal: a word of permission.rs
    granted_at bigint not null, -- internal: when, last
    granted_by bigint not null, -- internal: the party that granted it, 0 for the system
    taken_at bigint, -- internal: when it was taken back; null while it holds
    taken_by bigint, -- internal: the party that took it back, 0 for the system; null while it holds
    primary key (person, scope_kind, scope, permission, home),
    check (scope_kind in ('market', 'merchant', 'shop', 'warehouse', 'organisation')),
    check ((taken_at is null) = (taken_by is null))
);

-- The same, by place: who works in a shop. Kept in the act that grants.
create table identity_member (
    home bigint not null, -- internal: the scope's
    scope_kind text not null, -- internal: as in identity_grant
    scope bigint not null, -- internal: as in identity_grant
    person bigint not null, -- internal
    since bigint not null, -- internal: when he came
    primary key (home, scope_kind, scope, person)
);

-- The guests that joined an account: its further homes.
create table identity_joined (
    home bigint not null, -- internal: the account's
    account bigint not null, -- internal
    guest bigint not null, -- internal
    joined_at bigint not null, -- internal: when
    primary key (home, account, guest)
);

-- An address book. Orders copy what they need, so an address may be wiped.
create table identity_address (
    home bigint not null, -- internal: the party's
    id bigint not null, -- internal
    party bigint not null, -- internal: whose
    name text not null, -- personal: who receives
    phone text not null, -- personal: whom the carrier calls
    country text not null, -- personal: ISO 3166, two letters
    region text, -- personal: the country's own code of province, city or district; null where none was given
    postal text, -- personal: null where the country or the person has none
    lines text not null, -- personal: the rest as given
    added_at bigint not null, -- internal: when
    primary key (home, id),
    check (length(country) = 2)
);
create index identity_address_party on identity_address (home, party); -- serves address::addresses
