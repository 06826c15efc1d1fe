// Buys LASTUNIT_WARM_UP times at each process of the shop: a fresh one takes twice the processor time.
'use strict';

const shopper = Date.now();

async function ask(url, session, query, variables = {}) {
  const headers = { 'content-type': 'application/json' };
  if (session.token) headers.authorization = `Bearer ${session.token}`;
  const answer = await fetch(`${url}/shop-api`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  session.token = answer.headers.get('vendure-auth-token') ?? session.token;
  const { data, errors } = await answer.json();
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return data;
}

async function findVariant(url) {
  const data = await ask(url, {}, 'query($slug: String!) { product(slug: $slug) { variants { id } } }', { slug: 'warm-up' });
  return data.product.variants[0].id;
}

async function buy(url, variant, number) {
  const session = {};
  await ask(url, session, 'mutation($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1) { __typename } }', {
    id: variant,
  });
  await ask(url, session, 'mutation($input: CreateCustomerInput!) { setCustomerForOrder(input: $input) { __typename } }', {
    input: { emailAddress: `warm-up-${shopper}-${number}@example.com`, firstName: 'Warm', lastName: 'Up' },
  });
  await ask(url, session, 'mutation($input: CreateAddressInput!) { setOrderShippingAddress(input: $input) { __typename } }', {
    input: { streetLine1: 'Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  });
  const { eligibleShippingMethods } = await ask(url, session, '{ eligibleShippingMethods { id } }');
  await ask(url, session, 'mutation($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) { __typename } }', {
    id: [eligibleShippingMethods[0].id],
  });
  await ask(url, session, 'mutation { transitionOrderToState(state: "ArrangingPayment") { __typename } }');
  const paid = await ask(
    url,
    session,
    'mutation { addPaymentToOrder(input: { method: "dummy-payment", metadata: {} }) { ... on Order { state } } }',
  );
  if (paid.addPaymentToOrder.state !== 'PaymentSettled') throw new Error(`not paid: ${JSON.stringify(paid)}`);
}

async function warmUp(url, process_) {
  const variant = await findVariant(url);
  const times = Number(process.env.LASTUNIT_WARM_UP);
  for (let i = 0; i < times; ++i) await buy(url, variant, `${process_}-${i}`);
}

Promise.all(process.env.LASTUNIT_URLS.split(',').map(warmUp)).catch(error => {
  console.error(error);
  process.exit(1);
});
