# The merchant's console.
# sell: what it takes
sell-title = Sell here
sell-heading = Open a shop on { $name }
sell-lead = List your goods, take orders, get paid as agreed. The market holds the buyers’ money and pays you once they have their goods.
sell-apply = Apply for a shop
sell-my-shops = My shops
sell-how = Five steps to an open shop
sell-how-1 = Say who you are, which papers you have and what the shop is called; it is a draft first.
sell-how-2 = Hand it in; the market checks the papers.
sell-how-3 = Read and sign the contract.
sell-how-4 = Put down the deposit, which you get back when you leave.
sell-how-5 = Open, and list your goods.
sell-kinds = What each kind of merchant brings
sell-kind = Kind
sell-papers = Papers
sell-deposit = Deposit
sell-terms = Terms
sell-commission = Commission
sell-commission-detail = Unless the category says another rate
sell-settles = Settlement
sell-settles-detail = After the buyer confirms, the money is free
sell-answer = Time to answer a refund
sell-answer-detail = Left unanswered, it is granted where no carrier saw the parcel, and ruled on by the market otherwise
sell-choose-kind = What kind of merchant are you
sell-choose-kind-hint = The kind decides which papers and what deposit are needed; it stays once the shop is handed in.
sell-kind-detail-personal = A person who sells in their own name
sell-kind-detail-enterprise = A company or registered trader
sell-kind-detail-flagship = The brand owner’s own shop; needs the trademark
sell-kind-detail-franchise = A shop that the brand owner authorised; needs trademark and authorisation
sell-other-kind = Another kind
sell-who = Merchant and papers
sell-legal-name = Legal name
sell-legal-name-hint = As it stands in the papers and on the bank account
sell-shop = Shop
sell-shop-name = Shop name
sell-slug = Name in addresses
sell-slug-hint = 3 to 40 small letters, digits and hyphens, such as north-camp
sell-currency = Currency
sell-currency-hint = Three capital letters, such as CNY or GBP
sell-draft-hint = Saved as a draft first; you hand it in when it is ready
sell-save-draft = Save draft
sell-paper-id-card = Identity card or passport
sell-paper-licence = Business licence
sell-paper-trademark = Trademark
sell-paper-authorisation = Brand authorisation
sell-paper-category = Licence of the category
sell-paper-number = Number
sell-paper-issuer = Issued by
sell-paper-country = Country of issue
sell-paper-expires = Valid until (optional)
sell-paper-expires-hint = Leave it empty if it does not expire
sell-paper-until = valid until { $date }
sell-paper-no-end = does not expire
said-shop-drafted = Draft saved; check it and hand it in
said-shop-submitted = Handed in for review
said-paper-handed-in = Paper handed in
said-contract-signed = Contract signed
said-shop-opened = The shop is open; list your first goods

# the console
seller-console = Seller console
seller-today = Today
seller-orders = Orders
seller-goods = Goods
seller-stock = Stock
seller-refunds = Refunds
seller-quotations = Quotations
seller-business = Business
seller-money = Money
seller-shop = Shop
seller-front = Shop front
seller-settings = Settings
seller-find = Find an order or a code
seller-find-hint = Order number or SKU code
seller-where = Where you are
seller-all = All
seller-comma = {", "}
seller-by-state = By state
seller-when = When
seller-amount = Amount
seller-total = Total
seller-units = Units
seller-save = Save
seller-save-draft = Save draft
seller-go-on = Go on
seller-yes = Yes
seller-no = No
seller-history = History
seller-leave-it = Not now
seller-left = { $left } left
seller-overdue = Time is over
seller-col-goods = Goods
seller-col-state = State
seller-col-price = Price
seller-col-stock = Free
seller-col-made = Made
seller-col-act = Act
seller-col-variant = Variant
seller-col-order = Order
seller-col-buyer = Buyer
seller-col-placed = Placed
seller-col-total = Total
seller-actor-anyone = somebody
seller-actor-person = an account
seller-actor-guest = a guest
seller-actor-key = a program
seller-actor-system = the market

