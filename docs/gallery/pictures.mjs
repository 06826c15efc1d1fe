// Pictures of the gallery's pages: what README.md and docs/gallery/README.md show.
import { fileURLToPath } from "node:url";
import { launch, open } from "../../tests/page/browser.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

// From the top of the page, or of one section; so many pixels high at most.
const pictures = [
  { page: "black-friday", name: "black-friday", height: 900, theme: "light" },
  { page: "black-friday", name: "autopsy", section: "autopsy", height: 1100, theme: "light" },
  { page: "black-friday", name: "network", section: "network", height: 1000, theme: "dark" },
  { page: "black-friday", name: "architecture", section: "architecture", height: 900, theme: "light" },
  { page: "black-friday-designs", name: "black-friday-designs", height: 1100, theme: "light" },
  { page: "split-or-wait", name: "split-or-wait", height: 1000, theme: "light" },
  { page: "marketplace-surface", name: "marketplace-surface", section: "surface", height: 1000, theme: "light" },
  { page: "flash-drop-postgres", name: "flash-drop-postgres", height: 1200, theme: "dark" },
];

const browser = await launch();
for (const { page: file, name, section, height, theme } of pictures) {
  const { page, close } = await open(browser, here(`${file}.html`), { width: 1280, height, theme });
  await page.evaluate(() => window.lastunit.drawAll());
  if (section) await page.locator(`#${section}`).evaluate((element) => element.scrollIntoView({ block: "start" }));
  await page.waitForTimeout(200); // of scrolling
  await page.screenshot({ path: here(`${name}.png`) });
  console.log(`gallery  ${name}.png`);
  await close();
}
await browser.close();
