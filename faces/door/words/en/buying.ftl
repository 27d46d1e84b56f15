# Cart, checkout, paying, orders, refunds, quotations.

# Cart
buy-goods = Goods
buy-reduced = Reductions
buy-freight = Delivery
buy-freight-free = Free delivery reached
buy-free = Free
buy-to-pay = To pay
buy-sum = Total
buy-subtotal = Subtotal
buy-quantity = Quantity
buy-unit-price = Unit price
buy-amount = Amount
buy-untitled = Goods without a title
buy-kinds = { $n ->
    [one] 1 item
   *[other] { $n } items
 }
buy-units = { $n ->
    [one] 1 unit
   *[other] { $n } units
 }
buy-cart-empty = Your cart is empty
buy-cart-empty-detail = Add goods on their pages; everything you mean to buy waits here.
buy-cart-none-now = Nothing here can be bought now
buy-cart-none-now-detail = Put something below back into the cart, or look around.
buy-look-around = Look around
buy-price-fell = { $amount } less than when you added it
buy-price-rose = { $amount } more than when you added it
buy-trouble-shop-frozen = The shop is frozen and cannot sell for now
buy-trouble-shop-not-open = The shop is not open
buy-trouble-delisted = No longer on sale
buy-trouble-price-missing = No price is set for this quantity
buy-trouble-sold-out = Sold out
buy-trouble-fewer-left = Only { $n } left. Lower the quantity to buy it
buy-trouble-too-many = At most { $n } units on a line. Lower the quantity to buy it
buy-refused-too-large = The total is over the limit of one order. Take something out and order in parts.
buy-refused-too-many = There are more items than one order may have. Take something out and order in parts.
buy-refused-currency = A shop charges delivery in another currency. Save its goods for later, then order.
buy-refused-other = These goods cannot be bought in one go. Save some for later, then order.
buy-freight-missing = { $amount } more for free delivery
buy-freight-fill = Find more
buy-freight-bar = How far it is to free delivery
buy-freight-met = Free delivery reached
buy-one-less = One less of { $title }
buy-one-more = One more of { $title }
buy-quantity-of = Quantity of { $title }
buy-set = Update
buy-makes = That is { $quantity }
buy-later = Save for later
buy-later-of = Save for later: { $title }
buy-remove = Remove
buy-remove-of = Remove { $title }
buy-back = Back to the cart
buy-back-of = Back to the cart: { $title }
buy-line-sum = Line total
buy-dead = { $n ->
    [one] 1 item that cannot be bought
   *[other] { $n } items that cannot be bought
 }
buy-saved-for-later = Saved for later
buy-checkout = Check out ({ $n })
buy-checked-now = Prices and stock were checked just now, and are checked again when you order.
said-buy-added = Added to the cart
said-buy-saved = Saved for later
said-buy-removed = Removed

# Checkout
buy-confirm-order = Check your order
buy-left-out = { $n ->
    [one] 1 item is not part of this order
   *[other] { $n } items are not part of this order
 }
buy-to-cart = Back to the cart
buy-contact = How to reach you
buy-have-account = Have an account? Log in
buy-contact-name = Your name (optional)
buy-contact-email = E-mail
buy-contact-phone = Mobile phone
buy-contact-hint = Leave an e-mail or a phone, for questions about the order
buy-contact-phone-hint = With its country code, such as +44
buy-address = Delivery address
buy-address-other = Use another address
buy-address-keep = Keep it in my addresses
buy-parcel = Sent by { $shop }
buy-note = Note to the shops
buy-note-hint = Optional, up to 500 characters; every shop of this order sees it
buy-how-much = What you pay
buy-parcels = { $n ->
    [one] from 1 shop
   *[other] from { $n } shops
 }
buy-place = Place the order
buy-promise = The market holds the money until you confirm receipt. Pay within { $left } of ordering, or the order is cancelled and the stock goes back.
buy-placed = Order placed
buy-placed-detail = Pay within { $left }, or it is cancelled.
buy-pay-now = Pay now
buy-link-title = Keep the link to your orders
buy-link-detail = You have no account: this link opens your orders, to follow them, confirm receipt or ask for a refund. It works for { $n } days and is shown this once.
buy-link = Link to your orders
buy-link-copy = Copy
buy-link-copied = Copied
buy-link-hint = Whoever has it can open your orders; share it with nobody

# Paying
buy-cashier = Pay
buy-left = { $left } left
buy-pay-before = Pay before { $time }: { $left } left
buy-pay-closing = The time to pay is over; the order is being closed
buy-pay-waiting = You opened a payment before, and the channel has not said that it has the money. If you paid, look at the result first.
buy-pay-look = See the result
buy-pay-how = Payment method
buy-pay-nothing = There is nothing to pay: confirm it and the shop ships.
buy-pay-confirm = Confirm the order
buy-pay-amount = Pay { $amount }
buy-pay-promise = The market holds the money until you confirm receipt; then the shop is paid.
buy-channel-sandbox = Trial payment
buy-orders-of-trade = { $n ->
    [one] 1 order
   *[other] { $n } orders
 }
