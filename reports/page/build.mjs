// Makes the page's bundle from src/, and the outlines of countries from Natural Earth (public domain, by way of world-atlas).
//
//   node build.mjs --out FOLDER --schema RUN_RECORD.proto ...
//
// FOLDER gets page.js, page.css (what every report carries), charts.cjs (draws the same charts without a browser) and
// outlines.json. Types of the record are made from its schema into generated/, so that page and record cannot drift apart.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { outlines } from "./outlines.mjs";
import { typesOf } from "./schema_types.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { out: { type: "string" }, schema: { type: "string", multiple: true }, check: { type: "boolean", default: true } },
  allowNegative: true,
});
const out = values.out ?? join(here, "out");
const schemas = values.schema ?? ["run_record", "load_report", "autopsy"].map((name) => join(here, `../../model/${name}.proto`));

mkdirSync(out, { recursive: true });
mkdirSync(join(here, "generated"), { recursive: true });
writeFileSync(join(here, "generated/record.ts"), typesOf(schemas.map((path) => readFileSync(path, "utf8"))));

if (values.check) {
  const tsc = spawnSync(join(here, "node_modules/.bin/tsc"), ["--noEmit", "--project", here], { stdio: "inherit" });
  if (tsc.status !== 0) process.exit(1);
}

const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", charset: "utf8" };
await esbuild.build({
  ...common,
  entryPoints: { page: join(here, "src/main.ts") },
  outdir: out,
  format: "iife",
  target: "es2020",
});
await esbuild.build({
  ...common,
  // The table of HTML's entities has marks that turn the direction of text: a compiler refuses them in the source it is embedded in.
  charset: "ascii",
  entryPoints: { charts: join(here, "src/charts/main.ts") },
  outdir: out,
  outExtension: { ".js": ".cjs" },
  platform: "node",
  format: "cjs",
  target: "node18",
});
await esbuild.build({ ...common, entryPoints: { page: join(here, "src/page.css") }, outdir: out });
writeFileSync(join(out, "outlines.json"), outlines(readFileSync(join(here, "node_modules/world-atlas/countries-50m.json"), "utf8")));
