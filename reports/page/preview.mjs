// A page without the C++ build, for those who work on it:
//
//   node preview.mjs --kind run --out page.html run=run.json autopsies=autopsies.json ...
//
// Bundles src/ as it is, and fills frame.html with the documents as reports/page.cpp does. Outlines are those of all countries.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: "string", default: "run" }, out: { type: "string", default: "page.html" }, lang: { type: "string", default: "en" } },
});
const built = spawnSync("node", [join(here, "build.mjs"), "--out", join(here, "out")], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

const made = (name) => readFileSync(join(here, "out", name), "utf8");
const element = (id, json) => `<script type="application/json" id="${id}">${json.replaceAll("<", "\\u003c")}</script>\n`;
const page = { kind: values.kind, language: values.lang, version: "preview", commit: "preview", command: "" };
const documents = [["page", JSON.stringify(page)], ["outlines", made("outlines.json")],
  ...positionals.map((one) => { const [id, path] = one.split("="); return [id, readFileSync(path, "utf8")]; })];
const places = { language: values.lang, title: "preview", style: made("page.css"), no_script: "", script: made("page.js"),
  documents: documents.map(([id, json]) => element(id, json)).join("") };
writeFileSync(values.out, readFileSync(join(here, "frame.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => places[name]));
