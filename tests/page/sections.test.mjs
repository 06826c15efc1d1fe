// The parts of a run's page that answer: the day's controls, the map and its time, the edge that is chosen.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { figures, show, sums, valueAt } from "./inspect.mjs";
import { json, page as pageOf } from "./reports.mjs";

let browser, opened, page, record;
before(async () => {
  browser = await launch();
  opened = await open(browser, pageOf("smoke"));
  page = opened.page;
  record = json("smoke");
  await show(page, { language: "en" });
});
after(async () => { await browser.close(); });

const changed = async (locator, act) => {
  const text = await locator.innerText();
  await act();
  await page.waitForFunction(([element, before]) => element.innerText !== before, [await locator.elementHandle(), text]);
  return locator.innerText();
};

test("the day: keys alone zoom in, move and show the whole day again; chips take panels away", async () => {
  const inSight = page.locator("#day-window"), whole = await inSight.innerText();
  await page.locator("#day-in").focus();
  const closer = await changed(inSight, () => page.keyboard.press("Enter"));
  await page.locator("#day-later").focus();
  const later = await changed(inSight, () => page.keyboard.press("Enter"));
  assert.equal(new Set([whole, closer, later]).size, 3);
  await page.locator("#day-all").focus();
  assert.equal(await changed(inSight, () => page.keyboard.press("Enter")), whole);
  const panels = () => page.evaluate(() => window.lastunit.chart("day").getOption().grid.length);
  const before = await panels();
  await page.locator("#day button.chip[aria-pressed=true]").first().click();
  assert.equal(await panels(), before - 1);
  await page.locator("#day button.chip[aria-pressed=false]").first().click();
  assert.equal(await panels(), before);
});

describe("the network", () => {
  const readOut = () => page.locator("#network .read-out"), time = () => page.locator("#network output.time");
  const whole = (n) => n.toLocaleString("en-GB");
  const sumAt = (field, step) => record.network.nodes.reduce((sum, node) => sum + (node[field][step] ?? 0), 0);

  test("the slider shows each time's own figures, and the whole run again", async () => {
    const slider = page.locator("#network input[type=range]"), wholeRun = await readOut().innerText();
    await slider.focus();
    await changed(time(), () => page.keyboard.press("End"));
    const last = record.network.nodes[0].stock.length - 1;
    assert.ok((await readOut().innerText()).includes(whole(sumAt("stock", last))));
    await changed(time(), () => page.keyboard.press("ArrowLeft"));
    const text = await readOut().innerText();
    for (const field of ["stock", "open_lines", "shipped", "handed_over", "sold_at_till"])
      assert.ok(text.includes(whole(sumAt(field, last - 1))), `${field} of the last step but one`);
    assert.equal(await slider.getAttribute("aria-valuetext"), await time().innerText());
    await changed(time(), () => page.locator("#network .time-controls button").first().click());
    assert.equal(await readOut().innerText(), wholeRun);
  });

  test("it plays, and stops when told to", async () => {
    const play = page.locator("#network button.play");
    await play.click();
    const first = await time().innerText();
    await page.waitForFunction(([element, before]) => element.innerText !== before, [await time().elementHandle(), first]);
    await play.click();
    assert.equal(await play.innerText(), "Play");
    await page.locator("#network .time-controls button").first().click();
  });

  test("a node that is chosen from the list has its own figures, which are those of the JSON", async () => {
    const list = page.locator("#network select");
    for (const [i, node] of record.nodes.entries()) {
      await list.selectOption(node.name);
      const shown = (await figures(page)).filter(({ path }) => path.startsWith(`nodes.${i}.`));
      for (const field of ["units_shipped", "oversold_units", "stock_end"]) {
        const told = shown.find(({ path }) => path === `nodes.${i}.${field}`);
        assert.ok(told, `${field} of ${node.name}`);
        assert.equal(told.value, String(valueAt(record, told.path)));
        assert.equal(told.text, whole(node[field]));
      }
    }
    await list.selectOption("");
  });

  test("each measure is drawn", async () => {
    const drawing = () => page.evaluate(() => document.querySelector('[data-chart="network"] svg').innerHTML);
    const drawn = new Set();
    for (const button of await page.locator("#network .choice button").all()) {
      await button.click();
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      drawn.add(await drawing());
    }
    assert.ok(drawn.size >= 3);
  });
});

test("architecture: the edge that is chosen is the one whose lag is shown", async () => {
  const list = page.locator("#architecture select");
  for (const [i, edge] of record.edges.entries()) {
    await list.selectOption(String(i));
    assert.ok((await page.locator("#chart-edge-lag h3").innerText()).includes(edge.name));
    const shown = (await figures(page)).filter(({ path }) => path.startsWith(`edges.${i}.`));
    assert.ok(shown.length >= 1, `figures of ${edge.name}`);
    for (const { path, value } of shown) assert.equal(value, String(valueAt(record, path)), path);
  }
});

test("why: causes add up to the units that were oversold and undersold", async () => {
  for (const side of ["oversold", "undersold"]) {
    const drawn = await sums(page, `${side}-causes`);
    assert.equal(drawn.reduce((sum, series) => sum + series.sum, 0), record.kpi[`${side}_units`], side);
  }
});

test("through all of it the page said nothing on the console", () => { assert.deepEqual(opened.said, []); });

test("fulfilment: waits stand beside the hours in which somebody picks, so that a night does not look like slow work", async () => {
  await show(page, { language: "en" });
  const row = page.locator("#fulfilment table:has(.wait-heat) tbody tr").first(), name = await row.locator("td, th").first().innerText();
  const node = record.nodes.find((one) => one.name === name), clock = (s) => `${String(Math.floor(s / 3600)).padStart(2, "0")}:${String(Math.floor(s / 60) % 60).padStart(2, "0")}`;
  assert.ok(node.picks.length >= 1 && node.opens);
  const [{ from_s, until_s }] = node.picks, hours = from_s === until_s ? "round the clock" : `${clock(from_s)}–${clock(until_s)}`;
  assert.ok((await row.innerText()).includes(hours), `${hours} beside ${name}`);
});

test("cost: it is said which terms an order's cost has, and whether labour is one of them, in both languages", async () => {
  const terms = record.kpi.cost_terms.filter(({ cost }) => cost !== 0), labour = terms.some(({ term }) => term === "labour");
  for (const [language, without, first] of [["en", /without labour|Labour is not in it|only in part/, "shipping"], ["pl", /bez pracy|Pracy w nim nie ma|częściowo/, "wysyłka"]]) {
    await show(page, { language });
    const text = `${await page.locator("#cost-terms").innerText()} ${await page.locator(".first").innerText()}`;
    assert.equal(without.test(text), !labour, text);
    if (terms.some(({ term }) => term === "ship")) assert.ok(text.includes(first));
  }
  await show(page, { language: "en" });
});
