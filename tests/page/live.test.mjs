// The section on a live run: what it draws of the load report, and stories of an audit that refuted.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { withDocument } from "./hostile.mjs";
import { charts, overflow, show, sums } from "./inspect.mjs";
import { hasShop, json, page as pageOf } from "./reports.mjs";

const folder = process.env.LASTUNIT_REPORTS;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function openEdited(name, edit) {
  const record = json("live"), file = join(folder, `live-${name}.html`);
  edit(record.load);
  writeFileSync(file, withDocument(readFileSync(pageOf("live"), "utf8"), "run", record));
  const opened = await open(browser, file);
  await show(opened.page, { language: "en" });
  return opened;
}

const story = {
  check: "sold_twice", sentence: "process 12 and process 47 both got the last unit of sku-7 at dc", left_out: 2,
  operations: [
    { invoked_s: 12.301, answered_s: 12.31, process: 12, kind: "hold", answer: "applied", words: "process 12 (web) holds 1 of sku-7 at dc (hold 77) for 15.0 s: applied" },
    { invoked_s: 12.304, answered_s: 12.32, process: 47, kind: "hold", answer: "applied", words: "process 47 (app) holds 1 of sku-7 at dc (hold 78) for 15.0 s: applied" },
    { invoked_s: 95.5, answered_s: 95.51, process: 12, kind: "confirm", answer: "expired", words: "process 12 (web) confirms hold 77 as order 5: expired" },
    { invoked_s: 95.6, answered_s: -1, process: 51, kind: "sell", answer: "unknown", words: "process 51 sells at a till 1 of sku-7 at dc: unknown" },
  ],
};
const storyText = [story.sentence, "  +12.301000 s to +12.310000 s  process 12 (web) holds 1 of sku-7 at dc (hold 77) for 15.0 s: applied",
  "  +12.304000 s to +12.320000 s  process 47 (app) holds 1 of sku-7 at dc (hold 78) for 15.0 s: applied",
  "  +95.500000 s to +95.510000 s  process 12 (web) confirms hold 77 as order 5: expired",
  "  +95.600000 s, no answer       process 51 sells at a till 1 of sku-7 at dc: unknown", "  and 2 more"].join("\n");
const refuted = (load, told) => {
  Object.assign(load.audit, { verdict: "refuted", headline: "REFUTED: 1 unit was sold twice", oversold_low: 1, oversold_high: 3, stories: [storyText], told });
  load.audit.checks[1].verdict = "refuted";
};

describe("live run", () => {
  let opened, load;
  before(async () => {
    opened = await open(browser, pageOf("live"));
    load = json("live").load;
    await show(opened.page, { language: "en" });
  });
  after(async () => { await opened.close(); });

  test("three histograms count every operation", async () => {
    const drawn = await sums(opened.page, "live-histograms");
    assert.deepEqual(drawn.map(({ sum }) => sum), [load.service.total, load.response.total, load.dispatch_lag.total]);
    assert.ok(load.response.total > 100);
    const text = (await charts(opened.page)).find(({ id }) => id === "live-histograms").text;
    for (const mark of ["p50", "p90", "p99", "p99.9", "max"]) assert.ok(text.includes(mark), mark);
  });

  test("rates over time are those of the JSON, per second", async () => {
    const drawn = new Map((await sums(opened.page, "live-time")).map(({ name, sum }) => [name, sum]));
    for (const field of ["intended", "sent", "answered"]) {
      const expected = load.series[field].reduce((sum, n) => sum + n, 0) / load.series.step_s;
      assert.ok(Math.abs(drawn.get(field) - expected) < 1e-6 * expected, `${field}: ${drawn.get(field)} and not ${expected}`);
    }
  });

  test("zoom moves all panels together", async () => {
    const axes = () => opened.page.evaluate(() => window.lastunit.chart("live-time").getModel().queryComponents({ mainType: "xAxis" }).map((one) => one.axis.scale.getExtent()));
    const before = await axes();
    assert.ok(before.length >= 2);
    await opened.page.evaluate(() => window.lastunit.chart("live-time").dispatchAction({ type: "dataZoom", start: 40, end: 60 }));
    const zoomed = await axes();
    assert.ok(zoomed[0][0] > before[0][0] && zoomed[0][1] < before[0][1]);
    for (const extent of zoomed) assert.deepEqual(extent, zoomed[0]);
  });

  test("says that the load was held, or why not, and what the audit found", async () => {
    const text = await opened.page.locator("#live").innerText();
    assert.ok(text.includes(load.invalid.length === 0 ? "VALID: every operation" : load.invalid[0]));
    assert.ok(text.includes(load.audit.headline));
    for (const check of load.audit.checks) assert.ok(text.includes(check.name) && text.includes(check.text), check.name);
    for (const operation of load.operations) assert.ok(text.includes(operation.kind));
    for (const figure of load.prediction.figures) assert.ok(text.includes(figure.name));
  });
});

