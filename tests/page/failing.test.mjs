// A part of a page that fails takes nothing else with it, and is not quiet about it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { withDocument } from "./hostile.mjs";
import { drawAll, show } from "./inspect.mjs";
import { json, lastunit, page as pageOf } from "./reports.mjs";

const folder = process.env.LASTUNIT_REPORTS;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function broken(name, spoil) {
  const record = json("smoke"), file = join(folder, `broken-${name}.html`);
  spoil(record);
  writeFileSync(file, withDocument(readFileSync(pageOf("smoke"), "utf8"), "run", record));
  return { file, ...(await open(browser, file)) };
}

test("a section that fails has a sentence in its place, in both languages; all others stand, and the console says why", async () => {
  const { page, said, file, close } = await broken("section", (record) => { record.kpi.cost_terms = null; });
  for (const [language, sentence] of [["en", /cannot be shown/], ["pl", /nie da się pokazać/]]) {
    await show(page, { language });
    assert.equal(await page.locator("main .failed").count(), 1);
    assert.match(await page.locator("main .failed").innerText(), sentence);
    for (const id of ["day", "why", "network", "architecture", "reference"]) assert.equal(await page.locator(`section#${id}`).count(), 1, id);
  }
  assert.ok(said.length >= 2 && said.every((line) => line.startsWith("error:")), said.join("\n"));
  await close();
  const { status, err } = await lastunit(["charts", file, join(folder, "broken-charts")]);
  assert.notEqual(status, 0);
  assert.match(err, /section \d+: /);
});

test("a chart that fails has a sentence in its place, and its section stands", async () => {
  const { page, said, close } = await broken("chart", () => {});
  await page.evaluate(() => { Object.defineProperty(window.lastunit.documents("run").series, "stock", { get() { throw new Error("no stock today"); } }); });
  await drawAll(page);
  assert.match(await page.locator("#day .canvas .failed").first().innerText(), /no stock today/);
  assert.ok((await page.evaluate(() => window.lastunit.charts().filter((id) => window.lastunit.chart(id)).length)) > 5);
  assert.ok(said.length >= 1 && said.every((line) => line.startsWith("error:")), said.join("\n"));
  await close();
});

test("a page that nobody can make is not blank", async () => {
  const { page, said, close } = await broken("page", (record) => { record.identity = null; });
  assert.match(await page.locator("main .failed").innerText(), /cannot be shown/);
  assert.equal(said.length, 1);
  await close();
});
