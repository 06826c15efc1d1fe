// What the page computes before it draws: bins, histograms, times, the paths of KPIs. No browser.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { before, describe, test } from "node:test";
import { requireFromPage } from "./browser.mjs";

const src = join(dirname(fileURLToPath(import.meta.url)), "../../reports/page/src");
let part;
before(async () => {
  // Modules that draw look for these as they are loaded; nothing here draws.
  class Observer {
    observe() {}
  }
  Object.assign(globalThis, { IntersectionObserver: Observer, ResizeObserver: Observer });
  const modules = [
    "run/day/time",
    "run/day/panels",
    "run/day/faults",
    "run/fulfilment/times",
    "run/reference/kpis",
    "run/kpi_text",
    "run/reference/balance_words",
    "ui/language",
    "ui/look",
    "ui/time_ticks",
    "ui/numbers",
  ];
  const { outputFiles } = await requireFromPage("esbuild").build({
    stdin: { contents: [...modules.map((name) => `export * from "./${name}";`), 'export { ratioText } from "./study/kpis";'].join("\n"), resolveDir: src, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "node18",
  });
  part = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
});

const sum = (values) => values.reduce((all, value) => all + value, 0);

describe("bins", () => {
  test("counts of all steps are in some bin, the last one may be short", () => {
    const steps = Array.from({ length: 1001 }, (_, i) => i % 13);
    for (const group of [1, 2, 7, 60, 5000]) assert.equal(sum(part.binned(steps, group, "sum")), sum(steps));
    assert.deepEqual(part.binned([1, 2, 3, 4, 5], 2, "last"), [2, 4, 5]);
  });
  test("steps in which nothing was measured count for nothing", () => {
    assert.deepEqual(part.binned([-1, 4, -1, -1, 2, 8], 2, "mean"), [4, null, 5]);
    assert.deepEqual(part.binned([-1, 4, -1, -1, 2, 8], 2, "highest"), [4, null, 8]);
  });
  test("are of round widths, and no more than a screen shows", () => {
    assert.equal(part.stepsInBin(60, 86_400), 5);
    assert.equal(part.stepsInBin(60, 3600), 1);
    assert.equal(part.stepsInBin(1, 7 * 86_400), 3600);
    assert.equal(part.stepsInBin(7.5, 86_400), 40); // five minutes
  });
});

test("times: midnight ends a day, and later days say which", () => {
  assert.equal(part.timeText(0, 60), "00:00");
  assert.equal(part.timeText(86_400 + 8 * 3600 + 900, 60), "+1 08:15");
  assert.equal(part.timeText(72_144, 1), "20:02:24");
  assert.equal(part.endText(86_400, 60), "24:00");
  assert.equal(part.endText(2 * 86_400, 60), "+1 24:00");
  assert.equal(part.endText(3600, 60), "01:00");
});

describe("histograms of times", () => {
  const upper_s = Array.from({ length: 200 }, (_, i) => 60 * 1.05 ** i),
    count = upper_s.map((_, i) => (i % 5) * 3);
  test("every order is in a bin of round width, or among those that took longer than is drawn", () => {
    for (const p99 of [120, 3600, 90_000, 1e7]) {
      const made = part.histogram({ method: "ship", upper_s, count }, p99);
      assert.ok(Math.abs(sum(made.counts) + made.beyond - sum(count)) <= 1, `${p99}`);
      assert.ok(made.counts.length <= 73, `${made.counts.length} bins`);
      assert.ok(made.counts.every((n) => n >= 0));
    }
  });
  test("a bucket that lies in two bins is shared by its width", () => {
    const { bin_s, counts } = part.histogram({ method: "ship", upper_s: [100, 300], count: [0, 400] }, 300);
    assert.equal(bin_s, 5);
    assert.equal(counts[0], 0);
    assert.ok(Math.abs(counts[30] - 10) < 1e-9);
  });
  test("buckets of one width stay whole, and what is beyond them is not spread over a width that nobody knows", () => {
    const upper = [...Array.from({ length: 72 }, (_, i) => 900 * (i + 1)), 200_000];
    const { bin_s, counts, beyond } = part.histogram(
      { method: "ship", upper_s: upper, count: upper.map((_, i) => i) },
      29_000,
    );
    assert.equal(bin_s % 900, 0);
    assert.ok(counts.every((n) => Number.isInteger(n)));
    assert.equal(sum(counts) + beyond, (72 * 73) / 2);
    assert.ok(beyond >= 72);
  });
  test("nothing measured is no histogram, but no mistake", () => {
    assert.deepEqual(part.histogram({ method: "ship", upper_s: [], count: [] }, 0).counts.map(Number), [0]);
  });
});

test("faults: windows are cut at the end of the day, and one that could not happen is none", () => {
  const record = {
    identity: { start_of_day_s: 3600 },
    series: { step_s: 60, orders: new Array(60).fill(0), arrivals: [], stock: [], open_orders: [] },
    faults: [
      { name: "late", kind: "stall", from_s: [3000, 9999], until_s: [9000, 12_000], left_out: "" },
      { name: "", kind: "partition", from_s: [600], until_s: [660], left_out: "" },
      { name: "other", kind: "stall", from_s: [], until_s: [], left_out: "no bus here" },
    ],
    drops: [{ name: "evening", from_s: 1200, until_s: 1800, skus: ["a", "b", "c", "d"] }],
  };
  assert.deepEqual(part.faultSpans(record), [
    { name: "partition", kind: "partition", what: "fault", from: 4200, until: 4260 },
    { name: "late", kind: "stall", what: "fault", from: 6600, until: 7200 },
  ]);
  assert.deepEqual(part.laneNames(record), ["", "partition", "late"]); // of drops, then of each fault
  assert.deepEqual(part.dropSpans(record), [{ name: "evening", kind: "a, b … d", what: "drop", from: 4800, until: 5400 }]);
  assert.deepEqual(
    part.leftOut(record).map(({ name }) => name),
    ["other"],
  );
});

test("KPIs have the paths that gates use; times of which nothing was measured have none", () => {
  const leaves = part.leavesOf({
    oversell_rate: 0.01,
    fulfilment_time_s: { count: 2, p99: 7 },
    decision_s: { count: 0, p99: 0 },
    oversold_causes: [{ cause: "race", units: 3 }],
    cost_terms: [{ term: "pick", cost: 250 }],
  });
  assert.deepEqual(Object.fromEntries(leaves), {
    oversell_rate: 0.01,
    "fulfilment_time_s.count": 2,
    "fulfilment_time_s.p99": 7,
    "oversold_causes.race": 3,
    "cost_terms.pick": 250,
  });
  assert.equal(part.kpiText("oversell_rate", 0.0017, "PLN"), "0.17 %");
  assert.equal(part.kpiText("cost_terms.pick", 250, "PLN"), "2.50 PLN");
  assert.equal(part.kpiText("fulfilment_time_s.p99", 7, "PLN"), "7 s");
  assert.equal(part.kpiText("oversold_units", 1234, "PLN"), "1,234");
});

test("texts: a place at the end of a sentence does not end it twice", () => {
  assert.equal(part.fill("po {time}.", { time: "2 godz." }), "po 2 godz.");
  assert.equal(part.fill("after {time}.", { time: "2 h" }), "after 2 h.");
  assert.equal(part.fill("{unknown}.", {}), "{unknown}.");
});

test("balance: every sentence of reports/balance is there in Polish", () => {
  const reports = join(src, "../..");
  const code = readdirSync(reports)
    .filter((name) => /^balance(_detail)?\.cpp$/.test(name))
    .map((name) => readFileSync(join(reports, name), "utf8"))
    .join("");
  const sentences = [...code.matchAll(/"((?:[^"\\\n]|\\.)+)"/g)]
    .map(([, text]) => text)
    .filter((text) => !text.includes(".hpp"));
  assert.ok(sentences.length > 60, `${sentences.length} sentences`);
  Object.assign(globalThis, { document: { documentElement: {} } });
  const same = new Set(["KPI", "commission", "cancellation", "labour", "overtime", "holding", "transfer", "markdown"]); // words, and terms of cost that are compared
  part.setLanguage("pl");
  for (const sentence of sentences)
    for (const phrase of sentence
      .split(/ = | \+ |: ?/)
      .map((one) => one.trim())
      .filter(Boolean))
      if (!same.has(phrase) && phrase !== "cost of")
        assert.notEqual(part.balanceSentence(phrase), phrase, `no Polish for "${phrase}" of "${sentence}"`);
  assert.equal(
    part.balanceSentence("sum over nodes = total: cost of pick"),
    "suma po węzłach = ogółem: koszt: kompletacja",
  );
  part.setLanguage("en");
});

