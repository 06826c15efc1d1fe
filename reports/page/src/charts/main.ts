// The charts of a page as SVG files, without a browser: node charts.cjs FOLDER [light|dark] < documents
//
// The documents are those of the page, as one JSON object from their name to their text. Prints a line per file; a chart that
// cannot be drawn is said on stderr and ends with exit code 1, after all the others.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutBrowser } from "./no_browser";
import type { PageDocument } from "../documents";
import { setLanguage } from "../ui/language";
import { look, type Theme } from "../ui/look";

async function main(): Promise<void> {
  const [folder = ".", theme = "light"] = process.argv.slice(2);
  const documents = JSON.parse(readFileSync(0, "utf8")) as Record<string, string>;
  withoutBrowser(documents);
  // Only now: modules of the page look for a browser as they are loaded.
  const [{ pages }, { registered }, { picture }] = [await import("../pages"), await import("../ui/chart"), await import("./picture")];
  const page = JSON.parse(documents.page!) as PageDocument;
  setLanguage(page.language);
  const content = pages[page.kind]!();
  const source = `${content.title} · lastunit ${page.version} (${page.commit}) · ${page.command}`;
  for (const chart of registered()) {
    const path = join(folder, `${chart.id}.svg`);
    try {
      writeFileSync(path, picture(chart, source, look(theme as Theme)));
      console.log(path);
    } catch (error) {
      console.error(`${chart.id}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
}

main().catch((error: Error) => { console.error(error.message); process.exit(1); });