for (const [name, told] of [["with its parts", [story]], ["of an older record, read from its text", []]])
  test(`audit: a story ${name} is lanes of processes, with a bar for each operation`, async () => {
    const opened = await openEdited(told.length > 0 ? "story" : "story-text", (load) => refuted(load, told));
    const chart = (await charts(opened.page)).find(({ id }) => id === "live-story-1");
    assert.ok(chart && chart.label.includes(story.sentence));
    const drawn = await opened.page.evaluate(() => {
      const { series: [{ data }], yAxis: [{ data: lanes }] } = window.lastunit.chart("live-story-1").getOption();
      return { data, lanes };
    });
    assert.deepEqual(drawn.lanes, ["process 12", "process 47", "process 51"]);
    assert.deepEqual(drawn.data.map(([, , lane]) => lane), [0, 1, 0, 2]);
    const [first, second, later] = drawn.data;
    assert.ok(second[0] > first[0] && second[0] < first[1] && second[1] > first[1], "the first two overlap");
    assert.ok(later[0] > second[1] && later[0] < 4 * second[1], "a pause of a minute is cut short");
    assert.match(chart.text, /⋯ 1 min/);
    const lines = await opened.page.locator(".story-lines li").allInnerTexts();
    assert.equal(lines.length, story.operations.length + 1);
    story.operations.forEach(({ words }, i) => assert.ok(lines[i].includes(words)));
    assert.ok(lines.at(-1).includes("2"));
    const text = await opened.page.locator("#live").innerText();
    assert.ok(text.includes("REFUTED: 1 unit was sold twice") && text.includes("1 – 3"));
    assert.deepEqual(await overflow(opened.page), []);
    assert.deepEqual(opened.said, []);
    await opened.close();
  });

test("audit: a story that nobody can parse is shown as it is", async () => {
  const opened = await openEdited("prose", (load) => { refuted(load, []); load.audit.stories = ["Once upon a time\n  there was a unit"]; });
  assert.ok((await opened.page.locator(".story pre").innerText()).includes("there was a unit"));
  assert.deepEqual(opened.said, []);
  await opened.close();
});

test("faults are bands over the time in which they were done; one that was left out says why", async () => {
  const opened = await openEdited("faults", (load) => {
    load.faults = [
      { name: "killed", kind: "host_crash", from_s: 0.5, until_s: 1.5, done: "kill -9 of the server (pid 1), back after 0.41 s", left_out: "" },
      { name: "slow", kind: "slow_disk", from_s: 0, until_s: 0, done: "", left_out: "no disk of its own" },
    ];
  });
  const areas = await opened.page.evaluate(() => window.lastunit.chart("live-time").getOption().series.flatMap((one) => one.markArea?.data ?? []).map(([from, until]) => [from.xAxis, until.xAxis]));
  assert.ok(areas.length >= 2 && areas.every(([from, until]) => from === 0.5 && until === 1.5));
  const text = await opened.page.locator("#live").innerText();
  assert.ok(text.includes("back after 0.41 s") && text.includes("left out: no disk of its own"));
  assert.deepEqual(opened.said, []);
  await opened.close();
});

test("a shop over HTTP: its steps as of a race, and two shoppers' requests where the books disagree", { skip: !hasShop }, async () => {
  const opened = await open(browser, pageOf("live_shop")), { load } = json("live_shop");
  await show(opened.page, { language: "en" });
  const drawn = new Map((await charts(opened.page)).map((one) => [one.id, one]));
  const passed = await sums(opened.page, "live-steps-funnel");
  assert.equal(passed[0].sum, load.flow_steps.reduce((sum, one) => sum + one.passed, 0));
  const answered = await sums(opened.page, "live-steps-answers");
  assert.equal(answered.reduce((sum, one) => sum + one.sum, 0), load.flow_steps.reduce((sum, one) => sum + one.requests, 0));
  assert.ok(drawn.has("live-steps-latency"));
  const text = await opened.page.locator("#live").innerText();
  assert.ok(load.audit.headline.startsWith("REFUTED: the shop's own books show") && text.includes(load.audit.headline));
  assert.ok(text.includes("The shop’s books") && text.includes("Lost update"));
  // What a shop's run is headed with is the shop's, not what the nodes of the scenario lacked.
  const verdict = await opened.page.locator("#verdict").innerText(), twice = load.audit.oversold_low;
  assert.ok(verdict.startsWith(twice > 0 ? `${twice} sold twice` : "The shop’s books disagree"), verdict);
  assert.ok(verdict.includes("lost update"), verdict);
  const story = drawn.get("live-finding-1");
  assert.ok(story, "the first finding has its story");
  const finding = load.shop_books.findings[0];
  for (const number of finding.side_by_side) assert.ok(story.label.includes(`Shopper ${number}`), story.label);
  assert.ok(text.includes(finding.sentence));
  assert.ok(!(await opened.page.content()).includes("s3cret"));
  assert.deepEqual(await overflow(opened.page), []);
  assert.deepEqual(opened.said, []);
  await opened.close();
});

test("a report of nothing is still a page", async () => {
  const empty = { value_ns: [], count: [], total: 0, sum_ns: 0, max_ns: 0, min_ns: 0 };
  const opened = await openEdited("empty", (load) => {
    Object.assign(load, { service: empty, response: empty, dispatch_lag: empty, operations: [], faults: [], audit: null, prediction: null, intended: 0, attempts: 0 });
    load.series = { step_s: 0, intended: [], sent: [], answered: [], refused: [], no_answer: [], in_flight: [], service_p50_ms: [], service_p99_ms: [], response_p50_ms: [], response_p99_ms: [], lag_p99_ms: [] };
  });
  assert.ok((await opened.page.locator("#live .card").count()) >= 5);
  assert.ok(!/NaN|undefined|Infinity/.test(await opened.page.locator("#live").innerText()));
  assert.deepEqual(opened.said, []);
  await opened.close();
});
