// Texts that the record has in English alone are Polish on a Polish page: changes that a counterfactual makes, and what the audit says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { requireFromPage } from "./browser.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
let part;
before(async () => {
  globalThis.document ??= { documentElement: {} };
  const contents = ["autopsy/change_words", "run/live/audit_words", "ui/language"].map((name) => `export * from "./${name}";`).join("\n");
  const { outputFiles } = await requireFromPage("esbuild").build({
    stdin: { contents, resolveDir: at("../../reports/page/src"), loader: "ts" }, bundle: true, write: false, format: "esm", target: "node18" });
  part = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
  part.setLanguage("pl");
});

// Every text that cli/changes.cpp gives a change, with a name in the place of each name and a number for each number.
function changes() {
  const source = readFileSync(at("../../cli/changes.cpp"), "utf8");
  return [...source.matchAll(/\badd\(((?:[^;{}[]|"[^"]*")*?),\s*(?:\[|ask_core)/g)].map(([, text]) =>
    text.split(/\s\+\s/).map((word) => (/^\s*"/.test(word) ? JSON.parse(word.trim()) : /to_string/.test(word) ? "3" : "kiosk")).join(""));
}

test("counterfactuals: every change that the command knows has its Polish words, with the names in them", () => {
  const all = changes();
  assert.ok(all.length >= 18, `${all.length} changes found`);
  for (const change of all) {
    const text = part.changeText(change);
    assert.notEqual(text, change, `no Polish for “${change}”`);
    assert.equal(text.includes("kiosk"), change.includes("kiosk"), text);
  }
  assert.equal(part.changeText("something new"), "something new");
});

const check = (name, text) => ({ name, verdict: "refuted", text });
test("audit: headline and checks are Polish, with the figures of the record", () => {
  const audit = { verdict: "refuted", headline: "REFUTED: ...", operations: 1204, sold_low: 56, sold_high: 58, oversold_low: 3, oversold_high: 4, undersold: 0,
    checks: [check("sold_twice", "no unit was promised to two: 50 judged, 3 offences"), check("holds", "each hold ended once, in its time: 1,020 judged, 2 offences, 1 undecided: no answer")] };
  assert.equal(part.auditHeadline(audit).text, "OBALONE: od 3 do 4 szt. sprzedano dwa razy; 2 naruszenia (holds); 1\u00a0204 operacje, sprzedano od 56 do 58 szt.");
  assert.match(part.auditHeadline({ ...audit, verdict: "sound", oversold_low: 0, oversold_high: 0 }).text, /^BEZ ZARZUTU: .*, żadnej dwa razy$/);
  assert.deepEqual(part.checkText(audit.checks[1]), [{ text: "każda rezerwacja skończyła się raz i w swoim czasie: osądzono 1\u00a0020, 2 naruszenia, nierozstrzygnięte: 1", lang: "pl" }, { text: " (no answer)", lang: "en" }]);
  assert.deepEqual(part.checkText(check("new", "whatever")), [{ text: "whatever", lang: "en" }]);
});

test("audit: the checks that the page knows are those of the audit", () => {
  const source = readFileSync(at("../../reports/audit/findings.cpp"), "utf8");
  const names = [...source.slice(source.indexOf("name_of(Check"), source.indexOf("meaning_of(Check")).matchAll(/return "(\w+)"/g)].map(([, name]) => name);
  assert.ok(names.length >= 7);
  for (const name of names) assert.equal(part.checkText(check(name, "x: 1 judged"))[0].lang, "pl", name);
});
