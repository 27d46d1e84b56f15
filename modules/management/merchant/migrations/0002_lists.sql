-- The market's lists of shops. [M2]

create index merchant_shop_state on merchant_shop (state, id); -- serves views::ops::shops in one state
create index merchant_shop_newest on merchant_shop (id); -- serves views::ops::shops
