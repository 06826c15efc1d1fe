// The reports that the tests open: each kind of page, made by the built command from small runs.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = process.env.LASTUNIT_REPORTS;
const at = (name) => join(folder, name);

// What each test file may open: the words of the command, without where its page and its JSON go.
export const commands = {
  smoke: ["run", "smoke", "--log=smoke.events"],
  drop: ["run", "flash-drop", "--set", "run.horizon=6min"],
  autopsy: ["explain", "smoke.events", "--oversold", "1", "--no-counterfactuals"],
  replications: ["run", "smoke", "--replications", "6"],
  comparison: ["compare", "smoke", "--designs", "own,polling-hub,unified", "--replications", "4"],
  sweep: ["sweep", "smoke", "--vary", "web.node_buffer=0..2", "--vary", "app.hold_ttl=1min..9min:3", "--replications", "2"],
  grid: ["sweep", "smoke", "--vary", "buffer=0..2", "--vary", "app.hold_ttl=1min,5min", "--vary", "routing=nearest,cheapest", "--replications", "1"],
  indices: ["sweep", "smoke", "--vary", "buffer=0..5", "--vary", "edges.marketplace.interval=1min..60min", "--indices", "morris,sobol", "--kpi", "undersell,oversell", "--trajectories", "2", "--base", "2", "--replications", "2"],
  plan: ["plan", "smoke", "--minimise", "undersell", "--subject-to", "oversell<1.5%", "--vary", "buffer=0..2", "--replications", "5", "--at-most", "60"],
  one_run: ["compare", "smoke", "--designs", "own,unified", "--against", "own"],
  hostile_comparison: ["compare", "hostile.yaml", "--designs", "own,unified", "--replications", "3"],
  hostile_sweep: ["sweep", "hostile.yaml", "--vary", "buffer=0..1", "--vary", "routing=nearest,cheapest", "--replications", "2"],
  live: ["load", join(root, "tests/cli/small.yaml"), "--target", "inproc", "--speed", "2400x", "--predict"],
  hostile: ["run", "hostile.yaml"],
};

// A race needs a shop to race at: the stub, as a process of its own. Not there in a build without HTTP.
const stub = process.env.LASTUNIT_STUB_SHOP;
export const hasShop = Boolean(stub) && existsSync(stub);
const raceOf = (flaw, ...words) => ["flow", "race", `${flaw}.yaml`, ...words];
// By the flaw of the shop; each finds what no other does.
export const races = {
  oversell: raceOf("oversell", "--shoppers", "24", "--units", "5", "--runs", "3", "--at-once", "8"),
  lost_update: raceOf("lost_update", "--shoppers", "16", "--units", "30", "--runs", "2"),
  phantom_order: raceOf("phantom_order", "--shoppers", "16", "--units", "5"),
  missing_order: raceOf("missing_order", "--shoppers", "16", "--units", "6"),
  lock_timeout: raceOf("lock_timeout", "--shoppers", "20", "--units", "20"),
  no_allocation: raceOf("no_allocation", "--shoppers", "12", "--units", "30"),
  order_per_submit: raceOf("order_per_submit", "--shoppers", "8", "--units", "30", "--repeat-submit", "pay"),
  none: raceOf("none", "--shoppers", "16", "--units", "5"),
};
export const raceName = (flaw) => (flaw === "oversell" ? "race" : `race_${flaw}`);
if (hasShop) for (const flaw of Object.keys(races)) commands[raceName(flaw)] = races[flaw];

// A scenario's shoppers at such a shop: a live run with its steps, and books that do not agree.
if (hasShop) commands.live_shop = ["load", join(root, "tests/cli/drop.yaml"), "--target", "http:lost_update.yaml", "--speed", "240x"];

async function withShop(flaw, make) {
  const flow = at(`${flaw}.yaml`);
  rmSync(flow, { force: true }); // of an earlier shop
  const shop = spawn(stub, [flaw, flow], { stdio: "ignore" });
  process.env.STUB_PASSWORD = "s3cret";
  try {
    for (let tried = 0; !existsSync(flow); ++tried) {
      if (tried === 600 || shop.exitCode !== null) throw new Error("the stub shop did not start");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await make();
  } finally {
    shop.kill();
  }
}

export const page = (name) => at(`${name}.html`);
export const json = (name) => JSON.parse(readFileSync(at(`${name}.json`), "utf8"));

export function lastunit(words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.LASTUNIT, words, { cwd: folder, env: { ...process.env, LASTUNIT_STORE: at("store.sqlite"), NO_COLOR: "1" } });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk) => { said.out += chunk; });
    child.stderr.on("data", (chunk) => { said.err += chunk; });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...said }));
  });
}

// A failed gate (1) and a load that a busy machine did not hold (4) leave their reports all the same.
async function make(name) {
  const quiet = ["explain", "flow"].includes(commands[name][0]) ? [] : ["--quiet"];
  const { status, err } = await lastunit([...commands[name], ...quiet, "--html", page(name), "--json", at(`${name}.json`)]);
  if (![0, 1, 4].includes(status)) throw new Error(`lastunit ${commands[name].join(" ")}\nended with ${status}: ${err}`);
}

// The number under which the store keeps the runs of a scenario.
export async function storedRun(scenario, words = []) {
  await lastunit(["run", scenario, ...words, "--replications", "1", "--quiet"]);
  const { out } = await lastunit(["runs"]);
  const row = out.split("\n").map((line) => line.trim().split(/\s+/)).find((cells) => cells.includes(scenario.replace(/\.yaml$/, "")));
  if (!row) throw new Error(`the store has no run of ${scenario}:\n${out}`);
  return row[0];
}

export async function makeReports() {
  const { hostileScenario } = await import("./hostile.mjs");
  writeFileSync(at("hostile.yaml"), hostileScenario(readFileSync(join(root, "scenarios/library/smoke.yaml"), "utf8")));
  // One after the other: a live run keeps its schedule only where it has a core.
  for (const name of Object.keys(commands).filter((one) => !one.startsWith("race") && one !== "live_shop")) await make(name);
  if (!hasShop) return;
  for (const flaw of Object.keys(races)) await withShop(flaw, () => make(raceName(flaw)));
  await withShop("lost_update", () => make("live_shop"));
}
