### Refusals: one message for each code, first what is wrong, then how to mend it, blaming nobody.
### The variables are the facts of a refusal; amounts and times come already written, counts are numbers. Where one
### code comes with different facts, only those that are always there are used.

## What any part may say

refusal-id-malformed = This id is incomplete or damaged. Copy it from the page again, unchanged.
refusal-not-found = There is no such thing here, or it belongs to another account. Check the address, or log in with the other account.
refusal-login-needed = This needs a log-in. You come back here once you are in.
refusal-permission-missing = This needs the permission { $permission }. Ask the shop’s owner or the operator to grant it.
refusal-out-of-range = The number must lie between { $least } and { $most }. Change it to one in that range.
refusal-too-long =
    { $most ->
        [one] At most { $most } character fits here. Shorten the text.
       *[other] At most { $most } characters fit here. Shorten the text.
    }
refusal-required = This is needed. Fill it in and send again.
refusal-not-text = The text holds characters that cannot be shown. Remove them or type the text again.
refusal-malformed = This is not in the form that is expected here. Write it as the hint beside it says.
refusal-too-many =
    { $most ->
        [one] At most { $most } is allowed. Take the others away.
       *[other] At most { $most } are allowed. Take some away.
    }
refusal-too-large = The number is beyond the limit. Make it smaller.
refusal-currency-mismatch = The currency must be { $expected }, and this is { $found }. Use one currency throughout.
refusal-idempotency-key-reused = This idempotency key was used for another request. Send this one under a new key.
refusal-in-progress = The same request is still being worked on. Wait a few seconds, then look at the result.
refusal-cursor-malformed = This place in the list is not valid any more. Start again at the first page.
refusal-unavailable =
    { $reason ->
        [locked] The system is busy and nothing was changed. Send it again in a moment.
        [full] The system’s storage is full and nothing was changed. Send it again once there is room.
       *[other] The database cannot be reached and nothing was changed. Send it again in a moment.
    }

## The request itself

refusal-no-such-route = There is nothing at this address. Check it, or start at the home page.
refusal-link-spent = The link was used before or is out of date. Ask for a new one.
refusal-method-not-allowed = This address does not take that method. Use the buttons on the page, or look in the API’s description.
refusal-csrf = The form is out of date or came from another site. Open the page again and send it from there.
refusal-unknown-field = The field { $field } is not known here. Remove it or correct its name.
refusal-body-malformed = What was sent cannot be read. Check its form and send it again.
refusal-body-too-large = What was sent is longer than { $most } bytes. Make it smaller, or send it in parts.
refusal-unsupported-media-type = Only content of the type { $expected } is taken here. Send it in that type.
refusal-idempotency-key-malformed = The idempotency key is not in the right form. Send a key in the form that the API’s description gives.
refusal-too-many-requests = Too many requests came in a short time. Wait a moment, then try again.
refusal-broken = Something broke on our side. Try again in a moment; if it stays, tell us the request id.

## Accounts and permissions

refusal-login-taken = This e-mail or phone already has an account. Log in, or use another one.
refusal-login-failed = The log-in or the password is not right. Check both and try again.
refusal-too-many-attempts = After several wrong passwords, logging in is paused until { $until }. Try again then.
refusal-account-blocked = The password is right, but this account is blocked. Ask the operator why.
refusal-password-too-short =
    { $least ->
        [one] A password has at least { $least } character. Make it longer.
       *[other] A password has at least { $least } characters. Make it longer.
    }
refusal-already-claimed = This account already has a password. Log in with it.
refusal-already-set-up = The market is set up already. Log in as its operator.
refusal-not-claimed = This account has no password yet. Open the invitation link and set one.
refusal-already-joined = These guest orders have joined another account. Log in there to see them.
refusal-not-a-guest = Only a guest can join an account. Log out, open the link to the order, and try again.
refusal-not-a-person = Only a person can log in and be granted permissions. Choose a person’s account.
refusal-wrong-state = This cannot be done in the present state; somebody may have acted just now. Reload the page to see where it stands.
refusal-scope-mismatch = { $permission } cannot be granted over { $scope ->
        [market] the whole market
        [merchant] a merchant
        [shop] a shop
        [warehouse] a warehouse
        [organisation] an organisation
       *[other] this
    }. Choose another scope.

## Merchants and shops

refusal-slug-taken = Another shop has this name in addresses. Choose another name.
refusal-shop-frozen = The shop is frozen and sells nothing new for now. Ask the operator what would lift this.
refusal-shop-not-open =
    { $state ->
        [closing] The shop is closing and takes no new orders. Look at other shops.
        [closed] The shop has closed. Look at other shops.
       *[other] The shop has not opened yet. Come back once it has.
    }
refusal-paper-missing = { $paper ->
        [id_card] The identity card
        [licence] The business licence
        [trademark] The trademark certificate
        [authorisation] The brand’s authorisation
        [category] The licence for the category
       *[other] A paper
    } is still missing. Upload it, then hand in again.
