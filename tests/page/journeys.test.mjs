// Journeys: what the Sankey diagram draws is what the record counts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { show } from "./inspect.mjs";
import { json, page as pageOf } from "./reports.mjs";

let browser, opened, page, record;
before(async () => {
  browser = await launch();
  opened = await open(browser, pageOf("smoke"));
  page = opened.page;
  record = json("smoke");
  await show(page, { language: "en" });
});
after(async () => {
  await browser.close();
});

const total = (paths, field) => paths.reduce((sum, path) => sum + path[field], 0) + record.other_paths[field];
const several = () => record.paths.filter((path) => path.channels.length > 1);

// Shoppers that come in, and those that come out at each end.
const drawn = () =>
  page.evaluate(() => {
    const { links } = window.lastunit.chart("paths").getOption().series[0];
    const targets = new Set(links.map((link) => link.target));
    const sum = (of) => of.reduce((n, link) => n + link.value, 0);
    return {
      in: sum(links.filter((link) => !targets.has(link.source))),
      bought: sum(links.filter((link) => link.target === "end bought")),
      left: sum(links.filter((link) => link.target === "end left")),
    };
  });
const choose = (name) => page.locator("#journeys .choice").getByRole("button", { name, exact: true }).click();

test("those who changed channel are drawn first: as many come in as the record counts, and come out as buyers or not", async () => {
  const shoppers = total(several(), "shoppers"),
    bought = total(several(), "buyers");
  assert.ok(shoppers > 0);
  assert.deepEqual(await drawn(), { in: shoppers, bought, left: shoppers - bought });
});

test("all shoppers, or only buyers, when asked for", async () => {
  const shoppers = total(record.paths, "shoppers"),
    buyers = total(record.paths, "buyers");
  await choose("All");
  assert.deepEqual(await drawn(), { in: shoppers, bought: buyers, left: shoppers - buyers });
  await choose("Changed channel and bought");
  const bought = total(several(), "buyers");
  assert.deepEqual(await drawn(), { in: bought, bought, left: 0 });
});

test("on a phone the layers are fewer, and nobody is lost", async () => {
  await choose("All");
  const wide = await drawn();
  await show(page, { width: 390 });
  assert.deepEqual(await drawn(), wide);
  await show(page, { width: 1280 });
});

test("through all of it the page said nothing on the console", () => {
  assert.deepEqual(opened.said, []);
});
