# Shared by all pages.
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
day-and-clock = { $day }, { $clock }
day-of-week = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
 } { $date }
date = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
 }
date-with-year = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
 } { $year }
left-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
left-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
 }
left-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }

skip = Skip to content
demo-bar-name = About this demo
demo-bar = This is a demo market: shops, goods, orders and money are made up
home-of = { $name } home
search = Search
search-label = Search goods
search-hint = Goods, brands, models
mine = Mine
main-places = Main places
home = Home
categories = Categories
cart = Cart
orders = Orders
log-in = Log in
open-a-shop = Open a shop
open-api = API
theme = Light or dark
foot-promise = { $name } · The market holds the money until you confirm that the goods arrived.
form-refused = One thing to mend
pager = Pages
pager-shown = { $n ->
    [one] { $n } on this page
   *[other] { $n } on this page
 }
pager-first = First page
pager-next = Next page
price-from = and up
sold-out = Sold out
wrong-missing = Not found
wrong-forbidden = Not allowed
wrong-busy = Too busy just now
wrong-busy-detail = Nothing was changed. Try again in a few seconds; what you did will not happen twice.
wrong-broken = Something broke on our side
wrong-request = This request cannot be handled
wrong-again = Try again
wrong-home = To the home page
wrong-request-id = Request { $id }: name it when you report this.
account = My account
account-mine = What I bought
account-work = Where I work
account-logins = Log-ins
operator-console = Operator console
quotations = Quotations
addresses = Addresses
register = Register
log-out = Log out
said-welcome = You are logged in
said-logged-out = You are logged out
login-name = E-mail or phone
login-name-hint = Phone with country code, such as +8613800000000
password = Password
password-hint = At least 8 characters
person-name = Name
no-account-yet = No account yet?
have-an-account = Have an account?
addresses-none = No address yet
addresses-none-detail = Add one below and choose it at checkout.
address-new = New address
address-add = Save address
address-remove = Remove
said-address-added = Address saved
said-address-removed = Address removed; orders placed keep theirs
recipient-name = Recipient
recipient-phone = Phone
recipient-lines = Address
recipient-lines-hint = Street, house, city, as you write it there
recipient-region = Region code (optional)
recipient-postal = Postal code (optional)
recipient-country = Country
recipient-country-hint = Two capital letters, such as CN or GB
