// Why: sums that are those of the record, and autopsies as a reader walks through them.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { hostileRecord, withDocument } from "./hostile.mjs";
import { overflow, show, sums } from "./inspect.mjs";
import { json, page as pageOf } from "./reports.mjs";

let browser, opened, page;
before(async () => {
  browser = await launch();
  opened = await open(browser, pageOf("drop"));
  page = opened.page;
  await show(page, { language: "en" });
});
after(async () => { await browser.close(); });

const told = () => page.evaluate(() => window.lastunit.documents("autopsies"));
const rows = () => page.locator("#autopsy .row");
const current = () => page.evaluate(() => [...document.querySelectorAll("#autopsy .moment")].findIndex((one) => one.getAttribute("aria-current") === "step"));

describe("why", () => {
  test("causes, channels and classes sum to what was oversold and undersold", async () => {
    const { kpi, sku_classes: classes } = json("drop");
    const charts = { "oversold-causes": [kpi.oversold_units], "undersold-causes": [kpi.undersold_units], "why-channels": [kpi.oversold_units, kpi.undersold_units] };
    if (classes?.length) charts["why-classes"] = [kpi.oversold_units, kpi.undersold_units];
    for (const [id, totals] of Object.entries(charts)) {
      const drawn = totals[0] > 0 ? (await sums(page, id)).map(({ sum }) => sum) : totals;
      assert.deepEqual(drawn, totals, id);
    }
  });

  test("a SKU of the table opens its autopsy", async (t) => {
    const buttons = page.locator("#worst-skus button[data-sku]");
    if ((await buttons.count()) === 0) return t.skip("the record names no SKUs");
    const last = buttons.last(), sku = await last.getAttribute("data-sku");
    await last.click();
    const index = Number(await page.locator(".autopsy").getAttribute("data-autopsy"));
    assert.equal((await told())[index].line.sku, sku);
    await page.selectOption("#autopsy-select", { index: 0 });
  });
});

describe("an autopsy", () => {
  test("has a row for each moment, with the numbers of the JSON, and shows what was decided", async () => {
    const { timeline } = (await told())[0];
    const shown = await rows().evaluateAll((all) => all.map((row) => [...row.querySelectorAll(".triple b")].map((one) => one.textContent.replaceAll(",", ""))));
    assert.deepEqual(shown, timeline.map((m) => [m.there, m.record, m.shows].map(String)));
    assert.equal(await current(), timeline.findIndex((m) => m.kind === "promise"));
    assert.match(await page.locator("#autopsy-says").textContent(), /Decision/);
  });

  test("is drawn: a number per row and system, the decision, and where a system was wrong", async () => {
    const { timeline } = (await told())[0];
    const drawn = (selector) => page.locator(`#autopsy svg.picture ${selector}`).count();
    assert.equal(await drawn(".number"), 3 * timeline.length);
    assert.equal(await drawn(".arrow.decision"), 1);
    const wrong = timeline.reduce((sum, m) => sum + (m.record > m.there ? 1 : 0) + (m.shows > m.there ? 1 : 0), 0);
    assert.equal(await drawn(".wrong"), wrong);
    assert.equal(await drawn(".number.is-wrong"), wrong);
  });

  test("arrow keys walk from moment to moment, and what is current is said", async () => {
    const { timeline } = (await told())[0];
    await page.locator("#autopsy .moment[aria-current]").focus();
    await page.keyboard.press("Home");
    assert.equal(await current(), 0);
    for (let row = 1; row < timeline.length; ++row) {
      await page.keyboard.press("ArrowDown");
      assert.equal(await current(), row);
      assert.ok((await page.locator("#autopsy-says").textContent()).includes(timeline[row].text));
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "step");
    }
    await page.keyboard.press("ArrowDown");
    assert.equal(await current(), timeline.length - 1);
  });

  test("buttons go to the decisive moments", async () => {
    const { timeline } = (await told())[0];
    const decisive = timeline.flatMap((m, i) => (m.decisive ? [i] : []));
    await page.locator("#autopsy .moment").first().click();
    for (const row of decisive.filter((i) => i > 0)) {
      await page.click("#autopsy-next");
      assert.equal(await current(), row);
    }
    for (const row of decisive.slice(0, -1).reverse()) {
      await page.click("#autopsy-previous");
      assert.equal(await current(), row);
    }
  });

  test("what is told together unfolds, and folds", async () => {
    const { timeline } = (await told())[0], at = timeline.findIndex((m) => m.inside.length > 0);
    assert.ok(at >= 0);
    await page.locator("#autopsy .unfold").first().click();
    assert.equal(await rows().count(), timeline.length + timeline[at].inside.length);
    assert.equal(await page.evaluate(() => document.activeElement.className), "unfold");
    await page.keyboard.press("Enter");
    assert.equal(await rows().count(), timeline.length);
  });

  test("every one can be chosen, in both languages, and none has a sentence without words", async () => {
    const all = await told();
    for (const language of ["pl", "en"]) {
      await show(page, { language });
      for (const [index, one] of all.entries()) {
        await page.selectOption("#autopsy-select", { index });
        const texts = await page.locator("#autopsy .row .text").allTextContents();
        assert.equal(texts.length, one.timeline.length);
        for (const text of texts) assert.ok(text.length > 3 && !/undefined|null|NaN|\{\w+\}/.test(text), text);
      }
    }
    await page.selectOption("#autopsy-select", { index: 0 });
  });

  test("its picture can be saved, stands alone, and has its names as text", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#autopsy-save")]);
    const saved = readFileSync(await download.path(), "utf8"), { line } = (await told())[0];
    assert.equal(download.suggestedFilename(), `autopsy-${line.first_unit}.svg`);
    assert.match(saved, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.ok(saved.includes(line.sku));
    assert.ok(!saved.includes("var(--"), "a colour that only the page knows");
    assert.ok(!/undefined|NaN/.test(saved));
  });

  test("said nothing on the console", () => assert.deepEqual(opened.said, []));
});

test("names of an autopsy may be scripts and are text, in its list, its picture and its file", async () => {
  const file = join(process.env.LASTUNIT_REPORTS, "hostile-autopsies.html"), all = hostileRecord(await told());
  writeFileSync(file, withDocument(readFileSync(pageOf("drop"), "utf8"), "autopsies", all));
  const hostile = await open(browser, file), fired = [];
  hostile.page.on("dialog", async (dialog) => { fired.push(dialog.message()); await dialog.dismiss(); });
  for (const language of ["en", "pl"]) {
    await show(hostile.page, { language });
    for (const index of all.keys()) await hostile.page.selectOption("#autopsy-select", { index });
    assert.deepEqual(await overflow(hostile.page), []);
  }
  const [download] = await Promise.all([hostile.page.waitForEvent("download"), hostile.page.click("#autopsy-save")]);
  const saved = readFileSync(await download.path(), "utf8");
  assert.ok(!/<script|<img/.test(saved), "a name is an element of the saved picture");
  assert.deepEqual(fired, []);
  assert.equal(await hostile.page.evaluate(() => document.querySelectorAll("main img, main script").length), 0);
  assert.deepEqual(hostile.said, []);
  await hostile.close();
});
