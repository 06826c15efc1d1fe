// What a person would see on a page, asked of the page itself.
import { readFileSync } from "node:fs";
import { requireFromPage } from "./browser.mjs";

const axeSource = readFileSync(requireFromPage.resolve("axe-core/axe.min.js"), "utf8");

export const widths = [1280, 820, 390];
export const themes = ["light", "dark"];
export const languages = ["en", "pl"];

// Only what was never merged here is not drawn by reports/page: see `kinds` in documents.ts.
export const kindOf = (page) => page.evaluate(() => window.lastunit?.documents("page")?.kind ?? null);

export const drawAll = (page) => page.evaluate(() => window.lastunit.drawAll());

// As a reader would: the window's edge, the two switches. Every chart is drawn then, also those below.
export async function show(page, { width, theme, language }) {
  const now = await page.evaluate(() => ({ theme: document.documentElement.dataset.theme, language: document.documentElement.lang }));
  if (width) await page.setViewportSize({ width, height: 900 });
  if (language && now.language !== language) await page.click("#language");
  if (theme && now.theme !== theme) await page.click("#theme");
  if (await page.evaluate(() => window.lastunit.charts().some((id) => !window.lastunit.chart(id)))) await drawAll(page);
  // A chart follows its place by an observer, which hears of it between two frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

// Of each chart: what was drawn into it, and whether it fits the place that it has.
export const charts = (page) =>
  page.evaluate(() => window.lastunit.charts().map((id) => {
    const canvas = document.querySelector(`[data-chart="${CSS.escape(id)}"]`), drawing = canvas.querySelector("svg");
    const marks = [...(drawing?.querySelectorAll("path, circle, rect, polyline, polygon, line, text") ?? [])];
    const broken = marks.some((mark) => [...mark.attributes].some(({ name, value }) => ["d", "points", "x", "y", "transform"].includes(name) && /NaN|Infinity|undefined/.test(value)));
    return { id, marks: marks.filter((mark) => mark.tagName !== "text").length, broken, label: canvas.getAttribute("aria-label") ?? "",
      text: marks.filter((mark) => mark.tagName === "text").map((mark) => mark.textContent).join(" "), wide: canvas.clientWidth, drawn: drawing?.clientWidth ?? 0 };
  }));

// Charts with an axis that is seen and that nothing names: not the option, no panel's title, no text beside the chart.
export const unnamedAxes = (page) =>
  page.evaluate(() => window.lastunit.charts().flatMap((id) => {
    const option = window.lastunit.chart(id).getOption(), figure = document.querySelector(`[data-chart="${CSS.escape(id)}"]`).closest("figure");
    const titles = (option.title ?? []).filter(({ text }) => text).length;
    return ["x", "y"].filter((which) => {
      const seen = (option[`${which}Axis`] ?? []).filter((axis) => axis.show !== false && axis.axisLabel?.show !== false);
      const told = figure.querySelector(`.axis-${which}`)?.textContent || (which === "y" && titles >= seen.length);
      return seen.some(({ name }) => !name) && !told;
    }).map((which) => `${id}: ${which}`);
  }));

export const overflow = (page) =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("main *, footer *, .bar-top *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.right > innerWidth + 1 && box.width > 0 && !element.closest(".scroll, pre, .toc, svg");
    });
    return wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.slice(0, 40)}`);
  });

// What axe-core finds serious or critical, a line each.
export async function serious(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")} (${nodes.length})`);
}

// Every figure that says where in the JSON it stands.
export const figures = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-path]")].map((element) => ({ path: element.dataset.path, value: element.getAttribute("value"), text: element.textContent.trim() })));

// nodes.3.utilisation or nodes[3].utilisation; a key may have dots of its own, as the paths of KPIs have.
export function valueAt(json, path) {
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const within = (value, at) => {
    if (at === keys.length || value === null || typeof value !== "object") return at === keys.length ? value : undefined;
    for (let end = at + 1; end <= keys.length; ++end) {
      const key = keys.slice(at, end).join(".");
      const found = Object.hasOwn(value, key) ? within(value[key], end) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return within(json, 0);
}

// Sums of the series that a chart draws, by name: numbers, [x, y] and { value } alike. The last point of a line in steps only says where
// the last step ends.
export const sums = (page, id) =>
  page.evaluate((chart) => {
    const y = (point) => { const value = point?.value ?? point; return Number(Array.isArray(value) ? value.at(-1) : value) || 0; };
    return (window.lastunit.chart(chart).getOption().series ?? []).map(({ name, step, data }) => ({ name: String(name ?? ""), sum: (data ?? []).slice(0, step ? -1 : undefined).reduce((sum, point) => sum + y(point), 0) }));
  }, id);
