// The report of a race: whether a shop sells what it does not have, and the proof.
import { documentOf, type PageDocument } from "../documents";
import { figure, h, type Child } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, fill, formy, forms, plural } from "../ui/language";
import { none, span, whole } from "../ui/numbers";
import { card, cards, type Section } from "../ui/section";
import { aboutSection } from "../study/about";
import { byRun } from "./by_run";
import { firstRun, type FindingKind, type Race, type RaceRun } from "./document";
import { bySeverity, findingText, headlineText, unitsObject } from "./finding_words";
import { findingsSection } from "./findings";
import { numbersRead, numbersSection } from "./numbers";
import { stepCharts } from "./step_charts";
import { racePlaces } from "./step_places";
import { storiesSection } from "./stories";
import { modeText } from "./words";

const own = both(
    {
        subtitle: "Race: {shoppers} shoppers for {units} {unitsWord} of {sku}, {mode}",
        unitsWord: forms("unit", "units"),
        badText: "in {n} of {all} {runs}: {small}",
        badOne: "in one run: {small}",
        also: "Also found: {others}.",
        otherRuns: "{kind} in {n} of {all} {runs}",
        runs: forms("run", "runs"),
        open: "Not known",
        openText: "answers came to nothing that the orders could resolve: {n} {units} may be sold or not.",
        leftOpen: "The books do not say either way: {what}.",
        good: "No finding",
        goodText: "in {all} {runs}: {read} agree. More shoppers, more runs and more processes make this stronger.",
        goodAlone:
            "in {all} {runs}; but only one number was read ({read}), and it agrees with nothing else. Let the flow read orders, reservations and stock.",
        found: "Runs with a finding",
        foundNote: "of {all}",
        most: "Most sold",
        mostNote: "of {stock} in stock",
        counted: "at most in one run",
        slow: "Slowest promise",
        slowNote: "the last step, “{step}”",
        cpu: "CPU per checkout",
        cpuNote: "{target}: shop {shop}, database {database}, redis {redis}; {n} accepted",
        cpuUnknown: "not known: only of a shop that “lastunit target up” started, or with --cpu-of",
        took: "Took",
        tookNote: "first request to last answer",
        steps: "Step by step",
        stepsSays:
            "Look for the step at which shoppers pile up and for answers that are neither yes nor sold out: there the shop decides, or fails to.",
        where: "the shop",
        mode: "how they came",
        hold: "step that holds",
        promise: "step that promises",
        left: "Only the shoppers of the stories are in this page; the requests of the others are in the file of --json.",
        again: "The same race meets another interleaving each time: a finding that shows in most of several runs is a mistake, not luck.",
    },
    {
        subtitle: "Wyścig: {shoppers} klientów na {units} {unitsWord} {sku}, {mode}",
        unitsWord: formy("sztukę", "sztuki", "sztuk"),
        badText: "w {n} z {all} {runs}: {small}",
        badOne: "w jednym przebiegu: {small}",
        also: "Znaleziono też: {others}.",
        otherRuns: "{kind} w {n} z {all} {runs}",
        runs: formy("przebiegu", "przebiegów", "przebiegów"),
        open: "Nie wiadomo",
        openText:
            "zostały odpowiedzi, których nie rozstrzygają zamówienia: {n} {units} mogło zostać sprzedanych albo nie.",
        leftOpen: "Księgi tego nie rozstrzygają: „{what}”.",
        good: "Bez ustaleń",
        goodText: "w {all} {runs}: {read} zgadzają się. Więcej klientów, przebiegów i procesów daje mocniejszy dowód.",
        goodAlone:
            "w {all} {runs}; odczytano jednak tylko jedną liczbę ({read}), więc nie ma z czym jej porównać. Przepływ powinien odczytywać zamówienia, rezerwacje i stan.",
        found: "Przebiegi z ustaleniem",
        foundNote: "z {all}",
        most: "Najwięcej sprzedano",
        mostNote: "z {stock} na stanie",
        counted: "najwięcej w jednym przebiegu",
        slow: "Najwolniejsza obietnica",
        slowNote: "ostatni krok, „{step}”",
        cpu: "CPU na zakup",
        cpuNote: "{target}: sklep {shop}, baza {database}, redis {redis}; przyjęto {n}",
        cpuUnknown: "nieznane: mierzymy tylko sklep uruchomiony przez „lastunit target up” albo z --cpu-of",
        took: "Trwało",
        tookNote: "od pierwszego żądania do ostatniej odpowiedzi",
        steps: "Krok po kroku",
        stepsSays:
            "Szukaj kroku, przed którym klienci się piętrzą, i odpowiedzi innych niż „tak” i „brak towaru”: tam sklep decyduje albo zawodzi.",
        where: "sklep",
        mode: "jak przyszli",
        hold: "krok rezerwacji",
        promise: "krok obietnicy",
        left: "Na tej stronie są tylko klienci z dowodów; żądania pozostałych są w pliku --json.",
        again: "Ten sam wyścig za każdym razem układa się inaczej: co wychodzi w większości przebiegów, jest błędem, a nie przypadkiem.",
    },
);