# opening
seller-opening = Opening your shop
seller-step-papers = Papers
seller-step-review = Review
seller-step-contract = Contract
seller-step-deposit = Deposit
seller-step-open = Open
seller-papers = Papers
seller-review-said = The reviewer says:
seller-hand-in = Hand in
seller-submit-hint = Hand the shop in once the papers are complete; the answer will stand here.
seller-submit = Hand in for review
seller-reviewing = The market is looking at it
seller-reviewing-detail = There is nothing to do now; the answer will stand here.
seller-contract = Contract
seller-contract-read = I have read the contract and agree to all of it
seller-sign = Sign the contract
seller-deposit = Deposit
seller-deposit-due = Due
seller-deposit-paid = Arrived
seller-deposit-how = Transfer the rest to the market’s deposit account with the reference { $slug }. Once the market has recorded it, the button to open stands here.
seller-ready = Ready to open
seller-ready-detail = Once it is open you list goods and take orders.
seller-open = Open the shop

# today
seller-nothing-waits = nothing waits for you
seller-manage-goods = Manage goods
seller-new-goods = New goods
seller-not-selling = Nothing new is sold; what was sold goes on.
seller-to-do = To do
seller-to-do-order = The most urgent first
seller-all-done = All done
seller-all-done-detail = New orders, refund requests and empty shelves will stand here.
seller-statements = Statements
seller-pay-out = Pay out
seller-more-places = More
seller-task-ship = Orders to ship
seller-task-detail-ship = Paid for, and their buyers are waiting
seller-go-ship = Ship
seller-task-refunds = Refunds to decide
seller-task-detail-refunds = Left unanswered, they are granted or go to the market
seller-go-refunds = Decide
seller-task-stock = Variants out of stock
seller-task-detail-stock = On sale, but all sold or promised
seller-go-stock = Restock
seller-task-refused = Goods refused in review
seller-task-detail-refused = Mend what the reviewer names and hand them in again
seller-go-refused = Mend
seller-task-draft = Drafts of goods
seller-task-detail-draft = Finish them and hand them in
seller-go-draft = Finish
seller-task-quote-draft = Drafts of quotations
seller-task-detail-quote-draft = Not sent to their buyers yet
seller-go-quote-draft = Finish
seller-task-quote-sent = Quotations waiting for an answer
seller-task-detail-quote-sent = Accepted, they become orders
seller-go-quote-sent = Look
seller-task-review = Goods in review
seller-task-detail-review = They go on sale once the market has approved them
seller-go-review = Look

# goods
seller-no-goods = No goods here yet
seller-no-goods-detail = New goods go on sale once the market has approved them.
seller-untitled = Untitled
seller-barred = Taken off by the market
seller-barred-detail = The market took these goods off sale. Only the market lists them again, or a review of what you mend.
seller-no-price = No price
seller-delist = Take off sale
seller-list = Put on sale
seller-submit-goods = Hand in for review
seller-see-page = See the page
seller-see-goods = See the goods
seller-category = Category
seller-category-hint = The category decides which attributes are asked for, and the commission
seller-other-category = Another category
seller-move-hint = The attributes of the new category are then to be filled in
seller-no-categories = There are no categories yet
seller-no-categories-detail = Goods can be written once the market has made its categories.
seller-basics = Basics
seller-title-zh = Chinese title
seller-title-en = English title
seller-title-hint = What it is, for whom, and what is different about it
seller-title-one-hint = One of the two languages is needed
seller-brand = Brand
seller-brand-hint = Leave it empty if there is none
seller-model = Model
seller-description-zh = Chinese description
seller-description-en = English description
seller-attributes = Attributes
seller-required = needed
seller-picture-hint = The picture is drawn from category and title; there is no upload.
seller-pictures = Picture
seller-skus-next = Variants and prices come next
seller-skus = Variants and prices
seller-only-variant = Only variant
seller-uncounted = Not counted
seller-set = Set
seller-price-of = Price of { $code }
seller-tier = { $price } from { $n }
seller-switch-off = Take off
seller-switch-on = Put on
seller-add-sku = Add a variant
seller-option = What tells it apart
seller-option-hint = Such as “orange, for two”; empty if there is but one
seller-code = Code
seller-code-hint = Your own name of it, once within these goods
seller-price = Price
seller-price-hint = Such as 458.00; it can be changed at any time
seller-stock-later = Stock is received under Stock
seller-save-listed-hint = Saved goods go back to review and are off sale until approved
seller-save-hint = Hand them in once they are ready
seller-verdict-refused = Refused in review
seller-verdict-delisted = Taken off by the market
seller-verdict-listed = Approved
seller-verdict-submitted = Handed in
seller-rule = under rule { $rule }
seller-in-review = The market is looking at these goods; they go on sale once approved.
seller-change-made = Written down
seller-change-edited = Changed
seller-change-priced = Price set
seller-change-submitted = Handed in
seller-change-listed = Put on sale
seller-change-delisted = Taken off sale
seller-change-refused = Refused
seller-change-switched = A variant switched
said-goods-written = Draft saved; add variants and prices next
said-goods-saved = Saved
said-goods-listed = On sale
said-goods-delisted = Off sale
said-goods-submitted = Handed in for review
said-sku-added = Variant added
said-sku-on = Variant on sale
said-sku-off = Variant off sale
said-price-set = The new price is in force

