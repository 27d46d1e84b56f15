-- What a shop has run out of. [L1]

create index stock_level_out on stock_level (owner, sku) where on_hand = reserved and condition = 'good'; -- serves views::seller::home
