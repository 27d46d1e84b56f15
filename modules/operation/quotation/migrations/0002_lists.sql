-- A shop's quotations, which live with their buyers; the drafts too, of which no event tells. [T1]

create index quotation_of_shop on quotation_quotation (shop, id); -- serves views::seller::quotations
create index quotation_of_shop_state on quotation_quotation (shop, state, id); -- serves views::seller::quotations in one state
