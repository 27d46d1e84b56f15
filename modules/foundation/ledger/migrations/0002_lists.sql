-- The entries of an account, newest first: from the trial balance down to the entry. [$1]

create index ledger_leg_account on ledger_leg (account, currency, entry, n); -- serves views::ops::account
