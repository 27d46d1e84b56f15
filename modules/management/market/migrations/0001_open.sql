-- What the operator has changed of the market's defaults. A key without a row has the default of the code,
-- so a new setting needs no migration and a default that is corrected reaches every market that left it alone.
create table market_setting ( -- reference
    key text not null, -- internal: a key of settings.rs
    value text not null, -- internal: as settings.rs writes it
    primary key (key),
    check (length(value) between 1 and 200)
);
