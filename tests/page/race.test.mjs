// The page of a race, by what was found: its words fit the finding, in both languages, and any string of it may be a script.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { image, script, withDocument } from "./hostile.mjs";
import { charts, drawAll, languages, overflow, show } from "./inspect.mjs";
import { hasShop, json, page as pageOf, raceName } from "./reports.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// The shop's flaw, what the race finds first, and words of no other kind's headline.
const kinds = [
  ["oversell", "oversold", /^Oversold: \d+ units sold of 5$/, /^Nadsprzedaż: sprzedano \d+ sztuk z 5$/],
  ["lost_update", "lost_update", /^Lost update: the stock counter is \d+ units? off$/, /^Utracona aktualizacja: licznik zapasu myli się o \d+ sztuk[ęi]?$/],
  ["phantom_order", "phantom_order", /^Oversold: \d+ units sold of 5$/, /^Nadsprzedaż: /],
  ["missing_order", "missing_order", /^Missing order: 2 units confirmed, and no order$/, /^Brak zamówienia: potwierdzono 2 sztuki, a zamówień nie ma$/],
  ["lock_timeout", "undersold", /^Undersold: \d+ of 20 units left unsold$/, /^Niedosprzedaż: nie sprzedano \d+ z 20 sztuk$/],
  ["no_allocation", "unallocated_order", /^Unallocated order: 12 units ordered, and nothing taken for them$/, /^Zamówienie bez towaru: zamówiono 12 sztuk, dla których niczego nie zdjęto$/],
  ["order_per_submit", "duplicate_order", /^Duplicate order: 8 units ordered beyond what was asked for$/, /^Podwójne zamówienie: zamówiono o 8 sztuk więcej, niż chciano$/],
];

for (const [flaw, kind, en, pl] of hasShop ? kinds : [])
  test(`race: a shop with ${flaw} is told as what it is, in both languages`, async () => {
    const race = json(raceName(flaw));
    assert.ok(race.findings[kind] >= 1, `the race found ${JSON.stringify(race.findings)}`);
    const { page, said, close } = await open(browser, pageOf(raceName(flaw)));
    for (const language of languages) {
      await show(page, { language });
      await drawAll(page);
      assert.match(await page.locator("#verdict b").textContent(), language === "en" ? en : pl);
      assert.equal(await page.locator(".race-finding").count(), Object.keys(race.findings).length);
      const text = await page.evaluate(() => document.querySelector("main").textContent);
      assert.ok(!text.includes("undefined") && !/\{\w+\}/.test(text), "a place of a text was left open");
      // What is told of oversell is told of oversell only.
      const oversell = language === "en" ? /oversold|sold it again|last unit/i : /nadsprzedaż|ostatnią sztukę/i;
      assert.equal(oversell.test(text), "oversold" in race.findings, `${language}: ${text.match(oversell)}`);
    }
    // A story of the deciding requests, where one is told.
    const run = race.runs.find((one) => one.findings.length > 0);
    assert.equal((await charts(page)).filter(({ id }) => id.startsWith("race-story-")).length, run.findings.filter((one) => one.side_by_side.length > 0).length);
    assert.deepEqual(said, []);
    await close();
  });

test("race: the line of the stock is on the chart although little was sold", { skip: !hasShop }, async () => {
  const { page, close } = await open(browser, pageOf(raceName("lock_timeout")));
  await drawAll(page);
  assert.ok(await page.evaluate(() => { const chart = window.lastunit.chart("race-numbers"); return chart.convertToPixel({ yAxisIndex: 0 }, 20) >= 0; }));
  await close();
});

test("race: no finding names the numbers that agree", { skip: !hasShop }, async () => {
  const { page, close } = await open(browser, pageOf(raceName("none")));
  assert.match(await page.locator("#verdict").textContent(), /^No finding.*told accepted, orders, reserved or moved, stock counter moved by agree/);
  await close();
});

// Every string that comes from the flow's file or from the shop: names of steps, title, identities, rules, requests, answers, sentences.
function hostileRace(race) {
  const fixed = new Set(["kind", "answer", "told", "twice"]), steps = new Map();
  const renamed = (text, key) => {
    if (!["step", "last_step", "hold", "promise", "wait_before", "twice_step"].includes(key)) return `${text} ${script} ${image}`;
    if (!steps.has(text)) steps.set(text, `${steps.size % 2 ? script : image} ${text}`);
    return steps.get(text);
  };
  const walk = (value, key) =>
    typeof value === "string" ? (fixed.has(key) || value === "" ? value : renamed(value, key))
      : Array.isArray(value) ? value.map((one) => walk(one, key))
        : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]))
          : value;
  return walk(race, "");
}

for (const flaw of ["oversell", "order_per_submit"])
  test(`race: any string of a race with ${flaw} may be a script and is text`, { skip: !hasShop }, async () => {
    const name = raceName(flaw), file = join(process.env.LASTUNIT_REPORTS, `hostile-${name}.html`);
    writeFileSync(file, withDocument(readFileSync(pageOf(name), "utf8"), "race", hostileRace(json(name))));
    const { page, said, close } = await open(browser, file, { width: 390 }), fired = [];
    page.on("dialog", async (dialog) => { fired.push(dialog.message()); await dialog.dismiss(); });
    for (const language of languages) {
      await show(page, { language });
      await drawAll(page);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
        for (const id of window.lastunit.charts())
          window.lastunit.chart(id).getOption().series.forEach((one, seriesIndex) => {
            for (let dataIndex = 0; dataIndex < (one.data?.length ?? 0); ++dataIndex) window.lastunit.chart(id).dispatchAction({ type: "showTip", seriesIndex, dataIndex });
          });
      });
      await page.waitForFunction(() => document.querySelectorAll("table.messages td").length > 0); // unfolded, and filled in the next turn
      const text = await page.evaluate(() => document.querySelector("main").textContent);
      assert.ok(text.includes(script) && text.includes(image), "the names are text");
      assert.deepEqual(await overflow(page), [], language);
    }
    assert.deepEqual(fired, [], "a name ran as a script");
    assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script, body > img").length), 0, "a name became an element");
    assert.deepEqual(said, []);
    await close();
  });
