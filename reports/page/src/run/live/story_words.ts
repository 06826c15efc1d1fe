// What a story of the audit says, in Polish: its sentence by the form of reports/audit/facts.hpp, its operations by their parts. English is
// the record's own.
import type { LoadStory, LoadStoryFacts, LoadStoryLine, LoadStoryOperation } from "../../../generated/record";
import { span, whole } from "../../ui/numbers";
import { saidOf, type Said } from "../../ui/said";

const szt = (n: number): string => `${whole(n)} szt.`;
const moment = (seconds: number): string => `+${seconds.toFixed(6)} s`;
const between = (low: number, high: number): string =>
    low === high ? whole(low) : `od ${whole(low)} do ${whole(high)}`;
const listed = (numbers: number[]): string =>
    numbers.length < 2 ? numbers.join("") : `${numbers.slice(0, -1).join(", ")} i ${numbers.at(-1)}`;

// Of a hold, as in "rezerwację {did}".
const done: Record<string, string> = { extended: "przedłużono", confirmed: "potwierdzono", released: "zwolniono" };
// Parts of the final state.
const states: Record<string, string> = {
    "on hand or shipped": "na stanie lub wysłane",
    held: "zarezerwowane",
    "allocated or shipped": "przydzielone lub wysłane",
    available: "dostępne",
};
const answers: Record<string, string> = {
    applied: "wykonano",
    unknown: "bez odpowiedzi",
    out_of_stock: "odmowa: brak towaru",
    unknown_hold: "odmowa: nie ma takiej rezerwacji",
    hold_expired: "odmowa: rezerwacja wygasła",
    hold_ended: "odmowa: rezerwacja już się skończyła",
    hold_exists: "odmowa: taka rezerwacja już jest",
    unknown_order: "odmowa: nie ma takiego zamówienia",
    over_limit: "odmowa: ponad limit",
    overloaded: "odmowa: system przeciążony",
    key_reused: "odmowa: klucz użyty do czegoś innego",
};
const answered = (answer: string): string => answers[answer] ?? `odmowa: ${answer}`;
const nouns: Record<string, string> = {
    hold: "rezerwacja",
    extend: "przedłużenie rezerwacji",
    release: "zwolnienie rezerwacji",
    confirm: "potwierdzenie rezerwacji",
    allocate: "przydział",
    deallocate: "cofnięcie przydziału",
    sell: "sprzedaż w kasie",
    receive: "przyjęcie dostawy",
    return: "przyjęcie zwrotu",
    adjust: "spis",
    read: "odczyt dostępności",
};

const there = (f: LoadStoryFacts): string =>
    (f.available ?? 0) <= 0 ? "nie było tam ani jednej" : `dostępne było tam ${szt(f.available ?? 0)}`;
// Since when so many were available; nothing where it says nothing.
const since = (f: LoadStoryFacts): string =>
    f.available === null || (f.available <= 0 && f.available_s >= 0)
        ? ""
        : ` (dostępne ${f.available_s < 0 ? "na początku" : `w chwili ${moment(f.available_s)}`}: ${whole(f.available)})`;
const order = (f: LoadStoryFacts, where: string): string => `Zamówienie ${f.order}, ${where}`;

