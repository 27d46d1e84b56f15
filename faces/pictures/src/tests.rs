mod address;
mod drawing;
mod goods;