# stock
seller-code-search = Look for a code
seller-no-stock = No variants yet
seller-no-stock-detail = Add variants to your goods, then receive stock here.
seller-code-unknown = There is no such code
seller-code-unknown-detail = Type the whole code, with capitals as they are.
seller-on-hand = On hand
seller-promised = Promised
seller-free = Free
seller-receive-correct = Receive, count
seller-receive = Receive
seller-receive-hint = How many came in now
seller-correct = Correct
seller-counted = Counted
seller-correct-hint = What a count came to; not below what is promised
seller-uncounted-detail = Stock of this variant is not counted.
seller-movements = Movements
seller-no-movements = Nothing moved yet
seller-no-movements-detail = What comes in, goes out or is put right will stand here.
seller-cause = Cause
seller-change = Change
seller-after = After it
seller-cause-receive = Received
seller-cause-ship = Shipped
seller-cause-return = Came back
seller-cause-adjust = Corrected
said-stock-received = Received
said-stock-corrected = Corrected

# orders
seller-tab-to-ship = To ship
seller-tab-shipped = Shipped
seller-tab-unpaid = To pay
seller-tab-completed = Completed
seller-tab-closed = Closed
seller-tab-all = All
seller-no-orders = No orders here
seller-no-orders-detail = They appear here as buyers place them.
seller-open-case = Refund asked for
seller-deadline-pay-by = closes
seller-deadline-confirms = confirms itself
seller-order = Order
seller-order-pay-by = Closes unless paid by
seller-order-confirms = Confirms itself
seller-next-unpaid = Waiting for payment; nothing to ship yet.
seller-next-paid = Paid. Ship it next.
seller-next-part-shipped = Part of it is on the way; the rest is still to be shipped.
seller-next-shipped = All of it is on the way; the buyer confirms when it has arrived.
seller-next-completed = The buyer has confirmed; the money settles next.
seller-next-settled = Settled; the money is free to be paid out.
seller-next-closed = The order is closed.
seller-case = The buyer wants a refund
seller-ship = Ship
seller-carrier = Carrier
seller-carrier-hint = Letters or digits, such as sf, yto or dhl
seller-waybill = Waybill number
seller-ship-hint = Once all of it is gone, the time to confirm begins
seller-lines = Lines
seller-shipped = Shipped
seller-paid = Paid
seller-goods-sum = Goods
seller-refunded = Refunded
seller-charge-freight = Freight
seller-charge-fee = Fee
seller-charge-tax = Tax
seller-parcels = Parcels
seller-add-scan = Write down a scan
seller-scan-what = What happened
seller-scan-when = When
seller-scan-when-hint = Empty means now
seller-scan-place = Place (optional)
seller-give-back = Give money back
seller-give-back-detail = Of your own accord, without being asked. The money goes back the way it came, and that cannot be undone.
seller-whole = All that is left
seller-why = Reason
seller-words = Words (optional)
seller-recipient = Recipient
seller-note = The buyer writes: { $note }
seller-settlement = Settlement
seller-gross = Gross
seller-commission = Commission
seller-held-back = Held back
seller-net = Net
seller-posting = Posting
seller-account = Account
seller-event-place = Placed
seller-event-pay = Paid
seller-event-ship-part = Shipped in part
seller-event-ship-all = Shipped
seller-event-cancel-rest = The rest was cancelled
seller-event-extend = More time to confirm
seller-event-confirm = Confirmed
seller-event-settle = Settled
seller-event-refund = Refunded in part
seller-event-refund-all = Refunded whole
seller-event-close = Closed
seller-reason-changed-mind = Changed their mind
seller-reason-ordered-by-mistake = Ordered by mistake
seller-reason-not-shipped-in-time = Not shipped in time
seller-reason-out-of-stock = Out of stock
seller-reason-wrong-address = Wrong address
seller-reason-agreed = Agreed between both
seller-reason-other = Other
seller-reason-not-received = Not received
seller-reason-refused-at-door = Refused at the door
seller-reason-damaged = Damaged
seller-reason-missing-part = Parts missing
seller-reason-wrong-goods = Wrong goods
seller-reason-not-as-described = Not as described
seller-reason-wrong-size = Wrong size
seller-ledger-channel = Payment channel
seller-ledger-bank = Bank
seller-ledger-shop-receivable = Owed by the shop
seller-ledger-escrow = In escrow
seller-ledger-shop-pending = Pending
seller-ledger-shop-available = Available
seller-ledger-shop-reserve = Held back
seller-ledger-shop-deposit = Deposit
seller-ledger-fold-transit = On its way home
seller-ledger-payout-transit = Payout on its way
seller-ledger-refund-transit = Refund on its way
seller-ledger-unmatched = Unmatched
seller-ledger-tax = Tax
seller-ledger-commission = Commission
seller-ledger-service-fee = Service fee
seller-ledger-channel-fee = Channel fee
said-shipped = Shipped
said-scan-kept = Scan written down
said-refund-granted = Refund granted; the money is on its way back

