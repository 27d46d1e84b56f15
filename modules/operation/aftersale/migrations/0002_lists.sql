-- Lists of cases: a buyer's, and what a shop has to decide. [S1]

create index aftersale_case_of_buyer on aftersale_case (home, buyer, ord); -- serves views::mine
create index aftersale_case_of_shop on aftersale_case (shop, answer_by, id) where state = 'asked'; -- serves views::seller::cases
