// How the shop is configured: Vendure's defaults wherever a checkout passes. What it needs comes in the environment
// (drivers/targets/environment.hpp).
'use strict';

const { DefaultLogger, LogLevel, dummyPaymentHandler } = require('@vendure/core');

function configuration({ port = 0, schema = 'as it is' } = {}) {
  const database = new URL(process.env.LASTUNIT_DATABASE_URL);
  return {
    apiOptions: { hostname: '127.0.0.1', port, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
      tokenMethod: ['bearer', 'cookie'],
      cookieOptions: { secret: process.env.LASTUNIT_SECRET },
      requireVerification: false,
      // Production mode refuses the default ones.
      superadminCredentials: {
        identifier: process.env.LASTUNIT_ADMIN_USER,
        password: process.env.LASTUNIT_ADMIN_PASSWORD,
      },
    },
    dbConnectionOptions: {
      type: 'postgres',
      host: database.hostname,
      port: Number(database.port),
      username: database.username,
      password: database.password,
      database: database.pathname.slice(1),
      synchronize: schema === 'made',
      logging: false,
      migrations: [],
    },
    logger: new DefaultLogger({ level: LogLevel.Warn, timestamp: true }),
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    plugins: [],
  };
}

module.exports = { configuration };
