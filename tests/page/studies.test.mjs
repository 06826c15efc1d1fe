// Pages of studies by hand: what is chosen is drawn, scales are shared, and what runs do not tell is not claimed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { drawAll, show } from "./inspect.mjs";
import { json, page as pageOf } from "./reports.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const sectionOf = async (name, id) => {
  const opened = await open(browser, pageOf(name), { width: 1280 });
  await drawAll(opened.page);
  return { ...opened, section: opened.page.locator(`#${id}`) };
};
const option = (page, id) => page.evaluate((chart) => window.lastunit.chart(chart).getOption(), id);

test("comparison: two other figures make another front, once", async () => {
  const { page, section, close } = await sectionOf("comparison", "front");
  const study = json("comparison"), of = (path) => study.kpis.find((kpi) => kpi.path === path).arms.map((arm) => arm.mean.value);
  await section.locator("select").nth(0).selectOption("revenue");
  await section.locator("select").nth(1).selectOption("cost_per_order");
  await drawAll(page);
  assert.equal(await section.locator("figure").count(), 1);
  const points = (await option(page, "front")).series.at(-1).data.map(({ value }) => value);
  assert.deepEqual(points, of("revenue").map((x, i) => [x, of("cost_per_order")[i]]));
  // The front: no other design has more revenue at less cost.
  const front = (await option(page, "front")).series[0].data;
  assert.ok(front.length >= 1);
  for (const [x, y] of front) assert.ok(!points.some(([a, b]) => a >= x && b <= y && (a > x || b < y)));
  await close();
});

test("comparison: days of all designs share one scale, whatever is chosen", async () => {
  const { page, section, close } = await sectionOf("comparison", "days");
  const study = json("comparison");
  for (const line of ["oversold", "orders", "stock"]) {
    await section.locator("select").selectOption(line);
    await drawAll(page);
    const options = await Promise.all(study.arms.map((_, i) => option(page, `day-${i}`)));
    assert.equal(new Set(options.map(({ yAxis }) => yAxis[0].max)).size, 1, line);
    options.forEach(({ series }, i) => assert.deepEqual(series.at(-1).data, study.days[i].lines[line].mean));
  }
  await close();
});

test("comparison: every priority names the design of the JSON, in both languages", async () => {
  const { page, section, close } = await sectionOf("comparison", "choose");
  for (const language of ["en", "pl"]) {
    await show(page, { language });
    assert.deepEqual(await section.locator(".who > b").allTextContents(), json("comparison").choices.map(({ best }) => best));
  }
  await close();
});

test("comparison: the balanced choice says what each figure weighs, and each choice by how much it leads", async () => {
  const { page, section, close } = await sectionOf("comparison", "choose"), { choices } = json("comparison");
  const balanced = choices.find(({ priority }) => priority === "balanced");
  for (const language of ["en", "pl"]) {
    await show(page, { language });
    const lines = await section.locator(".pick").last().locator(".cost ul").first().locator("li").allTextContents();
    assert.equal(lines.length, balanced.weighed.length);
    balanced.weighed.forEach(({ counts }, i) => assert.equal(/not at all|nie waży nic/.test(lines[i]), counts === 0, lines[i]));
    assert.equal(await section.locator('[data-path$=".ahead.value"]').count(), choices.filter(({ ahead }) => ahead?.value).length);
  }
  await close();
});

test("comparison of one run: it says that it has no intervals, and claims no differences", async () => {
  const { page, close } = await open(browser, pageOf("one_run"), { width: 1280 });
  assert.match(await page.locator(".banner").first().textContent(), /--replications 20/);
  assert.equal(await page.locator("#differences, #replications").count(), 0);
  assert.equal(await page.locator(".claim").count(), 0);
  assert.equal(await page.locator("#choose .pick.shown").count(), 0);
  await close();
});

test("replications: the bands of the day hold the mean, and each run has its dot", async () => {
  const { page, close } = await sectionOf("replications", "spread");
  const study = json("replications"), arm = study.arms[0];
  const rows = page.locator("#spread tbody tr");
  assert.equal(await rows.first().locator("circle").count(), arm.seeds.length);
  const { series } = await option(page, "day-orders");
  const [low, above, mean] = [series[0].data, series[1].data, series.at(-1).data];
  assert.deepEqual(mean, arm.day.lines.orders.mean);
  low.forEach((value, i) => assert.ok(value <= mean[i] + 1e-9 || above[i] === 0, `step ${i}`));
  await close();
});

test("sweep: a curve for each value of the second variable, a cell for each point, one of them the best", async () => {
  const { page, section, close } = await sectionOf("sweep", "surface");
  const sweep = json("sweep");
  assert.equal(await section.locator(".level").count(), sweep.points.length);
  assert.ok((await section.locator(".level").allTextContents()).filter((text) => text.startsWith("○")).length >= 1);
  const named = (await option(page, "response")).series.filter(({ type, name }) => type === "line");
  const counts = sweep.variables.map(({ values }) => values.length);
  assert.ok(counts.includes(named.filter(({ symbol }) => symbol !== "none").length));
  await close();
});

test("sweep of three variables: the third is held at what is chosen", async () => {
  const { page, section, close } = await sectionOf("grid", "response");
  const sweep = json("grid"), drawnAt = async () => (await option(page, "response")).series.filter(({ symbol, type }) => type === "line" && symbol !== "none").map(({ data }) => data.map(([, y]) => y));
  const [kpi] = Object.keys(sweep.kpis), held = sweep.variables.length - 1;
  const selects = section.locator("select");
  await selects.nth(0).selectOption(kpi);
  await selects.nth(1).selectOption(sweep.variables[0].name);
  await selects.nth(2).selectOption(sweep.variables[1].name);
  for (const value of sweep.variables[held].values) {
    await selects.nth(3 + held).selectOption(value);
    await drawAll(page);
    const wanted = sweep.variables[1].values.map((second) => sweep.variables[0].values.map((first) =>
      sweep.points.find(({ values }) => values[sweep.variables[0].name] === first && values[sweep.variables[1].name] === second && values[sweep.variables[held].name] === value).kpis[kpi].mean));
    assert.deepEqual(await drawnAt(), wanted);
  }
  await close();
});

test("plan: every candidate has its row and its point", async () => {
  const { page, close } = await sectionOf("plan", "candidates");
  const plan = json("plan");
  assert.equal(await page.locator("#candidates tbody tr").count(), plan.candidates.length);
  const points = (await option(page, "limit")).series.flatMap(({ data }) => data);
  assert.equal(points.length, plan.candidates.filter(({ fate }) => fate !== "not_measured").length);
  // A marking line is drawn where its limit is, not at the nearest hundredth.
  const [place, lines] = await page.evaluate((bound) => [
    window.lastunit.chart("limit").convertToPixel({ xAxisIndex: 0 }, bound),
    [...document.querySelectorAll("#chart-limit svg path[stroke-dasharray]")].map((path) => path.getAttribute("d")),
  ], plan.limits[0].bound);
  assert.ok(lines.some((d) => Math.abs(Number(/^M([\d.]+)/.exec(d)[1]) - place) < 1.5), `${lines} at ${place}`);
  await close();
});
