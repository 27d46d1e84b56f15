// A program at a market: a shop opens and lists goods, they are found, bought, paid, shipped and confirmed, offered at an
// agreed price, given back in part, and the shop is paid out. Operations are called by their ids from the document that
// the market serves; no path of the interface is written here.
//
// Told by the environment: BASE (the market's address), OPERATOR (a token of its operator's), JISHI_TEST_NODE_MODULES
// (where the client lies). It asks whoever started it to let time pass by a line `wait MINUTES`, and goes on after a line.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';

const { BASE, OPERATOR, JISHI_TEST_NODE_MODULES: modules } = process.env;
const require = createRequire(path.join(modules, 'story.cjs'));
const { default: OpenAPIClientAxios } = require('openapi-client-axios');
const axios = require('axios');

const api = new OpenAPIClientAxios({ definition: `${BASE}/openapi.json`, withServer: { url: BASE } });
const client = await api.init();
const answers = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

let keys = 0;

/** Somebody at the market: calls an operation with his token, each act under a key of its own. */
const as = (token) => async (operation, parameters, body) => {
  const headers = { 'Idempotency-Key': `story-${process.pid}-${Date.now()}-${(keys += 1)}` };
  if (token) headers.Authorization = `Bearer ${token}`;
  assert.ok(client[operation], `there is no operation ${operation}`);
  try {
    return (await client[operation](parameters, body, { headers })).data;
  } catch (error) {
    const said = error.response;
    throw new Error(said ? `${operation}: ${said.status} ${JSON.stringify(said.data)}` : `${operation}: ${error}`);
  }
};

const passes = async (minutes) => {
  console.log(`wait ${minutes}`);
  const { done } = await answers.next();
  assert.ok(!done, 'nobody lets time pass');
};

/** Asks again until it is so: what follows an act follows a moment later. */
const until = async (what, ask) => {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await ask();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
    // What is asked of a channel again is asked a minute later.
    if (tries % 40 === 39) await passes(1);
  }
  throw new Error(`it never came about: ${what}`);
};

const cny = (minor) => ({ minor, currency: 'CNY' });
const anyone = as(null);
const operator = as(OPERATOR);

const newcomer = async (login, name) => {
  const password = 'a long password 1';
  const { id } = await anyone('registerAccount', null, { login, name, password });
  const { token } = await anyone('logIn', null, { login, password });
  return { id, does: as(token) };
};

const pays = async (does, trade) => {
  const { payment } = await does('payTrade', { trade }, { channel: 'sandbox' });
  const paid = await axios.post(`${payment.cashier}/pay`, null, { maxRedirects: 0, validateStatus: (s) => s === 303 });
  assert.equal(paid.status, 303);
  return until('the trade is paid', async () => {
    const { orders } = await does('getTrade', { trade });
    return orders.every((order) => order.state === 'paid') && orders;
  });
};

// A shop opens.
const seller = await newcomer('seller@example.com', '李四');
const paper = { kind: 'id_card', number: '11010519491231002X', country: 'CN', issuer: '公安局' };
const form = { slug: 'puer-house', name: '普洱茶庄', currency: 'CNY' };
const { shop } = await seller.does('applyForShop', null, { kind: 'personal', legal_name: '李四', papers: [paper], shop: form });
await seller.does('submitShop', { shop });
assert.ok((await operator('listShops', { state: 'submitted' })).items.some((one) => one.id === shop));
await operator('reviewShop', { shop }, { approve: { deposit: null } });
await seller.does('signContract', { shop }, { version: '1', text: 'the whole contract' });
const { deposit_due: due } = (await seller.does('getOwnShop', { shop })).shop;
assert.ok((await operator('recordDeposit', { shop }, { channel: 'sandbox', amount: due })).complete);
await seller.does('openShop', { shop });
await seller.does('setFreight', { shop }, { fee: cny(1000), free_over: cny(50000) });
await seller.does('addBankAccount', { shop }, { holder: '李四', bank: '中国银行', number: '6222000000000017' });
assert.equal((await anyone('getShopBySlug', { slug: 'puer-house' })).id, shop);

// It lists goods.
const [category] = (await anyone('listCategories')).items;
const texts = [['zh', 'title', '云南古树普洱茶饼'], ['en', 'title', 'Old tree puer cake']];
const { id: listing } = await seller.does('writeGoods', { shop }, { category: category.id, texts, values: [] });
const measure = { unit: 'piece', unit_scale: 1, price_per: 1, tracking: 'tracked' };
const { id: sku } = await seller.does('addSku', { listing }, { code: 'puer-357', values: [], measure });
await seller.does('setPrice', { sku }, { price: cny(12000), from: 1 });
await seller.does('receiveStock', null, { shop, lines: [[sku, 20]] });
await seller.does('submitGoods', { listing });
const waiting = (await operator('listGoodsToReview')).items.find((one) => one.id === listing);
await operator('reviewGoods', { listing }, { version: waiting.version, approved: true, reason: {} });