// Units that a run sold, as the worse of what shoppers were told and what was ordered.
const soldIn = (run: RaceRun): number => Math.max(run.told, run.orders ?? 0);
const mostSold = (race: Race): number =>
    race.runs.reduce((most, run, n) => (soldIn(run) > soldIn(race.runs[most]!) ? n : most), firstRun(race));

interface Lead {
    kind: FindingKind;
    run: number;
    at: number;
} // at: its place among the findings of the run
// The finding to begin with: of the gravest kind, the run with most units of it.
function leadOf(race: Race): Lead | null {
    const kind = bySeverity.find((one) => race.findings[one]);
    if (!kind) return null;
    const all = race.runs.flatMap((run, n) =>
        run.findings.flatMap((one, at) => (one.kind === kind ? [{ kind, run: n, at, units: one.units }] : [])),
    );
    return all.reduce<(typeof all)[number] | null>((most, one) => (most && most.units >= one.units ? most : one), null);
}

function verdict(race: Race): HTMLElement {
    const w = own(),
        line = (tone: string, big: Child, ...small: Child[]) =>
            h("p", { class: `headline ${tone}`, id: "verdict" }, h("b", {}, big), h("span", {}, small));
    const count = race.runs.length,
        all = whole(count),
        runs = plural(count, w.runs),
        open = race.runs.reduce((sum, run) => sum + run.unknown, 0),
        lead = leadOf(race);
    if (lead) {
        const run = race.runs[lead.run]!,
            others = bySeverity.filter((kind) => race.findings[kind] && kind !== lead.kind);
        const also = others
            .map((kind) => {
                const name = findingText(kind).name.toLowerCase();
                return count === 1
                    ? name
                    : fill(w.otherRuns, { kind: name, n: whole(race.findings[kind]!), all, runs });
            })
            .join(", ");
        return line(
            "bad",
            headlineText(run.findings[lead.at]!, run),
            fill(count === 1 ? w.badOne : w.badText, {
                n: whole(race.findings[lead.kind]!),
                all,
                runs,
                small: findingText(lead.kind).small,
            }),
            also ? ` ${fill(w.also, { others: also })}` : "",
        );
    }
    if (open > 0) return line("warn", w.open, fill(w.openText, { n: whole(open), units: unitsObject(open) }));
    const unsaid = race.runs.flatMap((run) => run.left_open ?? [])[0];
    if (unsaid !== undefined) return line("warn", w.open, fill(w.leftOpen, { what: unsaid }));
    const numbers = numbersRead(race);
    return line(
        "good",
        w.good,
        fill(numbers.length > 1 ? w.goodText : w.goodAlone, { all, runs, read: numbers.join(", ") }),
    );
}

