// Screenshots of a page, to be looked at: node look.mjs PAGE.html FOLDER [--widths 1280,820,390] [--themes light,dark] [--section ID]
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch, open } from "./browser.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { widths: { type: "string", default: "1280,820,390" }, themes: { type: "string", default: "light,dark" }, section: { type: "string" } },
});
const [file, folder] = positionals;
mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const theme of values.themes.split(","))
  for (const width of values.widths.split(",").map(Number)) {
    const { page, said, close } = await open(browser, resolve(file), { width, theme });
    await page.evaluate(() => window.lastunit.drawAll());
    const name = join(folder, `${values.section ?? "page"}-${theme}-${width}.png`);
    if (values.section) await page.locator(`#${values.section}`).screenshot({ path: name });
    else await page.screenshot({ path: name, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    console.log(name, said.length ? said.join(" | ") : "quiet", wide ? "OVERFLOWS" : "");
    await close();
  }
await browser.close();