refusal-paper-expired = { $paper ->
        [id_card] The identity card
        [licence] The business licence
        [trademark] The trademark certificate
        [authorisation] The brand’s authorisation
        [category] The licence for the category
       *[other] A paper
    } has expired. Upload a valid one, then hand in again.
refusal-check-digit-wrong = The check digit of the { $paper ->
        [id_card] identity card’s number
        [licence] business licence’s number
       *[other] paper’s number
    } does not fit. Compare it with the original, digit by digit.
refusal-too-soon = It was turned down lately and can be handed in again from { $from }. Until then, mend what the answer names.
refusal-deposit-exceeds-due = Only { $rest } of the deposit is still due. Pay that amount.
refusal-already-signed = This version of the contract is signed already. Go on with the next step.
refusal-account-name-mismatch = The bank account must be in the merchant’s own verified name. Enter an account in that name.
refusal-no-bank-account = There is no bank account to pay to. Add one, then ask for the payout again.
refusal-account-cooling = The new bank account can take payouts from { $until }. Ask again then.

## Settings

refusal-unknown-setting = There is no setting called { $key }. Choose one from the list of settings.

## Goods

refusal-unknown-sku = There is no such variant. Go back to the goods and choose again.
refusal-unknown-listing = There are no such goods. Go back to the list and choose again.
refusal-unknown-category = There is no such category. Choose one from the list.
refusal-unknown-brand = There is no such brand. Choose one from the list, or leave it empty.
refusal-unknown-spu = There is no such standard product. Look it up again, or name none.
refusal-unknown-attribute = The category has no attribute { $code }. Remove the attribute, or choose another category.
refusal-wrong-attribute-type = The attribute { $code } takes { $expected ->
        [text] a text
        [number] a number
        [flag] yes or no
        [choice] one of the listed choices
       *[other] another type of value
    }. Change it to that.
refusal-unknown-choice = The attribute { $code } has no such choice. Take one of the listed choices.
refusal-attribute-missing = Goods of this category need the attribute { $code }. Fill it in.
refusal-attribute-twice = The category or one above it already has the attribute { $code }. Choose another name, or use that one.
refusal-category-twice = There is already a category { $code } at this place. Choose another name, or use that one.
refusal-category-too-deep =
    { $most ->
        [one] The tree of categories has at most { $most } level. Put this one higher up.
       *[other] The tree of categories has at most { $most } levels. Put this one higher up.
    }
refusal-sku-code-taken = Another variant of these goods has the code { $code }. Choose another code.
refusal-title-missing = The goods have no title yet. Write one.
refusal-sku-missing = The goods have no variant on sale. Add a variant with a price.
refusal-listing-state-forbids = The goods are { $state ->
        [draft] a draft
        [in_review] in review
        [listed] on sale
        [delisted] off sale
        [refused] turned down
       *[other] in another state
    }, and this step is not possible then. Reload the page to see what is.
refusal-listing-changed = The goods were changed after you opened them. Open them again, compare, and save once more.
refusal-listing-barred = The market took these goods off sale and alone can list them again. Ask the operator why.
refusal-sku-delisted = This variant is not on sale any more. Choose another, or take it out of the cart.
refusal-listing-not-listed = These goods are not on sale. Choose others, or take them out of the cart.
refusal-price-missing = This variant has no price in this currency. Set one, or choose another variant.
refusal-price-in-the-past = A new price begins after { $now }. Choose a time after that.

## Stock

refusal-out-of-stock =
    { $available ->
        [0] This is sold out. Choose another variant, or look again some other time.
        [one] Only { $available } unit can be had now. Lower the quantity.
       *[other] Only { $available } units can be had now. Lower the quantity.
    }
refusal-not-reserved = This is more than the reservation still holds. Reload the page and use what is left of it.
refusal-below-reserved = Orders hold { $reserved } of these units, so { $on_hand } on hand would be too few. Enter at least { $reserved }, or deal with the orders first.
refusal-no-warehouse = The shop has no warehouse yet. Add one, then receive goods.

## Cart and quotations

refusal-not-in-cart = This is not in the cart. Reload the cart to see what is.
refusal-quotation-not-draft = The quotation has been sent, so its lines stand. Withdraw it and write a new one.
refusal-quotation-not-open =
    { $state ->
        [draft] The quotation has not been sent yet. Wait until the seller sends it.
        [accepted] The quotation was accepted. Look at the order that came of it.
        [declined] The quotation was declined. Ask the seller for a new one if you need it.
        [withdrawn] The seller has withdrawn the quotation. Ask for a new one if you need it.
       *[other] The quotation is not open any more. Ask the seller for a new one if you need it.
    }
refusal-quotation-expired = The quotation was open until { $until }. Ask the seller for a new one.
refusal-quotation-empty = The quotation has no line yet. Add at least one, then send it.
refusal-expiry-passed = The quotation must stay open until some time after { $now }. Choose a later time.

