// All tests of the pages: makes real reports with the command of LASTUNIT, then runs *.test.mjs over them.
//
//   LASTUNIT=build/release/cli/lastunit node tests/page/run.mjs [names.test.mjs ...]
//
// Exit code 77: no browser or no npm packages here, nothing was tested.
import { spawn } from "node:child_process";
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
const running = new Set();

// What one process says comes in one piece.
function tested(files) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--test", ...files.map((name) => join(here, name))], { stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
    child.on("close", (status) => { running.delete(child); process.stdout.write(Buffer.concat(said)); resolve(status ?? 1); });
  });
}

const clean = () => { for (const child of running) child.kill(); rmSync(folder, { recursive: true, force: true }); };
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => { clean(); process.exit(130); });

let status = 1;
try {
  process.env.LASTUNIT_REPORTS = folder;
  const { makeReports } = await import("./reports.mjs");
  await makeReports();
  const wanted = process.argv.slice(2);
  const files = wanted.length > 0 ? wanted : readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort();
  // Half of the time goes into one file: two cores have something to do. The speed of a page is measured when nothing else runs.
  const alone = files.filter((name) => name.startsWith("speed.")), long = files.filter((name) => name.startsWith("kinds.")), others = files.filter((name) => !alone.includes(name) && !long.includes(name));
  const beside = await Promise.all([long, others].filter((group) => group.length > 0).map(tested));
  status = Math.max(0, ...beside, ...(alone.length > 0 ? [await tested(alone)] : []));
} finally {
  clean();
}
process.exit(status);