# refunds
seller-no-cases = No refunds to decide
seller-no-cases-detail = They appear here when buyers ask, each with its deadline.
seller-wants-back = { $buyer } wants { $amount } back
seller-see-order = See the order
seller-agree = Agree
seller-agree-question = Give the buyer the money back?
seller-agree-effects = The money goes back out of escrow or your balance, with its share of the commission returned to you. It cannot be undone.
seller-refuse = Refuse
seller-refuse-question = Refuse this refund?
seller-refuse-effects = The market then decides; until it has, no money moves.
seller-refuse-why = Why (the market reads it)
said-case-agreed = Agreed; the money is on its way back
said-case-refused = Refused; the market decides

# quotations
seller-new-quotation = New quotation
seller-no-quotations = No quotations here
seller-no-quotations-detail = Agree prices with one buyer; accepted, they become an order.
seller-quotation = Quotation
seller-quote-buyer = The buyer’s e-mail or phone
seller-quote-buyer-hint = The one that the buyer logs in with
seller-quote-lines-hint = Code, units, agreed unit price
seller-agreed-price = Agreed price
seller-code-line = Code of line { $n }
seller-units-line = Units of line { $n }
seller-price-line = Unit price of line { $n }
seller-more-lines = Ten more lines
seller-quote-draft-hint = A draft first; the buyer sees it once you send it
seller-quotation-for = Quotation for { $buyer }
seller-quotation-until = Open until { $time }
seller-quotation-draft = A draft; the buyer does not see it yet.
seller-send-quotation = Send to the buyer
seller-withdraw = Withdraw
seller-withdraw-question = Withdraw this quotation?
seller-withdraw-effects = The buyer can accept it no more.
seller-per = per { $n }
said-quotation-drafted = Draft saved
said-quotation-sent = Sent to the buyer
said-quotation-withdrawn = Withdrawn

