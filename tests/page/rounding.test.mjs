// Page and terminal round alike: the table that tests/reports/text_test.cpp reads too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { requireFromPage } from "./browser.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

test("numbers are rounded as the terminal rounds them, on a table of values that both read", async () => {
  const { outputFiles } = await requireFromPage("esbuild").build({ entryPoints: [at("../../reports/page/src/ui/numbers.ts")], bundle: true, write: false, format: "esm", target: "node18" });
  const { decimal, percent } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
  const rows = readFileSync(at("../reports/rounding.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split(" "));
  assert.ok(rows.length > 30);
  for (const [what, number, digits, ...text] of rows)
    assert.equal(what === "percent" ? percent(Number(number)) : decimal(Number(number), Number(digits)), text.join(" "), `${what} ${number}`);
});
