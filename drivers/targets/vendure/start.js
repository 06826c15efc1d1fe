// One process of the shop: `node start.js PORT`.
'use strict';

const { bootstrap } = require('@vendure/core');
const { configuration } = require('./config.js');

bootstrap(configuration({ port: Number(process.argv[2]) })).catch(error => {
  console.error(error);
  process.exit(1);
});
