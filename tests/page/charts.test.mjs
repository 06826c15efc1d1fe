// Charts as files, drawn without a browser: those of the page, well-formed, and as harmless as the page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { lastunit, page as pageOf } from "./reports.mjs";

const hasPng = spawnSync("rsvg-convert", ["--version"]).status === 0;
let browser, folder;
before(async () => { browser = await launch(); folder = mkdtempSync(join(tmpdir(), "lastunit-charts-")); });
after(async () => { await browser.close(); rmSync(folder, { recursive: true, force: true }); });

// Elements that a file has, by name, as a parser of XML finds them; an error where it is not well-formed.
const elements = (page, text) =>
  page.evaluate((xml) => {
    const found = new DOMParser().parseFromString(xml, "image/svg+xml");
    const broken = found.querySelector("parsererror");
    if (broken) return { error: broken.textContent.slice(0, 200) };
    return { names: [...new Set([...found.querySelectorAll("*")].map((one) => one.localName))], marks: found.querySelectorAll("path, rect, circle").length,
      handlers: [...found.querySelectorAll("*")].flatMap((one) => [...one.attributes]).filter(({ name }) => name.startsWith("on")).length };
  }, text);

for (const [name, themes] of [["drop", ["light", "dark"]], ["comparison", ["light"]], ["sweep", ["dark"]], ["hostile", ["light"]]])
  test(`every chart of the page of ${name} is a file: ${themes.join(", ")}`, async () => {
    const { page, close } = await open(browser, pageOf(name));
    // The charts, and of the autopsies the first of each SKU, three at most.
    const ids = await page.evaluate(() => {
      const firsts = (window.lastunit.documents("autopsies") ?? []).filter((one, i, all) => all.findIndex((other) => other.line.sku === one.line.sku) === i);
      return [...window.lastunit.charts(), ...firsts.slice(0, 3).map((one) => `autopsy-${one.line.first_unit}`)];
    });
    const paper = [];
    for (const theme of themes) {
      const into = join(folder, `${name}-${theme}`);
      const { status, err } = await lastunit(["charts", pageOf(name), into, ...(theme === "dark" ? ["--dark"] : [])]);
      assert.equal(status, 0, err);
      assert.match(err, /charts? in /);
      const files = readdirSync(into);
      assert.deepEqual(files.filter((file) => file.endsWith(".svg")).sort(), ids.map((id) => `${id}.svg`).sort());
      for (const file of files.filter((one) => one.endsWith(".svg"))) {
        const text = readFileSync(join(into, file), "utf8");
        const found = await elements(page, text);
        assert.equal(found.error, undefined, `${file}: ${found.error}`);
        assert.ok(found.marks > 3, `${file} is empty`);
        assert.ok(!/NaN|undefined/.test(text.replace(/>[^<]*</g, "><")), `${file} has a mark at no number`);
        assert.deepEqual(found.names.filter((one) => ["script", "foreignObject", "img", "iframe", "a"].includes(one)), [], file);
        assert.equal(found.handlers, 0, file);
      }
      paper.push(/<rect width="1200" height="\d+" fill="(#\w+)"/.exec(readFileSync(join(into, files.find((one) => one.endsWith(".svg"))), "utf8"))[1]);
      if (hasPng) for (const id of ids) assert.equal(readFileSync(join(into, `${id}.png`)).subarray(1, 4).toString(), "PNG", id);
    }
    assert.equal(new Set(paper).size, themes.length);
    await close();
  });

test("what is no page of lastunit is refused, and nothing is written", async () => {
  const { status, err } = await lastunit(["charts", new URL(import.meta.url).pathname, join(folder, "nothing")]);
  assert.equal(status, 2);
  assert.match(err, /is not a report page of lastunit/);
  assert.ok(!readdirSync(folder).includes("nothing"));
});
