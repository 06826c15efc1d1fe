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
  const contents = ["autopsy/change_words", "run/live/audit_words", "run/live/story_words", "race/disagreement_words", "ui/said", "ui/language"].map((name) => `export * from "./${name}";`).join("\n");
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
  assert.deepEqual(part.checkText(audit.checks[1], null), [{ text: "każda rezerwacja skończyła się raz i w swoim czasie: osądzono 1\u00a0020, 2 naruszenia, nierozstrzygnięte: 1", lang: "pl" }, { text: "no answer", lang: "en" }]);
  assert.deepEqual(part.checkText(check("new", "whatever"), null), [{ text: "whatever", lang: "en" }]);
});

test("audit: the checks that the page knows are those of the audit", () => {
  const source = readFileSync(at("../../reports/audit/findings.cpp"), "utf8");
  const names = [...source.slice(source.indexOf("name_of(Check"), source.indexOf("meaning_of(Check")).matchAll(/return "(\w+)"/g)].map(([, name]) => name);
  assert.ok(names.length >= 7);
  for (const name of names) assert.equal(part.checkText(check(name, "x: 1 judged"), null)[0].lang, "pl", name);
});

// Names of an enum, as its name_of has them.
const namesIn = (path, from) => {
  const source = readFileSync(at(path), "utf8"), begin = source.indexOf(from);
  return [...source.slice(begin, source.indexOf("};", begin)).matchAll(/"(\w+)"/g)].map(([, name]) => name);
};
const whole = (said, form) => {
  assert.equal(said.lang, "pl", `no Polish for ${form}`);
  assert.ok(!/undefined|NaN|null/.test(said.text), `${form}: ${said.text}`);
};

const facts = { form: "", sku: "sku-7", node: "dc", order: 5, processes: [12, 47], units: 2, beside: 1, beside_most: 3, did: "confirmed",
  did_then: "released", available: 1, available_s: -1 };
const operation = { invoked_s: 0, answered_s: 1, process: 12, kind: "hold", answer: "applied", words: "process 12 holds", channel: "web",
  lines: [{ sku: "sku-7", node: "dc", units: 1, available: null }], reference: 77, order: 0, ttl_s: 15, attempts: 1 };
const story = (form, more = {}) => ({ check: "", sentence: "in English", operations: [operation], left_out: 0, facts: { ...facts, form, ...more } });

test("audit: every form of a story has its Polish sentence, and one that a later version may bring is quoted", () => {
  const forms = namesIn("../../reports/audit/facts.cpp", "kNames").filter((form) => form !== "none");
  assert.ok(forms.length >= 26, `${forms.length} forms`);
  for (const form of forms) whole(part.storySentence(story(form)), form);
  assert.equal(part.storySentence(story("both_got_last")).text, "Procesy 12 i 47 dostały tę samą ostatnią sztukę sku-7 w węźle dc (dostępne na początku: 1)");
  assert.equal(part.storySentence(story("order_cut")).text, "Zamówienie 5, sku-7 w węźle dc: potwierdzono 2 szt., a w stanie końcowym systemu jest tylko 1");
  assert.equal(part.storySentence(story("hold_ended_twice")).text, "Jedną rezerwację zakończono dwa razy: potwierdzono ją i zwolniono");
  for (const one of [story("brand_new"), { ...story(""), facts: null }]) {
    assert.deepEqual(part.storySentence(one), { text: "in English", lang: "en" });
    assert.equal(part.plainText(part.storySentence(one)), "W oryginale: „in English”");
  }
});

test("audit: every kind of operation is told in Polish, with its units, hold, order and answer", () => {
  const source = readFileSync(at("../../model/history/names.cpp"), "utf8");
  const kinds = [...source.matchAll(/case OperationKind::\w+:\s+return "(\w+)"/g)].map(([, name]) => name);
  assert.ok(kinds.length >= 11, `${kinds.length} kinds`);
  for (const kind of kinds) whole(part.operationWords({ ...operation, kind }), kind);
  assert.equal(part.operationWords(operation).text, "proces 12 (web) rezerwuje 1 szt. sku-7 w węźle dc (rezerwacja 77) na 15 s: wykonano");
  assert.equal(part.operationWords({ ...operation, kind: "confirm", lines: [], order: 9, answer: "hold_expired", attempts: 2 }).text,
    "proces 12 (web) potwierdza rezerwację 77 jako zamówienie 9: odmowa: rezerwacja wygasła, wysłano 2 razy");
  assert.equal(part.operationWords({ ...operation, kind: "read", lines: [{ ...operation.lines[0], available: 4 }] }).text,
    "proces 12 (web) odczytuje dostępność sku-7 w węźle dc: 4");
  assert.equal(part.operationWords({ ...operation, attempts: 0 }).lang, "en"); // an older record
});

test("audit: every reason for which something stays undecided has its Polish words", () => {
  const sources = ["audit", "balance", "order_book"].map((name) => readFileSync(at(`../../reports/audit/${name}.cpp`), "utf8")).join("");
  const reasons = [...sources.matchAll(/undecided\(Check::\w+, \w+, "([^"]+)"\)|(?:kOutOfBudget|why) =\s+"([^"]+)/g)].map(([, one, other]) => one ?? other);
  assert.ok(reasons.length >= 6, `${reasons.length} reasons`);
  for (const reason of reasons) whole(part.checkText(check("holds", `x: 1 judged, 1 undecided: ${reason}`), null)[1], reason);
});

test("books: every disagreement has its Polish sentence with its numbers; files of older versions are quoted", () => {
  const forms = namesIn("../../drivers/http/disagreement.cpp", "kNames");
  assert.ok(forms.length >= 10, `${forms.length} forms`);
  const turned_away = [{ step: "pay", answer: "out_of_stock", shoppers: 4 }];
  for (const form of forms) {
    const said = part.disagreementText("in English", { form, units: 7, beside: 5, turned_away });
    whole(said, form);
    assert.ok(said.text.includes("7"), said.text);
  }
  assert.equal(part.disagreementText("", { form: "left_unsold", units: 2, beside: 0, turned_away }).text,
    "zostawiono 2 sztuki, a klientów odesłano (4 klientów w kroku „pay”: brak towaru)");
  for (const none of [undefined, null, { form: "brand_new", units: 1, beside: 0, turned_away: [] }])
    assert.deepEqual(part.disagreementText("in English", none), { text: "in English", lang: "en" });
});

test("books: the check of a shop's books is told from their figures", () => {
  const books = { read: ["orders", "counters"], unknown: 0, shoppers_judged: 12, problem: "", kinds: [] }, sound = { name: "books", verdict: "sound", text: "told, orders and counters agree" };
  assert.equal(part.checkText(sound, books)[0].text, "potwierdzone, zamówienia, liczniki zgadzają się dla 12 klientów, którzy doszli do obietnicy");
  const kinds = [{ kind: "lost_update", skus: 3, units: 29, audit_check: "" }, { kind: "oversold", skus: 1, units: 2, audit_check: "sold_twice" }];
  assert.equal(part.checkText({ ...sound, verdict: "refuted" }, { ...books, kinds })[0].text, "Utracona aktualizacja: 29 sztuk, SKU: 3; Nadsprzedaż to sold_twice");
  assert.equal(part.checkText({ ...sound, verdict: "undecided" }, { ...books, problem: "orders: 500" })[0].lang, "en");
  assert.equal(part.checkText({ ...sound, verdict: "undecided" }, { ...books, read: [] })[0].lang, "pl");
});
