// How the shop is configured: Medusa's defaults, but for the locking that was asked for. What it needs comes in the environment
// (drivers/targets/environment.hpp).
'use strict';

const { defineConfig } = require('@medusajs/framework/utils');

// The default keeps its locks in the memory of one process.
function locking(kind) {
  const provider = {
    redis: {
      resolve: '@medusajs/medusa/locking-redis',
      id: 'locking-redis',
      is_default: true,
      options: { redisUrl: process.env.LASTUNIT_REDIS_URL },
    },
    postgres: { resolve: '@medusajs/medusa/locking-postgres', id: 'locking-postgres', is_default: true },
  }[kind];
  return provider ? [{ resolve: '@medusajs/medusa/locking', options: { providers: [provider] } }] : [];
}

const nobody = 'http://127.0.0.1';

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.LASTUNIT_DATABASE_URL,
    databaseDriverOptions: { connection: { ssl: false } },
    http: {
      storeCors: nobody,
      adminCors: nobody,
      authCors: nobody,
      jwtSecret: process.env.LASTUNIT_SECRET,
      cookieSecret: process.env.LASTUNIT_SECRET,
    },
  },
  modules: locking(process.env.LASTUNIT_LOCKING),
});
