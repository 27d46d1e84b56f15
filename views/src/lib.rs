//! Questions that read several rooms: [`books`] proves that they agree, [`order_page`] tells an order from placing to
//! payout and shows any other thing. They never write, and nothing is decided on what they say.

pub mod books;
pub mod order_page;
mod outside;

#[cfg(test)]
mod tests;