# money
seller-pots = Balances
seller-pot-available = Available
seller-pot-available-detail = Free to go to your bank account
seller-pot-pending = Pending
seller-pot-pending-detail = Free { $n } days after the buyer confirms
seller-pot-escrow = In escrow
seller-pot-escrow-detail = Paid, not confirmed yet
seller-pot-reserve = Held back
seller-pot-reserve-detail = Of settled orders, for a while
seller-pot-deposit = Deposit
seller-pot-deposit-detail = Yours again when you leave
seller-pot-owed = Owed to the market
seller-pot-owed-detail = Refunds beyond your balance
seller-account-first = Add a bank account first.
seller-nothing-free = Nothing is free to be paid out now.
seller-payout-hint = Empty for all { $all }; at least { $least }
seller-accounts = Bank accounts
seller-no-account = No bank account yet.
seller-account-add = Add an account
seller-account-remove = Remove
seller-account-from = can be used from { $time }
seller-holder = Holder
seller-holder-hint = Must be the merchant’s legal name
seller-bank = Bank
seller-account-number = Account number
seller-account-number-hint = Account number or IBAN; it can be used after 48 hours
seller-payouts = Payouts
seller-no-payouts = No payouts yet
seller-no-payouts-detail = Ask for one, and its way to the bank stands here.
seller-payout-number = Number
seller-settlements = Settlements
seller-no-settlements = Nothing settled yet
seller-no-settlements-detail = What each order brought you stands here once its buyer has confirmed and the days have passed.
said-payout-asked = Payout asked for
said-account-added = Bank account added; it can be used in 48 hours
said-account-removed = Bank account removed

# settings
seller-freight = Freight
seller-fee = For every order
seller-fee-hint = Such as 8.00; 0 for nothing
seller-free-over = Free from (optional)
seller-free-over-hint = Goods of so much or more go free
seller-no-freight = Not set yet: sending costs nothing now.
seller-facts = About the shop
seller-staff = Staff
seller-staff-hint = Press a permission to grant it or take it back
seller-nameless = No name
seller-since = since { $date }
seller-staff-add = Add somebody
seller-staff-login-hint = The e-mail or phone that they log in with
seller-permission = First permission
seller-permission-hint = More can be granted afterwards
seller-may-shop-goods = Goods
seller-may-shop-stock = Stock
seller-may-shop-orders = Orders
seller-may-shop-refunds = Refunds
seller-may-shop-money = Money
seller-may-shop-quotations = Quotations
seller-may-shop-staff = Staff
seller-may-shop-settings = Settings
said-freight-set = Freight saved; it holds for new orders
said-staff-changed = Permissions changed

seller-things-wait = { $n ->
    [one] { $n } thing waits for you
   *[other] { $n } things wait for you
 }
seller-variants = { $n ->
    [one] { $n } variant
   *[other] { $n } variants
 }
seller-reserved = { $n } promised
seller-version = version { $n }
seller-lines-units = { $units ->
    [one] { $units } unit
   *[other] { $units } units
 } in { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
 }
seller-lines-n = { $n ->
    [one] { $n } line
   *[other] { $n } lines
 }
seller-left-to-ship = { $n } to ship
seller-units-back = { $n } refunded
seller-of-units = of { $n }
seller-postings = { $n ->
    [one] { $n } posting of this order
   *[other] { $n } postings of this order
 }
seller-refunds-lead = Answer each within { $n ->
    [one] { $n } hour
   *[other] { $n } hours
 }

seller-contract-text =
    Contract
    Between { $market } (the market) and { $merchant } (the merchant), for the shop “{ $shop }”.
    1. The merchant’s papers are true and in force; the goods are lawful and as described.
    2. The market holds what buyers pay. { $days } days after a buyer confirms, the money less commission is the merchant’s to be paid out.
    3. The commission is { $commission } of what is sold, unless the category names another rate. Refunds return their share of it.
    4. The merchant answers refund requests within { $hours } hours; what is left unanswered goes by the market’s rules.
    5. The merchant puts down a deposit of { $deposit }. The market may take debts out of it; the rest is returned when the shop closes with nothing left open.
    6. Where the merchant breaks the rules, the market may take goods off sale or freeze the shop, and says why and by which rule.
    7. The market does not change prices, commission or settlement of orders that are placed.