type Make = (f: LoadStoryFacts, where: string, story: LoadStory) => string | null;
const sentences: Record<string, Make> = {
    promised_to_two: (f, where) => `${szt(f.units)} ${where} obiecano dwóm klientom; pierwsza z tych obietnic:`,
    refused_though_there: (f) => `${szt(f.units)} odmówiono z braku towaru, choć na pewno były:`,
    final_state_off: (f, where) =>
        `${where}: na końcu ${states[f.did] ?? f.did}: ${whole(f.units)}, a z odpowiedzi wynika ${between(f.beside, f.beside_most)}`,
    final_state_off_again: (f, where, story) =>
        `${sentences.final_state_off!(f, where, story)}; wysłano więcej niż raz:`,
    no_order_leaves: (f, where) =>
        `${where}: na końcu dostępne ${whole(f.units)}, czego nie zostawia żadna kolejność odpowiedzi`,
    both_got_last: (f, where) => `Procesy ${listed(f.processes)} dostały tę samą ostatnią sztukę ${where}`,
    all_got: (f, where) => `Procesy ${listed(f.processes)} dostały sztuki ${where}, choć ${there(f)}`,
    one_got: (f, where) => `Proces ${listed(f.processes)} dostał ${szt(f.units)} ${where}, choć ${there(f)}`,
    refused_in_every_order: (f, where) =>
        `Procesowi ${listed(f.processes)} odmówiono ${szt(f.units)} ${where}, choć były w każdej możliwej kolejności`,
    read_in_no_order: (f, where) =>
        `Proces ${listed(f.processes)} odczytał ${szt(f.units)} ${where}, a tyle nie było w żadnej możliwej kolejności`,
    answers_fit_no_order: (f, where) =>
        `Odpowiedzi o ${where} nie mieszczą się w żadnej kolejności: nie zgadza się to, co usłyszał proces ${listed(f.processes)}`,
    two_answers: (f, _, { operations }) =>
        `Jeden klucz, dwie odpowiedzi na to samo (${nouns[operations[0]?.kind ?? ""] ?? operations[0]?.kind ?? ""}): ${answered(f.did)} i ${answered(f.did_then)}`,
    two_requests: () => "Jeden klucz, dwa różne żądania, i oba wykonano",
    two_effects_on_stock: (f, where) =>
        `Jeden klucz, dwa skutki: stan końcowy ${where} różni się o ${szt(f.units)} operacji, którą wysłano więcej niż raz`,
    two_effects_on_order: (f, where) =>
        `Jeden klucz, dwa skutki: zamówienie ${f.order}, ${where}, ma ${szt(f.units)}, a jego operację wysłano więcej niż raz`,
    order_lost: (f, where) =>
        `${order(f, where)}: potwierdzono ${szt(f.units)}, a w stanie końcowym systemu nie ma żadnej`,
    order_cut: (f, where) =>
        `${order(f, where)}: potwierdzono ${szt(f.units)}, a w stanie końcowym systemu jest tylko ${whole(f.beside)}`,
    order_of_nobody: (f, where) =>
        `${order(f, where)}: w stanie końcowym systemu jest ${szt(f.units)}, a nikomu ich nie obiecano`,
    order_beyond_asked: (f, where) =>
        `${order(f, where)}: w stanie końcowym systemu jest ${szt(f.units)}, choć zamawiano tylko ${whole(f.beside)}`,
    hold_made_twice: () => "Jedną rezerwację założono dwa razy",
    unmade_hold_ended: (f) => `Rezerwację, której nikt nie założył, ${done[f.did] ?? f.did}`,
    hold_ended_twice: (f) =>
        `Jedną rezerwację zakończono dwa razy: ${done[f.did] ?? f.did} ją i ${done[f.did_then] ?? f.did_then}`,
    hold_ended_late: (f) => `Rezerwację ${done[f.did] ?? f.did} po upływie jej czasu`,
    extended_after_end: (f) => `Rezerwację przedłużono, choć już ją ${done[f.did] ?? f.did}`,
    called_expired_early: () => "Rezerwację uznano za wygasłą przed upływem jej czasu",
    living_hold_not_found: () => "Nie znaleziono rezerwacji, która jeszcze trwała",
};

export function storySentence(story: LoadStory): Said {
    return saidOf(story.sentence, () => {
        const f = story.facts;
        if (!f) return null;
        const made = sentences[f.form]?.(f, `${f.sku} w węźle ${f.node}`, story) ?? null;
        return made === null || !/^(both|all|one|refused_in|read_in|answers)_/.test(f.form) ? made : made + since(f);
    });
}

const verbs: Record<string, string> = {
    hold: "rezerwuje",
    extend: "przedłuża rezerwację",
    release: "zwalnia rezerwację",
    confirm: "potwierdza rezerwację",
    allocate: "przydziela",
    deallocate: "cofa przydział",
    sell: "sprzedaje w kasie",
    receive: "przyjmuje dostawę",
    return: "przyjmuje zwrot",
    adjust: "spisuje",
    read: "odczytuje dostępność",
};
const holds = ["hold", "extend", "release", "confirm"];

function polishOperation(one: LoadStoryOperation): string | null {
    const verb = verbs[one.kind];
    if (!verb || !one.attempts) return null; // older records have no parts
    const line = (of: LoadStoryLine): string =>
        `${one.kind === "read" ? "" : `${szt(of.units)} `}${of.sku} w węźle ${of.node}`;
    const parts = [
        `proces ${one.process}${one.channel ? ` (${one.channel})` : ""} ${verb}`,
        one.kind !== "hold" && holds.includes(one.kind) ? String(one.reference) : "",
        one.lines.map(line).join(", "),
        one.kind === "hold" ? `(rezerwacja ${one.reference})` : "",
        one.kind === "confirm" ? `jako zamówienie ${one.order}` : "",
        one.kind === "allocate" || one.kind === "deallocate" ? `(zamówienie ${one.reference})` : "",
        one.kind === "hold" || one.kind === "extend" ? `na ${span(one.ttl_s)}` : "",
    ];
    const read = one.kind === "read" && one.answer === "applied";
    const answer = read ? one.lines.map((of) => whole(of.available ?? 0)).join(", ") : answered(one.answer);
    return `${parts.filter(Boolean).join(" ")}: ${answer}${one.attempts > 1 ? `, wysłano ${one.attempts} razy` : ""}`;
}
export const operationWords = (one: LoadStoryOperation): Said => saidOf(one.words, () => polishOperation(one));