function cpuCard(race: Race, n: number): HTMLElement {
    const w = own(),
        run = race.runs[n]!,
        { cpu } = run;
    if (cpu?.us_per_checkout === undefined) return card(w.cpu, none, w.cpuUnknown);
    const each = (us: number): string => span(us / 1e6 / run.checkouts);
    return card(
        w.cpu,
        figure(`runs.${n}.cpu.us_per_checkout`, cpu.us_per_checkout, span(cpu.us_per_checkout / 1e6)),
        fill(w.cpuNote, {
            target: cpu.target,
            shop: each(cpu.shop_us),
            database: each(cpu.database_us),
            redis: each(cpu.redis_us),
            n: whole(run.checkouts),
        }),
    );
}

// Of an oversold run what it sold; of other findings their units.
function worstCard(race: Race, lead: Lead | null): HTMLElement {
    const w = own(),
        found = lead && lead.kind !== "oversold" ? race.runs[lead.run]!.findings[lead.at] : undefined;
    if (lead && found)
        return card(
            findingText(lead.kind).counted,
            figure(`runs.${lead.run}.findings.${lead.at}.units`, found.units, whole(found.units)),
            w.counted,
            "bad",
        );
    const n = mostSold(race),
        run = race.runs[n]!,
        key = run.orders !== undefined && run.orders > run.told ? "orders" : "told";
    return card(
        w.most,
        figure(`runs.${n}.${key}`, run[key]!, whole(run[key]!)),
        fill(w.mostNote, { stock: whole(run.stock) }),
        soldIn(run) > run.stock ? "bad" : "",
    );
}

function figures(race: Race): HTMLElement {
    const w = own(),
        lead = leadOf(race),
        n = lead?.run ?? mostSold(race),
        run = race.runs[n]!,
        found = race.runs.filter((one) => one.findings.length > 0).length;
    const at = run.steps.findIndex((one) => one.step === race.promise),
        promise = run.steps[at];
    return cards(
        card(w.found, whole(found), fill(w.foundNote, { all: whole(race.runs.length) }), found > 0 ? "bad" : "good"),
        worstCard(race, lead),
        promise && promise.latency_us.max > 0
            ? card(
                  w.slow,
                  figure(
                      `runs.${n}.steps.${at}.latency_us.max`,
                      promise.latency_us.max,
                      span(promise.latency_us.max / 1e6),
                  ),
                  fill(w.slowNote, { step: race.promise }),
              )
            : null,
        cpuCard(race, n),
        card(w.took, figure(`runs.${n}.duration_us`, run.duration_us, span(run.duration_us / 1e6)), w.tookNote),
    );
}

function stepsSection(race: Race): Section {
    const w = own();
    return {
        id: "steps",
        title: w.steps,
        says: w.stepsSays,
        content: byRun(race, (run, path) => stepCharts(run.steps, racePlaces(run.steps, path))),
    };
}

export function racePage(): Content {
    const race = documentOf<Race>("race")!,
        page = documentOf<PageDocument>("page")!,
        w = own();
    const facts: [string, string][] = [
        [w.where, race.flow],
        [w.mode, modeText(race)],
        [w.hold, race.hold],
        [w.promise, race.promise],
    ];
    const left = race.runs.some((run) => run.shoppers_left_out > 0);
    const about = aboutSection(facts, page.command, [], left ? h("p", { class: "note" }, w.left) : null);
    return {
        title: race.title || race.flow,
        banners: [],
        subtitle: [
            fill(w.subtitle, {
                shoppers: whole(race.shoppers),
                units: whole(race.units),
                unitsWord: plural(race.units, w.unitsWord),
                sku: race.sku,
                mode: modeText(race),
            }),
        ],
        headline: () => [verdict(race), figures(race)],
        sections: [
            () => numbersSection(race),
            () => findingsSection(race),
            () => storiesSection(race),
            () => stepsSection(race),
            () => ({ ...about, says: w.again }),
        ],
    };
}
