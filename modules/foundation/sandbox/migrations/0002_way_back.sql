-- The cashier's page sends the buyer back to where the merchant said, and the list of what came last needs its indices.

alter table sandbox_payment add column return_to text; -- internal: the merchant's page to go back to; null where it gave none
create index sandbox_payment_created on sandbox_payment (created_at, reference); -- serves worker::recent
create index sandbox_callback_payment on sandbox_callback (home, payment); -- serves worker::recent
