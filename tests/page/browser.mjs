// Debian's Chromium, driven by playwright-core: headless, without a word to the network.
import { createRequire } from "node:module";
import { existsSync } from "node:fs";

export const requireFromPage = createRequire(new URL("../../reports/page/package.json", import.meta.url));
const { chromium } = requireFromPage("playwright-core");

const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const browserPath = paths.find((path) => existsSync(path));

export function launch() {
  return chromium.launch({
    executablePath: browserPath, headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--disable-dev-shm-usage"],
  });
}

// A page opened from disk, with everything that it said on its console or tried to load.
export async function open(browser, file, { width = 1280, height = 900, theme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`exception: ${error.message}`));
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) said.push(`loaded ${request.url()}`); });
  await page.goto(`file://${file}`);
  return { page, said, close: () => context.close() };
}
