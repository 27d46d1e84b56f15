-- Finding goods by words: which word leads to which listing. Kept by reactions, so it may lag a moment.

-- Every word of every listing on sale, and marks in the same place for lists: * for all goods, c:ID for a category,
-- s:ID for a shop. A word looked for without its home is found all the same: the word stands first in the key.
create table search_word (
    home bigint not null, -- internal: hash of the word
    word text not null, -- public
    listing bigint not null, -- public: what it leads to; newer listings have larger numbers
    price_key bigint not null, -- public: the lowest price, kept apart by currency, see price_key; 0 where there is none
    primary key (word, listing, home),
    check (length(word) between 1 and 40),
    check (price_key >= 0)
);
create index search_word_price on search_word (word, price_key, listing, home); -- serves find, by price

-- What is indexed of a listing, so that indexing it anew takes exactly the old words away. The row stays when the
-- listing goes off sale: whoever indexes holds it, and so no two do at once.
create table search_listing (
    home bigint not null, -- internal: the listing's home
    listing bigint not null, -- internal
    words text not null, -- internal: its words, one a line; empty while it is not on sale
    count bigint not null, -- internal: how many there are
    price_key bigint not null, -- internal: as in each of its words
    primary key (listing, home),
    check (count >= 0),
    check (price_key >= 0)
);

-- Shops whose goods are being indexed anew, a few at a time, because the shop stopped or began to sell.
create table search_sweep (
    home bigint not null, -- internal: the shop's home
    shop bigint not null, -- internal
    after bigint not null, -- internal: the last listing that was looked at, 0 at the beginning
    primary key (shop, home),
    check (after >= 0)
);
