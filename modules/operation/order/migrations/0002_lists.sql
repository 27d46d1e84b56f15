-- Lists of orders: what a buyer still has open, and the market's own list. [B6]

create index order_order_open on order_order (home, buyer, state, id) where state in ('unpaid', 'paid', 'part_shipped', 'shipped'); -- serves views::mine
create index order_order_state on order_order (state, id); -- serves views::ops::orders in one state
create index order_order_newest on order_order (id); -- serves views::ops::orders
