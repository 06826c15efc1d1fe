// What a reader does with a page: zooms, switches theme and language, opens tables, prints, uses the keyboard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { charts, show, sums } from "./inspect.mjs";
import { json, page as pageOf } from "./reports.mjs";

let browser, opened, page;
before(async () => {
  browser = await launch();
  opened = await open(browser, pageOf("drop"));
  page = opened.page;
});
after(async () => { await browser.close(); });

const extents = () =>
  page.evaluate(() => window.lastunit.charts().map((id) => window.lastunit.chart(id)).filter((chart) => chart?.getOption().dataZoom?.length && chart.group === "day")
    .map((chart) => chart.getModel().getComponent("xAxis", 0).axis.scale.getExtent()));

describe("the day", () => {
  test("is drawn with the sums of the JSON", async () => {
    await show(page, { language: "en" });
    const record = json("drop"), drawn = [];
    for (const { id } of await charts(page)) drawn.push(...(await sums(page, id)));
    for (const field of ["orders", "oversold"]) {
      const expected = record.series[field].reduce((sum, n) => sum + n, 0);
      assert.ok(drawn.some(({ sum }) => Math.abs(sum - expected) < 1e-6), `no series of any chart sums to the ${expected} ${field} of the JSON`);
    }
  });

  test("zooms all its charts together, and back", async () => {
    await show(page, {});
    const before = await extents();
    assert.ok(before.length >= 1);
    await page.evaluate(() => window.lastunit.chart("day").dispatchAction({ type: "dataZoom", start: 25, end: 50 }));
    const [whole, zoomed] = [before, await extents()];
    for (const [i, [from, until]] of zoomed.entries()) {
      assert.ok(from > whole[i][0] && until < whole[i][1], `chart ${i} of the day did not follow: ${from} to ${until}`);
      assert.deepEqual([from, until], zoomed[0]);
    }
    await page.evaluate(() => window.lastunit.chart("day").dispatchAction({ type: "dataZoom", start: 0, end: 100 }));
    assert.deepEqual(await extents(), before);
  });
});

test("theme: colours of page and charts change, and back", async () => {
  const colours = () => page.evaluate(() => ({
    paper: getComputedStyle(document.body).backgroundColor,
    charts: window.lastunit.charts().map((id) => [...document.querySelectorAll(`[data-chart="${CSS.escape(id)}"] svg [fill], [data-chart="${CSS.escape(id)}"] svg [stroke]`)]
      .map((mark) => `${mark.getAttribute("fill")} ${mark.getAttribute("stroke")}`).join()),
  }));
  await show(page, { theme: "light" });
  const light = await colours();
  await show(page, { theme: "dark" });
  const dark = await colours();
  assert.notEqual(dark.paper, light.paper);
  for (const [i, marks] of dark.charts.entries()) assert.notEqual(marks, light.charts[i], `chart ${i} kept its colours`);
  await show(page, { theme: "light" });
  assert.deepEqual(await colours(), light);
});

test("language: words, numbers and the page's own language change, and back", async () => {
  await show(page, { language: "en" });
  const english = await page.locator("main").innerText();
  await show(page, { language: "pl" });
  const polish = await page.locator("main").innerText();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "pl");
  const kpi = json("drop").kpi;
  assert.ok(kpi.shoppers > 1000);
  assert.ok(english.includes(kpi.shoppers.toLocaleString("en-GB")));
  // 1 234,5: a space that does not break, and a comma.
  assert.ok(polish.includes(new Intl.NumberFormat("pl-PL", { useGrouping: "always" }).format(kpi.shoppers)));
  assert.match(polish, /\d,\d+ %/);
  for (const word of ["zamówienia", "Koszt", "ponad stan"]) assert.ok(polish.toLowerCase().includes(word.toLowerCase()), word);
  const headings = () => page.locator("main h2, main h3").allInnerTexts();
  const inPolish = await headings();
  await show(page, { language: "en" });
  const same = (await headings()).filter((text) => inPolish.includes(text));
  assert.deepEqual(same, [], "headings that are the same in both languages");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "language", "the switch kept the focus");
});

test("tables: behind every chart, with a cell for every column", async () => {
  await show(page, { language: "en" });
  for (const { id } of await charts(page)) {
    await page.locator(`[id="chart-${id}"] > details.behind > summary`).last().click();
    const table = page.locator(`[id="chart-${id}"] > details.behind table`).last();
    await table.locator("tbody tr").first().waitFor({ state: "attached" }); // made when it is opened
    const columns = await table.locator("thead th").count(), rows = await table.locator("tbody tr").count();
    assert.ok(columns >= 2 && rows >= 1, `the table behind ${id} has ${columns} columns and ${rows} rows`);
    const cells = await table.evaluate((element) => [...element.tBodies[0].rows].map((row) => row.cells.length));
    assert.deepEqual([...new Set(cells)], [columns], `cells of the table behind ${id}`);
  }
  // The day's table may take several steps to a row, but all of them.
  const orders = await page.locator("#chart-day > details.behind table").evaluate((table) => {
    const at = [...table.tHead.rows[0].cells].findIndex((cell) => /^Orders/.test(cell.textContent));
    return [...table.tBodies[0].rows].reduce((sum, row) => sum + Number(row.cells[at].textContent.replace(/[^0-9]/g, "")), 0);
  });
  assert.equal(orders, json("drop").series.orders.reduce((sum, n) => sum + n, 0));
});

test("tooltips: every chart shows one, and not a number is missing in it", async () => {
  await show(page, { language: "en" });
  for (const { id } of await charts(page)) {
    const text = await page.evaluate((chart) => {
      const instance = window.lastunit.chart(chart);
      instance.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: 0 });
      return document.querySelector(`[data-chart="${CSS.escape(chart)}"]`).innerText;
    }, id);
    assert.ok(!/NaN|undefined|\[object/.test(text), `tooltip of ${id}: ${text}`);
  }
});

test("keyboard: everything that can be used is reached by it, and has a name", async () => {
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("button, a[href], input, select, summary, [tabindex='0']")]
    .filter((element) => element.getClientRects().length > 0 && !(element.getAttribute("aria-label") || element.textContent.trim() || element.labels?.length || element.getAttribute("aria-labelledby") || element.title))
    .map((element) => element.outerHTML.slice(0, 120)));
  assert.deepEqual(unnamed, []);
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement !== document.body));
});

test("print: a page of paper has every section and every chart, in ink", async () => {
  await show(page, { theme: "dark", language: "en" });
  await page.emulateMedia({ media: "print" });
  const sections = await page.locator("main section h2").allInnerTexts();
  assert.ok(sections.length >= 1);
  const [named] = json("drop").worst_skus.filter((one) => one.oversold_units > 0);
  assert.ok((await page.locator("#worst-skus").innerText()).includes(named.sku), "a name that is a button is printed all the same");
  const pdf = await page.pdf({ format: "A4", tagged: true, outline: true });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  // The outline of the file is made of the headings that were printed.
  const text = pdf.toString("latin1"), titles = [...text.matchAll(/\/Title \(((?:[^\\)]|\\.)*)\)/g)].map(([, title]) => title);
  for (const title of sections) assert.ok(titles.some((one) => one.includes(title)), `${title} is not in print: ${titles}`);
  await page.emulateMedia({ media: "screen" });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "after printing the screen is as it was");
  for (const chart of await charts(page)) assert.ok(chart.marks >= 3);
});

test("through all of it the page said nothing on the console", () => { assert.deepEqual(opened.said, []); });