buy-cancel = Cancel the order
buy-cancel-question = Cancel this purchase?
buy-cancel-effects = { $n ->
    [one] 1 order is
   *[other] { $n } orders are
 } closed and the stock goes back. Nothing was paid, so nothing has to be refunded.
buy-cancel-yes = Cancel it
buy-cancel-no = Keep it
said-buy-cancelled = Order cancelled; the stock went back
buy-result-paid = Paid
buy-result-waiting = Waiting for the payment channel
buy-result-failed = This payment did not go through
buy-result-unpaid = Not paid yet
buy-result-closed = The order is closed
buy-result-then-paid = The market holds the money; the shops have your order.
buy-result-then-waiting = As soon as the channel says that it has the money, this page changes. It looks every 3 seconds.
buy-result-then-failed = No money was taken. Pay again or choose another method.
buy-result-then-closed = It was not paid in time, or you cancelled it. Order again if you want the goods.
buy-result-unpaid-then = Pay before { $time }, or it is cancelled.
buy-result-refresh = Look again
buy-result-another-way = Pay another way
buy-next = What happens next
buy-next-ship = The shop ships; the order shows the waybill and where the parcel is.
buy-next-confirm = When the goods are there and fine, confirm receipt: only then is the shop paid.
buy-next-refund = If you change your mind or something is wrong, ask for a refund on the order.
buy-next-guest = Come back by the link that was shown when you ordered.

# Orders
buy-tabs = By state
buy-tab-all = All
buy-tab-to-pay = To pay
buy-tab-to-ship = To ship
buy-tab-to-receive = To receive
buy-tab-after-sales = Refunds
buy-orders-none = No orders yet
buy-orders-none-detail = Once you order, payments, parcels and refunds are here.
buy-orders-none-here = No orders here
buy-orders-none-here-detail = Look under another tab, or at all orders.
buy-orders-all = See all orders
buy-in-case = Refund in progress
buy-more-lines = { $n ->
    [one] 1 more item
   *[other] { $n } more items
 }
buy-placed-at = Ordered { $time }
buy-card-pay-by = Pay before { $time }
buy-card-confirms = Confirms itself { $time }
buy-card-refunded = { $amount } refunded
buy-confirm = Confirm receipt
buy-see-order = See the order

