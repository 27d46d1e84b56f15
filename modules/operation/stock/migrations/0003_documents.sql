-- What an order, a refund or a receipt moved. [L1]

create index stock_movement_document on stock_movement (home, document, sku); -- serves views::order_page