// Somebody finds and buys them.
const buyer = await newcomer('buyer@example.com', '王五');
const card = await until('the goods are found', async () => {
  const { items } = await anyone('findGoods', { words: '普洱', shop });
  return items.find((one) => one.listing === listing);
});
assert.deepEqual(card.price_from, cny(12000));
assert.equal((await anyone('getGoods', { listing })).why_not, null);
await buyer.does('putIntoCart', { sku }, { units: 2 });
const cart = await buyer.does('getCart');
assert.deepEqual(cart.totals.pay, cny(25000));
const { id: address } = await buyer.does('addAddress', null, { name: '王五', phone: '13900000000', country: 'CN', lines: '人民路 1 号' });
const bought = await buyer.does('checkout', null, { lines: [{ sku, units: 2 }], address, seen: cart.totals.pay });
const [first] = await pays(buyer.does, bought.trade);

// The shop ships, the carrier delivers, the buyer confirms.
const toShip = await until('the order stands with the shop', async () => {
  const { items } = await seller.does('listShopOrders', { shop, tab: 'to_ship' });
  return items.find((one) => one.id === first.id);
});
const seen = await seller.does('getShopOrder', { order: toShip.id });
assert.equal(seen.recipient.name, '王五');
const { id: parcel } = await seller.does('shipOrder', null, { order: first.id, carrier: 'sf', waybill: 'SF1000000001' });
const at = seen.placed_at;
await seller.does('recordScan', { parcel }, { state: 'signed', carrier_at: at, source_key: 'sf scan 1' });
await buyer.does('confirmOrder', { order: first.id });
assert.equal((await buyer.does('getOrder', { order: first.id })).state, 'completed');

// An agreed price, taken; one of three is given back before it goes out.
const line = { sku, units: 3, unit_price: 10000 };
const quote = { shop, buyer: buyer.id, currency: 'CNY', lines: [line] };
const { id: quotation } = await seller.does('offerQuotation', null, quote);
assert.ok((await buyer.does('listQuotations')).items.some((one) => one.id === quotation));
const agreed = await buyer.does('acceptQuotation', { quotation });
const [second] = await pays(buyer.does, agreed.trade);
await buyer.does('askRefund', null, { order: second.id, lines: [[1, 1]], reason: 'changed_mind' });
await until('the money is back', async () => {
  const { refunds } = await buyer.does('getOrder', { order: second.id });
  return refunds.length === 1 && refunds.every((refund) => refund.state === 'done');
});

// Another one is given back after it has gone out, by the shop's word.
await seller.does('shipOrder', null, { order: second.id, carrier: 'sf', waybill: 'SF1000000002' });
const asked = await buyer.does('askRefund', null, { order: second.id, lines: [[1, 1]], reason: 'damaged' });
assert.ok((await seller.does('listShopCases', { shop })).items.some((one) => one.id === asked.case));
await seller.does('agreeToCase', { case: asked.case });
await until('the second refund is done', async () => {
  const { refunds } = await buyer.does('getOrder', { order: second.id });
  return refunds.length === 2 && refunds.every((refund) => refund.state === 'done');
});
await buyer.does('confirmOrder', { order: second.id });

// A guest buys, and his token opens his trade and nobody else's.
const recipient = { name: '赵六', phone: '13700000000', country: 'CN', region: '', postal: '', lines: '中山路 2 号', note: '' };
const guests = await anyone('checkout', null, { lines: [{ sku, units: 1 }], recipient, contact: { email: 'guest@example.com' } });
const guest = as(guests.guest_token);
assert.equal((await guest('getTrade', { trade: guests.trade })).trade.id, guests.trade);
await assert.rejects(buyer.does('getTrade', { trade: guests.trade }), /404.*not_found/);
await guest('cancelTrade', { trade: guests.trade });

// The shop is paid out.
await passes(8 * 24 * 60);
const pots = await until('the money is free', async () => {
  const money = await seller.does('getShopMoney', { shop });
  return money.pots.find((pot) => pot.account === 'shop_available' && pot.amount.minor > 0);
});
assert.ok(pots.amount.minor > 0);
const { id: payout } = await seller.does('askPayout', null, { shop });
await passes(5);
const done = await until('the bank has paid', async () => {
  const { items } = await seller.does('listPayouts', { shop });
  return items.find((one) => one.id === payout && one.state === 'done');
});
assert.ok(done.amount.minor > 0);

// The books hold it all.
const { totals } = await operator('getTrialBalance');
assert.ok(totals.every((total) => total.difference.minor === 0));
console.log('told');
process.exit(0);
