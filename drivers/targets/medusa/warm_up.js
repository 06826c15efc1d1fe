// Buys LASTUNIT_WARM_UP times at each process of the shop: a fresh one takes twice the processor time.
'use strict';

const shopper = Date.now();

async function ask(url, method, path, headers, body) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json', ...headers } : headers,
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function whatToBuy(url) {
  const { LASTUNIT_ADMIN_USER: email, LASTUNIT_ADMIN_PASSWORD: password } = process.env;
  const { token } = await ask(url, 'POST', '/auth/user/emailpass', {}, { email, password });
  const admin = path => ask(url, 'GET', path, { authorization: `Bearer ${token}` });
  const { api_keys } = await admin('/admin/api-keys?type=publishable');
  const { regions } = await admin('/admin/regions');
  const { variants } = await admin('/admin/product-variants?sku=warm-up');
  return { key: { 'x-publishable-api-key': api_keys[0].token }, region: regions[0].id, variant: variants[0].id };
}

async function buy(url, { key, region, variant }, number) {
  const post = (path, body) => ask(url, 'POST', path, key, body);
  const { cart } = await post('/store/carts', { region_id: region });
  await post(`/store/carts/${cart.id}/line-items`, { variant_id: variant, quantity: 1 });
  const address = { first_name: 'Warm', last_name: 'Up', address_1: 'Street 1', city: 'Berlin', postal_code: '10115', country_code: 'de' };
  await post(`/store/carts/${cart.id}`, {
    email: `warm-up-${shopper}-${number}@example.com`,
    shipping_address: address,
    billing_address: address,
  });
  const { shipping_options } = await ask(url, 'GET', `/store/shipping-options?cart_id=${cart.id}`, key);
  await post(`/store/carts/${cart.id}/shipping-methods`, { option_id: shipping_options[0].id });
  const { payment_collection } = await post('/store/payment-collections', { cart_id: cart.id });
  await post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: 'pp_system_default' });
  const answer = await post(`/store/carts/${cart.id}/complete`);
  if (answer.type !== 'order') throw new Error(`no order: ${JSON.stringify(answer)}`);
}

async function warmUp(url, process_) {
  const what = await whatToBuy(url);
  const times = Number(process.env.LASTUNIT_WARM_UP);
  for (let i = 0; i < times; ++i) await buy(url, what, `${process_}-${i}`);
}

Promise.all(process.env.LASTUNIT_URLS.split(',').map(warmUp)).catch(error => {
  console.error(error);
  process.exit(1);
});
