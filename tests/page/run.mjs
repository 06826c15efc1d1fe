// All tests of the pages: makes real reports with the command of LASTUNIT, then runs *.test.mjs over them.
//
//   LASTUNIT=build/release/cli/lastunit node tests/page/run.mjs [names.test.mjs ...]
//
// Exit code 77: no browser or no npm packages here, nothing was tested.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

function skip(why) {
  console.log(`SKIPPED: ${why}; the pages were not opened in a browser`);
  process.exit(77);
}
if (!existsSync(join(here, "../../reports/page/node_modules/playwright-core"))) skip("reports/page has no node_modules (npm ci)");
const { browserPath } = await import("./browser.mjs");
if (!browserPath) skip("no Chromium here");
if (!process.env.LASTUNIT || !existsSync(process.env.LASTUNIT)) {
  console.error("LASTUNIT has to name the built command: LASTUNIT=build/release/cli/lastunit");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "lastunit-page-"));
let status = 1;
try {
  process.env.LASTUNIT_REPORTS = folder;
  const { makeReports } = await import("./reports.mjs");
  await makeReports();
  const wanted = process.argv.slice(2);
  const files = wanted.length > 0 ? wanted : readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort();
  status = spawnSync(process.execPath, ["--test", ...files.map((name) => join(here, name))], { stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
