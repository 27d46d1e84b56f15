mod books;
mod pages;
mod story;
