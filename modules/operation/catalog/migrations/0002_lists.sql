-- Lists of goods: a shop's by state, what waits for review, a SKU by its code.

create index catalog_listing_shop on catalog_listing (shop, state, id); -- serves views::seller::goods in one state
create index catalog_listing_waiting on catalog_listing (id) where state = 'in_review'; -- serves views::ops::goods_queue
create index catalog_sku_code on catalog_sku (code); -- serves views::seller::stock by code
