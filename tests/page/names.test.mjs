// Names that are scripts, in every report: they are text, and run nowhere.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { hostileRecord, image, markdown, script, withDocument } from "./hostile.mjs";
import { charts, drawAll, overflow, show } from "./inspect.mjs";
import { json, lastunit, page as pageOf, storedRun } from "./reports.mjs";

const folder = process.env.LASTUNIT_REPORTS;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// Every tooltip of every chart, every table, both languages, everything that unfolds.
async function handleEverything(page) {
  for (const language of ["en", "pl"]) {
    await show(page, { language });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      for (const id of window.lastunit.charts()) {
        const chart = window.lastunit.chart(id);
        const series = chart.getOption().series ?? [];
        series.forEach((one, seriesIndex) => {
          const points = Math.min(one.data?.length ?? one.links?.length ?? 0, 40);
          for (let dataIndex = 0; dataIndex < points; ++dataIndex) chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
          for (let dataIndex = 0; dataIndex < Math.min(one.links?.length ?? one.edges?.length ?? 0, 40); ++dataIndex)
            chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex, dataType: "edge" });
        });
      }
      for (const button of document.querySelectorAll("main button")) button.click();
    });
    await drawAll(page);
  }
}

async function checkHarmless(file, wanted) {
  const { page, said, close } = await open(browser, file, { width: 390 });
  const fired = [];
  page.on("dialog", async (dialog) => { fired.push(dialog.message()); await dialog.dismiss(); });
  await handleEverything(page);
  assert.deepEqual(fired, [], "a name ran as a script");
  assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script, body > img").length), 0, "a name became an element");
  const text = await page.evaluate(() => document.querySelector("main").textContent);
  for (const name of wanted) assert.ok(text.includes(name), `${name} is not on the page as text`);
  assert.deepEqual(await overflow(page), []);
  for (const chart of await charts(page)) assert.ok(chart.marks >= 3 && !chart.broken, `chart ${chart.id}`);
  assert.deepEqual(said, []);
  await close();
}

test("the trap: a name that is taken for markup would be noticed", async () => {
  const { page, close } = await open(browser, pageOf("hostile"));
  const fired = new Promise((resolve) => page.on("dialog", async (dialog) => { await dialog.dismiss(); resolve(dialog.message()); }));
  await page.evaluate((markup) => { document.querySelector("main").insertAdjacentHTML("beforeend", markup); }, image);
  assert.equal(await fired, "2");
  await close();
});

test("page: names from a scenario's file are text", () => checkHarmless(pageOf("hostile"), [script, image]));

test("comparison: names of designs and of the scenario are text", () => checkHarmless(pageOf("hostile_comparison"), [script, image]));
test("sweep: names of the scenario are text", () => checkHarmless(pageOf("hostile_sweep"), [script, image]));

for (const name of ["smoke", "drop", "live"])
  test(`page: any string of the record of ${name} may be a script and is text`, async () => {
    const file = join(folder, `hostile-${name}.html`);
    let html = withDocument(readFileSync(pageOf(name), "utf8"), "run", hostileRecord(json(name)));
    const autopsies = await documentOf(pageOf(name), "autopsies");
    if (autopsies) html = withDocument(html, "autopsies", hostileRecord(autopsies));
    writeFileSync(file, html);
    await checkHarmless(file, [script, image]);
  });

// A document that a page carries; null where it has none of that name.
async function documentOf(file, id) {
  const { page, close } = await open(browser, file);
  const found = await page.evaluate((wanted) => window.lastunit.documents(wanted), id);
  await close();
  return found;
}

// --- the reports that are no page -------------------------------------------------------------------------------------------------

const hostileRun = (words) => lastunit(["run", "hostile.yaml", ...words]);

test("json: names come back as they were", () => {
  const record = json("hostile");
  assert.ok(record.identity.scenario_title.includes(markdown));
  assert.ok(record.channels.some(({ name, channel }) => (name ?? channel) === script));
});

test("terminal: a name cannot break its line or send a control sequence", async () => {
  const { out } = await hostileRun([]);
  assert.ok(out.includes(script));
  assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(out), "control characters");
  assert.ok(!out.split("\n").some((line) => line.startsWith("# not a heading")));
});

test("markdown: a name stays in its cell and opens no element", async () => {
  const shown = await lastunit(["show", await storedRun("hostile.yaml"), "--markdown", "-"]);
  const compared = await lastunit(["compare", "hostile.yaml", "--designs", "own,unified", "--replications", "2", "--quiet", "--markdown", "-"]);
  assert.ok(shown.out.includes("alert(1)") && compared.out.includes("alert(1)") && tablesOf(compared.out).length >= 1);
  const out = `${shown.out}\n${compared.out}`;
  assert.ok(!/(^|[^\\&])<(script|img)/m.test(out), out.match(/.*<(script|img).*/)?.[0]);
  assert.ok(!out.split("\n").some((line) => line.startsWith("# not a heading")));
  for (const block of tablesOf(out)) {
    const cells = block.map((line) => line.replaceAll("\\|", "").split("|").length);
    assert.equal(new Set(cells).size, 1, `a name made a column of its own:\n${block.join("\n")}`);
  }
});

test("openmetrics: a name is a label's value, escaped", async () => {
  const { out } = await lastunit(["show", await storedRun("hostile.yaml"), "--openmetrics", "-"]);
  assert.ok(out.endsWith("# EOF\n"));
  for (const line of out.split("\n").filter((one) => one && !one.startsWith("#")))
    assert.match(line, /^[a-zA-Z_:][\w:]*(\{[a-zA-Z_]\w*="(\\[\\"n]|[^"\\])*"(,[a-zA-Z_]\w*="(\\[\\"n]|[^"\\])*")*\})? \S+$/);
});

test("junit: a name is an attribute's value or text, never an element", async () => {
  await lastunit(["gate", "hostile.yaml", "--replications", "2", "--quiet", "--junit", join(folder, "hostile.xml")]);
  const xml = readFileSync(join(folder, "hostile.xml"), "utf8");
  assert.ok(!/<(script|img)/.test(xml));
  const bare = xml.replace(/<\?xml[^>]*\?>/, "").replace(/<!\[CDATA\[.*?\]\]>/gs, "").replace(/<\/?[a-z]+(\s+[\w:-]+="[^"<]*")*\s*\/?>/g, "");
  assert.ok(!/[<>]/.test(bare.replaceAll("&gt;", "")), "what is no element has no angle bracket");
});

const tablesOf = (text) => {
  const blocks = [[]];
  for (const line of text.split("\n")) line.startsWith("|") ? blocks.at(-1).push(line) : blocks.at(-1).length && blocks.push([]);
  return blocks.filter((block) => block.length > 1);
};
