-- What has come to a stop between the market and a channel, for whoever looks after it.

create index payment_payment_stuck on payment_payment (id) where ask_at is not null and asks >= 5; -- serves views::ops::stuck_payments
create index payment_refund_stuck on payment_refund (id) where state = 'failed' or (ask_at is not null and asks >= 5); -- serves views::ops::stuck_refunds
create index payment_late_open on payment_late (payment) where refunded < amount; -- serves views::ops::late_money
