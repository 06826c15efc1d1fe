// Makes the tables of an empty database and fills them: a country, free shipping, a payment that settles at once, and the SKUs.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { populate } = require('@vendure/core/cli');
const { bootstrap } = require('@vendure/core');
const { configuration } = require('./config.js');

const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  countries: [{ name: 'Germany', code: 'DE', zone: 'Europe' }],
  taxRates: [{ name: 'Standard', percentage: 0 }],
  shippingMethods: [{ name: 'Standard', price: 0 }],
  paymentMethods: [
    { name: 'dummy-payment', handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] } },
  ],
  collections: [],
};

const columns = ['name', 'slug', 'description', 'assets', 'facets', 'optionGroups', 'optionValues', 'sku', 'price', 'taxCategory'];

function productsFile(stock) {
  const rows = Object.entries(stock).map(([sku, units]) =>
    [sku, sku, '', '', '', '', '', sku, '20.00', 'standard', units, 'true', '', ''].join(','),
  );
  const header = [...columns, 'stockOnHand', 'trackInventory', 'variantAssets', 'variantFacets'].join(',');
  const file = path.join(process.env.LASTUNIT_RUN_FOLDER, 'products.csv');
  fs.writeFileSync(file, [header, ...rows].join('\n') + '\n');
  return file;
}

async function main() {
  const stock = JSON.parse(process.env.LASTUNIT_STOCK);
  const app = await populate(() => bootstrap(configuration({ schema: 'made' })), initialData, productsFile(stock));
  await app.close();
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