test("colours: black or white text can be read on every colour of a series", () => {
  const luminance = (colour) =>
    [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((all, v, i) => all + v * [0.2126, 0.7152, 0.0722][i], 0);
  for (const theme of ["light", "dark"])
    for (const colour of part.look(theme).series) {
      const [a, b] = [luminance(colour), luminance(part.inkOn(colour))].sort((x, y) => y - x);
      assert.ok((a + 0.05) / (b + 0.05) >= 4.5, `${part.inkOn(colour)} on ${colour}`);
    }
});

describe("axes of time", () => {
  const labels = (of, width) => {
    const { interval } = part.clockLabels(of, width);
    return Array.from({ length: of.count }, (_, i) => i).filter(interval).map((i) => (of.start_of_day_s + i * of.step_s) / 60);
  };
  test("are labelled at full minutes and hours, as many as find room", () => {
    assert.deepEqual(labels({ start_of_day_s: 0, step_s: 60, count: 1440 }, 1100).slice(0, 3), [0, 120, 240]);
    assert.deepEqual(labels({ start_of_day_s: 72_000, step_s: 10, count: 180 }, 280).map((minute) => minute - 1200), [0, 10, 20]);
    const between = labels({ start_of_day_s: 29_000, step_s: 60, count: 400 }, 600);
    assert.deepEqual(between.map((minute) => Math.floor(minute)), [540, 600, 660, 720, 780, 840], "a start between");
    assert.equal(labels({ start_of_day_s: 36_010, step_s: 5, count: 3 }, 300).length, 1, "a run that is over before the minute");
  });
  test("of lags end at a round time and have round ones between", () => {
    assert.deepEqual(part.spanAxis(1650), { min: 0, max: 1800, interval: 600 });
    assert.deepEqual(part.spanAxis(3), { min: 0, max: 3, interval: 0.75 });
    assert.ok(part.spanAxis(0).max > 0);
  });
});

test("estimates have two digits, and nothing is rounded to all", () => {
  assert.equal(part.rough(67_334), "67,000");
  assert.equal(part.rough(1.04), "1");
  assert.equal(part.ratioText(288 / 80_844), "−99.6 %");
  assert.equal(part.ratioText(0.25 / 80_844), "−99.9 %");
  assert.equal(part.ratioText(0), "−100 %");
});
