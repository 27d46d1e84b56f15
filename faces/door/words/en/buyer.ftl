
# The pages for finding goods: home, categories, search, goods, shops.
home-meta = { $name }: goods of many shops, one search and one checkout, payment held until you have your parcel.
banner-title = Many shops, one cart
banner-promise = Pay several shops at once. Each is paid only after you confirm your parcel.
banner-act = See what is new
all-categories = All categories
category-doors = Ways into the categories
newest-goods = New arrivals
all-goods = All goods
market-empty = Nothing on sale yet
market-empty-detail = Goods appear here as soon as the first shop lists them.
categories-none = No categories yet
categories-none-detail = Categories appear here as soon as goods are on sale.
category-all = All
category-meta = { $category } on { $name }: compare shops on one page, payment held until you have your parcel.
category-empty = Nothing in this category right now
category-empty-detail = Look at another category, or search for what you want.
sub-categories = Sub-categories
you-are-here = You are here
sort-by = Sort by
sort-newest = Newest
sort-price-up = Lowest price
sort-price-down = Highest price
goods = Goods
shop = Shop
freight = Delivery
freight-free = Free delivery
freight-flat = { $fee }
freight-free-over = { $fee }, free over { $over }
search-of = Search for “{ $words }”
search-words = “{ $words }”
search-all = { $n ->
    [one] 1 result
   *[other] { $n } results
 }
search-shown = { $n } on this page
search-without = Remove the category “{ $category }”
search-none = Nothing found
search-none-detail = Try a shorter word or check the spelling, or look through the categories.
search-none-within = Nothing found in “{ $category }”
search-none-within-detail = Remove the category to search all goods.
search-everywhere = Search all goods
shop-meta = { $shop } on { $name }, payment held until you have your parcel.
shop-since = Open since { $date }
shop-empty = This shop has nothing on sale yet
shop-empty-detail = Come back later, or look at other shops.
merchant-kind-personal = Private seller
merchant-kind-enterprise = Company
merchant-kind-flagship = Brand store
merchant-kind-franchise = Authorised dealer
merchant-kind-self-operated = Sold by the market
goods-pictures = Pictures
goods-picture = Picture { $n }
goods-inside = Buyers do not see this page yet.
goods-list-price = List price
goods-between = { $from } to { $to }, each
goods-from-units = { $n } or more, each
goods-from-quantity = From { $quantity }
goods-variant = Option
goods-units = Quantity
goods-fewer = Fewer
goods-more = More
goods-counted = { $units } = 1 { $unit }
goods-into-cart = Add to cart
goods-buy-now = Buy now
goods-buy-bar = Buy
goods-other-variant = This option cannot be bought right now. Choose another one.
goods-in-stock = In stock
goods-left = Only { $n } left
goods-left-of = Only { $quantity } left
goods-made-to-order = Made to order
goods-guarded = Held payment: the shop is paid only after you confirm your parcel.
goods-to-shop = Visit the shop
goods-description = About this item
goods-facts = Details
goods-more-facts = { $n ->
    [one] 1 more detail
   *[other] { $n } more details
 }
goods-brand = Brand
goods-model = Model
goods-yes = Yes
goods-no = No
goods-list-comma = ,{" "}
goods-related = More like this
goods-why-listing-not-listed = This is no longer on sale.
goods-why-shop-frozen = The market has paused this shop, so this cannot be bought right now. Orders already placed go on.
goods-why-shop-not-open = This shop has stopped selling. Orders already placed go on.
goods-why-sku-delisted = No option of this is on sale.
goods-why-price-missing = This has no price yet and cannot be bought right now.
goods-why-out-of-stock = Sold out.