## Prices

refusal-no-lines = Nothing is chosen. Choose at least one line.
refusal-position-doubled = Two lines have the place { $position }. Give each line a place of its own.
refusal-amount-negative = An amount cannot be below zero. Enter zero or more.
refusal-price-scale-unknown = A price is per 1, 100 or 1,000 units, and this one is per { $found }. Choose one of the three.
refusal-price-changed = The total has gone from { $seen } to { $now }. Look at the new price, then confirm.
refusal-line-unknown = The order has no line { $line }. Reload the order and choose again.
refusal-line-doubled = Line { $line } is named twice. Make one of the two.
refusal-refund-exceeds-units =
    { $left ->
        [0] No unit of this is left to refund. Choose another line.
        [one] Only { $left } unit is left to refund. Lower the quantity.
       *[other] Only { $left } units are left to refund. Lower the quantity.
    }
refusal-refund-exceeds-paid = This is more than is left to refund. Reload the page and enter no more than it shows.

## Orders

refusal-already-paid = This has been paid, so nothing more is due. Look at the order.
refusal-order-closed = The order is closed and cannot be paid any more. Place it again if you still want the goods.
refusal-already-extended = The time to confirm can be extended once, and it was. Confirm what has come, or open a case for what has not.
refusal-nothing-to-ship =
    { $left ->
        [0] All of line { $line } has been shipped. Take that line out.
        [one] Only { $left } unit of line { $line } is left to ship. Lower the quantity.
       *[other] Only { $left } units of line { $line } are left to ship. Lower the quantity.
    }
refusal-unknown-line = The order has no line { $line }. Reload the order and choose again.
refusal-nothing-to-buy = Nothing is chosen to buy. Choose at least one thing.

## Delivery

refusal-waybill-used = Waybill { $waybill } is on another parcel. Enter the number on this parcel’s label.
refusal-waybill-unknown = No parcel has the waybill { $waybill }. Compare the number with the label.
refusal-scan-in-future = The scan is more than a day ahead of { $now }. Set the clock right and report it with the true time.

## Cases and refunds

refusal-case-open = Line { $line } is in another case that is not decided yet. Go on in that case.
refusal-case-decided = The case is decided, or with the operator already. Reload the page to see where it stands.
refusal-case-not-granted = The case is not granted, so no money goes back yet. Grant it first.
refusal-refund-already-sent = The refund is on its way or done. Look at its progress.
refusal-refund-not-sent = The refund is not on its way yet. Send it first.
refusal-reason-unknown = This reason is not known or not used any more. Take one of the listed reasons.

## Payments and money

refusal-amount-mismatch = The amount must be { $expected }, and the channel says { $found }. Start the payment again with the amount due.
refusal-signature-invalid = The signature is missing or does not fit. Sign the exact bytes again with the agreed key.
refusal-stale-timestamp = The message was signed too long ago or in the future. Set the clock right, sign again and send it.
refusal-channel-refused = The payment channel did not take it and gave the code { $code }. Try again in a moment, or pay in another way.
refusal-merchant-mismatch = The message is for another merchant number. Check the channel’s merchant number in the settings.
refusal-refund-exists = A refund was asked for under this document already. Look at its progress.
refusal-parts-do-not-sum = The parts do not make up the total of { $amount }. Check the parts and send again.
refusal-unbalanced-entry = The entry does not balance and was not posted. This is our mistake: tell us the request id.
refusal-entry-exists = This was posted before and is not posted twice. Reload the page to see the result.
refusal-payout-below-minimum = A payout is at least { $minimum }. Raise the amount, or wait until there is more.
refusal-balance-short = { $available } is free to be paid out. Enter no more than that.
refusal-payout-held = Payouts are held until { $until }, because of: { $reason }. Ask again then, or ask the operator.

## Trial payments

refusal-payment-closed = This payment is closed or its time is over. Go back to the order and start a new payment.
refusal-not-paid = Nothing was paid here, so nothing can go back. Pay first.
refusal-number-reused = The number { $number } stands for another request. Use a new number.

## Import

refusal-unknown-map-field = Line { $line } of the map says { $name }, which no map can say. Correct it by the sample map.
refusal-map-malformed = Line { $line } of the map cannot be read: { $why }. Correct it and import again.
refusal-unknown-column = Line { $line } of the map names the column { $name }, which the file does not have. Correct the name, or take another file.
refusal-column-twice = Two columns of the file are called { $name }. Rename one of them and import again.
refusal-header-unreadable = The first line of the file names no columns that can be read: { $why }. Add the names and import again.
refusal-wrong-encoding = The file is in { $found } and must be in UTF-8. Save it as UTF-8 and import again.
refusal-file-unreadable = The file cannot be opened: { $why }. Check its path and permissions, then import again.
