// Fills an empty shop: a region with a payment that settles at once, free shipping from one stock location, and the
// SKUs. Run by `medusa exec`.
'use strict';

const { Modules, ContainerRegistrationKeys } = require('@medusajs/framework/utils');
const flows = require('@medusajs/medusa/core-flows');

const currency = 'eur';

async function makeRegion(container) {
  await flows.createRegionsWorkflow(container).run({
    input: {
      regions: [{ name: 'Europe', currency_code: currency, countries: ['de'], payment_providers: ['pp_system_default'] }],
    },
  });
  await flows.createTaxRegionsWorkflow(container).run({ input: [{ country_code: 'de', provider_id: 'tp_system' }] });
}

// The migrations leave a sales channel, a publishable key for it and a shipping profile.
async function first(container, entity) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity, fields: ['id'] });
  if (data.length === 0) throw new Error(`the migrations have left no ${entity}`);
  return data[0];
}

async function makeStockLocation(container, salesChannel) {
  const link = container.resolve(ContainerRegistrationKeys.LINK);
  const { result } = await flows.createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: 'Warehouse', address: { city: 'Berlin', country_code: 'DE', address_1: '' } }] },
  });
  const location = result[0];
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: 'manual_manual' },
  });
  await flows.linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location.id, add: [salesChannel.id] } });
  return location;
}

async function makeShipping(container, location, profile) {
  const link = container.resolve(ContainerRegistrationKeys.LINK);
  const fulfillment = container.resolve(Modules.FULFILLMENT);
  const set = await fulfillment.createFulfillmentSets({
    name: 'Warehouse',
    type: 'shipping',
    service_zones: [{ name: 'Europe', geo_zones: [{ country_code: 'de', type: 'country' }] }],
  });
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  });
  await flows.createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: 'Standard',
        price_type: 'flat',
        provider_id: 'manual_manual',
        service_zone_id: set.service_zones[0].id,
        shipping_profile_id: profile.id,
        type: { label: 'Standard', description: 'Free', code: 'standard' },
        prices: [{ currency_code: currency, amount: 0 }],
        rules: [
          { attribute: 'enabled_in_store', value: 'true', operator: 'eq' },
          { attribute: 'is_return', value: 'false', operator: 'eq' },
        ],
      },
    ],
  });
}

function product(sku, salesChannel, profile) {
  return {
    title: sku,
    handle: sku,
    status: 'published',
    shipping_profile_id: profile.id,
    options: [{ title: 'Kind', values: ['only'] }],
    variants: [{ title: sku, sku, options: { Kind: 'only' }, prices: [{ amount: 20, currency_code: currency }] }],
    sales_channels: [{ id: salesChannel.id }],
  };
}

async function makeProducts(container, stock, { salesChannel, profile, location }) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  await flows.createProductsWorkflow(container).run({
    input: { products: Object.keys(stock).map(sku => product(sku, salesChannel, profile)) },
  });
  const { data: items } = await query.graph({ entity: 'inventory_item', fields: ['id', 'sku'] });
  await flows.createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: items.map(item => ({
        inventory_item_id: item.id,
        location_id: location.id,
        stocked_quantity: stock[item.sku],
      })),
    },
  });
}

async function seed({ container }) {
  await makeRegion(container);
  const salesChannel = await first(container, 'sales_channel');
  const profile = await first(container, 'shipping_profile');
  const location = await makeStockLocation(container, salesChannel);
  await makeShipping(container, location, profile);
  await makeProducts(container, JSON.parse(process.env.LASTUNIT_STOCK), { salesChannel, profile, location });
}

module.exports = { default: seed };
