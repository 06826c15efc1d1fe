// The charts of a page as SVG files, without a browser: node charts.cjs PAGE.html FOLDER light|dark
//
// Prints a line per file; a chart that cannot be drawn is said on stderr and ends with exit code 1, after all the others.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutBrowser } from "./no_browser";
import type { PageDocument } from "../documents";
import { setLanguage } from "../ui/language";
import { look, type Theme } from "../ui/look";
import { worthAFile } from "./autopsies";

// What the page carries: its JSON has no `<` of its own (reports/json.hpp), so that the first one ends it.
const carried = /<script type="application\/json" id="(\w+)">([^<]*)</g;

async function main(): Promise<void> {
    console.log = console.warn = console.error; // stdout has the paths, and nothing else
    const [file = "", folder = ".", theme = "light"] = process.argv.slice(2);
    const documents = Object.fromEntries(
        [...readFileSync(file, "utf8").matchAll(carried)].map(([, id, json]) => [id!, json!]),
    );
    withoutBrowser(documents);
    // Only now: modules of the page look for a browser as they are loaded.
    const [{ pages }, { registered }, { pictures }, { picture }] = [
        await import("../pages"),
        await import("../ui/chart"),
        await import("../ui/pictures"),
        await import("./picture"),
    ];
    const page = JSON.parse(documents.page!) as PageDocument;
    setLanguage(page.language);
    const failed = (what: string, error: unknown): void => {
        console.error(`${what}: ${(error as Error).message}`);
        process.exitCode = 1;
    };
    const content = pages[page.kind]();
    for (const [i, make] of content.sections.entries())
        // charts are registered as sections are made
        try {
            make();
        } catch (error) {
            failed(`section ${i + 1}`, error);
        }
    const source = `${content.title} · lastunit ${page.version} (${page.commit}) · ${page.command}`;
    const colours = look(theme as Theme);
    const all = [
        ...registered().map((chart) => ({ id: chart.id, svg: () => picture(chart, source, colours) })),
        ...worthAFile(pictures()).map((one) => ({ id: one.id, svg: () => one.svg(colours) })),
    ];
    for (const one of all) {
        const path = join(folder, `${one.id}.svg`);
        try {
            writeFileSync(path, one.svg());
            process.stdout.write(`${path}\n`);
        } catch (error) {
            failed(one.id, error);
        }
    }
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
});
