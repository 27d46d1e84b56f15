-- A shop's settlements, which live with their buyers.

create index payout_settlement_shop on payout_settlement (shop, settled_at, ord); -- serves views::seller::settlements
