// Each kind of page, as everybody may open it: themes, widths, languages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { charts, drawAll, figures, kindOf, languages, overflow, serious, show, themes, unnamedAxes, valueAt, widths } from "./inspect.mjs";
import { hasShop, json, page as pageOf } from "./reports.mjs";

// Report, and its kind of page.
const reports = [["smoke", "run"], ["live", "run"], ["replications", "replications"], ["comparison", "comparison"], ["one_run", "comparison"],
  ["sweep", "sweep"], ["grid", "sweep"], ["indices", "indices"], ["plan", "plan"], ["autopsy", "autopsy"], ...(hasShop ? [["race", "race"], ["live_shop", "run"]] : [])];

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const every = languages.flatMap((language) => themes.flatMap((theme) => widths.map((width) => ({ theme, language, width }))));
// Each theme, language and width at least once: the other pages are made of the same parts as the first, and each of these takes seconds.
const some = [
  { theme: "light", language: "en", width: 1280 },
  { theme: "dark", language: "en", width: 820 },
  { theme: "dark", language: "pl", width: 390 },
  { theme: "light", language: "pl", width: 1280 },
];
// With the tables behind the charts, and as a phone in the other theme and language has it.
const audited = (at) => (at.theme === "light" && at.language === "en" && at.width === 1280) || (at.theme === "dark" && at.language === "pl" && at.width === 390);

for (const [name, kind] of reports)
  describe(`page of ${name}`, () => {
    let opened;
    before(async () => { opened = await open(browser, pageOf(name)); });
    after(async () => { await opened.close(); });

    test("is of its kind, and has something to say", async () => {
      assert.equal(await kindOf(opened.page), kind);
      assert.ok((await opened.page.locator("main h1").textContent()).length > 3);
      assert.ok((await opened.page.locator("main section").count()) >= 1);
      // An autopsy's picture is no chart: autopsy.test.mjs.
      assert.ok(kind === "autopsy" || (await opened.page.evaluate(() => window.lastunit.charts())).length >= 1);
    });

    test("carries the very JSON that --json writes", async () => {
      if (kind !== "run" && kind !== "race") return; // those carry more than what --json writes
      assert.deepEqual(withoutClock(await opened.page.evaluate((id) => window.lastunit.documents(id), kind)), withoutClock(json(name)));
    });

    test("draws every chart, overflows nowhere and has no serious accessibility issue, in every theme, language and width", async () => {
      for (const at of name === "smoke" ? every : some) {
        await show(opened.page, at);
        const where = JSON.stringify(at);
        assert.deepEqual(await overflow(opened.page), [], where);
        for (const chart of await charts(opened.page)) {
          assert.ok(chart.marks >= 3, `${where}: chart ${chart.id} is empty`);
          assert.ok(!chart.broken, `${where}: chart ${chart.id} has a mark at no number`);
          assert.ok(chart.label.length > 10, `${where}: chart ${chart.id} has no description`);
          assert.ok(Math.abs(chart.drawn - chart.wide) <= 1, `${where}: chart ${chart.id} is ${chart.drawn} px wide in ${chart.wide}`);
        }
        if (!audited(at)) continue;
        await unfold(opened.page, at.theme === "light");
        assert.deepEqual(await serious(opened.page), [], where);
        await unfold(opened.page, false);
      }
    });

    test("names the axes of every chart, in both languages", async () => {
      for (const language of languages) {
        await show(opened.page, { language, width: 1280 });
        await drawAll(opened.page);
        assert.deepEqual(await unnamedAxes(opened.page), [], language);
      }
    });

    test("shows figures that are those of the JSON", async () => {
      const record = await opened.page.evaluate((id) => window.lastunit.documents(id), kind);
      for (const language of languages) {
        await show(opened.page, { language });
        const shown = await figures(opened.page);
        assert.ok(kind !== "run" || shown.length >= 9);
        for (const { path, value, text } of shown) {
          const expected = valueAt(record, path);
          assert.ok(expected !== undefined, `nothing in the JSON at ${path}`);
          assert.equal(value, expected === null ? "" : String(expected), path);
          assert.ok(text.length > 0, path);
        }
      }
    });

    test("said nothing on the console and loaded nothing", async () => {
      await drawAll(opened.page);
      assert.deepEqual(opened.said, []);
    });
  });

const unfold = (page, open) => page.evaluate((all) => { for (const details of document.querySelectorAll("details")) details.open = all; }, open);

// What a run took of the clock may be told later than the page was made.
function withoutClock(value) {
  if (!value?.identity) return value;
  const { wall_s: _w, cpu_s: _c, ...identity } = value.identity;
  return { ...value, identity };
}