# One order
buy-way = You are here
buy-head-unpaid = Pay before { $time }
buy-head-paid = Paid. The shop ships next
buy-head-part-shipped = { $sent } of { $all } units are on their way
buy-head-shipped = The parcel is on its way
buy-head-signed = The parcel has arrived. Check it, then confirm receipt
buy-head-some-signed = { $there } of { $all } parcels have arrived
buy-head-completed = Completed
buy-head-cancelled = You cancelled this order
buy-head-not-paid = Not paid in time, so it was closed
buy-head-refunded = Refunded in full and closed
buy-then-unpaid = After that it is cancelled and the stock goes back.
buy-then-paid = The market holds the money. What has not been sent is refunded at once if you ask.
buy-then-shipped = If you do nothing, it confirms itself { $time }.
buy-then-disputed = While a refund is being decided it does not confirm itself.
buy-then-completed = The money is the shop’s. If something is wrong you can still ask for a refund.
buy-confirm-question = Have you received everything?
buy-confirm-effects = If you confirm, { $amount } goes to { $shop } and the market no longer holds it. You can still ask the shop for a refund.
buy-confirm-yes = Confirm and pay the shop { $amount }
buy-confirm-no = Not yet
buy-ask-refund = Ask for a refund
said-buy-confirmed = Receipt confirmed; the money is the shop’s
said-buy-extended = You have more time
said-buy-withdrawn = Refund request withdrawn
buy-steps = Progress
buy-step-placed = Ordered
buy-step-paid = Paid
buy-step-shipped = Shipped
buy-step-received = Received
buy-step-closed = Closed
buy-step-by = by { $time }
buy-step-part = { $sent } of { $all }
buy-asked-at = Asked { $time }
buy-because = Reason: { $reason }
buy-withdraw = Withdraw the request
buy-case-kind-cancel = Cancellation
buy-case-kind-refund-only = Refund
buy-case-kind-return = Return
buy-case-kind-exchange = Exchange
buy-case-asked = The shop answers before { $time }. If it says nothing, you are refunded where no parcel was ever scanned; otherwise the market rules.
buy-case-with-operator = The market rules before { $time }.
buy-ground-not-shipped = Nothing had been sent, so it was granted at once.
buy-ground-sellers-choice = The shop agreed.
buy-ground-silence = The shop did not answer in time, so it was granted.
buy-ground-ruling = The market ruled.
buy-parcel-of = Parcel { $n } of { $all }
buy-carrier-sf = SF Express
buy-carrier-yto = YTO Express
buy-carrier-zto = ZTO Express
buy-carrier-sto = STO Express
buy-carrier-yunda = Yunda Express
buy-carrier-jd = JD Logistics
buy-carrier-ems = EMS
buy-carrier-dhl = DHL
buy-carrier-ups = UPS
buy-carrier-fedex = FedEx
buy-bought = What you bought
buy-line-shipped = Sent { $quantity }
buy-line-back = Refunded { $quantity }, { $amount }
buy-story = What happened
buy-story-place = Ordered
buy-story-pay = Paid; the market holds the money
buy-story-close = Cancelled
buy-story-not-paid = Closed, as it was not paid in time
buy-story-ship-part = Sent a part
buy-story-ship-all = Sent everything
buy-story-cancel-rest = Refunded what had not been sent
buy-story-confirm = Confirmed receipt
buy-story-confirmed-itself = Confirmed itself, as its time was over
buy-story-extend = Took more time
buy-story-refund = Refunded a part
buy-story-refund-all = Refunded in full and closed
buy-story-why = { $what }: { $why }
buy-who-you = you
buy-what-to-pay = What you pay
buy-what-paid = What you paid
buy-paid = Paid
buy-paid-with = Paid with { $channel }
buy-went-back = Refunded
buy-stays = Paid after refunds
buy-stage-regular = Goods
buy-stage-agreed = Goods at the agreed price
buy-charge-freight = Delivery
buy-charge-fee = Fee
buy-charge-tax = Tax
buy-guard = Held in escrow
buy-guard-held = { $amount } is with { $market }, not yet with the shop. It is paid to the shop when you confirm.
buy-guard-until = { $amount } is with { $market }, not yet with the shop. It is paid to the shop when you confirm, or on { $date } if you do nothing.
buy-extend = { $n ->
    [one] Take 1 more day
   *[other] Take { $n } more days
 }
buy-together = Bought together
buy-sent-to = Delivered to

# Refunds
buy-refund-of = Which part
buy-refund-of-unsent = Not sent yet
buy-refund-of-sent = Sent
buy-refund-none = Nothing left to refund
buy-refund-none-detail = It is all refunded, or being decided.
buy-refund-sent-then = The shop has { $n } hours to answer; where it says no, the market rules.
buy-refund-unsent-then = It has not been sent: the refund is granted at once, the way you paid.
buy-refund-which = What and how many
buy-refund-units = Refund
buy-refund-most = At most { $amount }
buy-refund-disputed = What is already being decided is not listed here.
buy-refund-reason = Reason
buy-reason-choose = Choose a reason
buy-refund-words = In your words (optional)
buy-refund-words-hint = The shop and the market see it; up to 2,000 characters
buy-refund-send = Send the request
buy-refund-cancel = Cancel and refund
buy-refund-back = Keep the goods
said-buy-refund-granted = Refund granted; the money goes back the way you paid
said-buy-refund-asked = Request sent; the shop answers next
buy-reason-changed-mind = Changed my mind
buy-reason-ordered-by-mistake = Ordered by mistake
buy-reason-not-shipped-in-time = Not sent in time
buy-reason-out-of-stock = Out of stock
buy-reason-wrong-address = Wrong address
buy-reason-agreed = Agreed with the shop
buy-reason-not-received = Not received
buy-reason-refused-at-door = Refused at the door
buy-reason-damaged = Damaged
buy-reason-missing-part = Something is missing
buy-reason-wrong-goods = Wrong goods
buy-reason-wrong-size = Wrong size
buy-reason-not-as-described = Not as described
buy-reason-other = Something else

# Quotations
buy-quotations-none = No quotations yet
buy-quotations-none-detail = When a shop offers you prices of your own, they are here.
buy-quotation-lines = { $n ->
    [one] 1 item
   *[other] { $n } items
 }
buy-quotation-of = An offer by { $shop }
buy-quotation-until = Open until { $time }
buy-quotation-sent-at = Received { $time }
buy-quotation-accept = Accept and pay { $amount }
buy-quotation-then = Once accepted, the goods are held for { $left }; pay within them.
buy-quotation-decline = Decline
buy-quotation-decline-question = Decline this offer?
buy-quotation-decline-effects = It cannot be accepted afterwards; the shop would have to offer again.
buy-quotation-decline-yes = Decline it
buy-quotation-decline-no = Keep it
buy-quotation-trade = See the order it became
said-buy-declined = Offer declined
