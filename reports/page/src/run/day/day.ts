// The day: everything that has a time, on one axis with one zoom and one read-out.
import type { RunRecord } from "../../../generated/record";
import { documentOf } from "../../documents";
import { chart, join } from "../../ui/chart";
import { h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { span, whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import type { Table } from "../../ui/table";
import { edgeTableLink } from "../reference/channels";
import { DayControls } from "./controls";
import { dropSpans, faultSpans, leftOut, type Span } from "./faults";
import { dayOption, heightOf } from "./option";
import { shownPanels, type View } from "./view";
import { edgesByLag, isEmpty, mostEdges, panelsOf, shownAtFirst, type Line, type Panel } from "./panels";
import { binned, endText, stepsInBin, timeText, wholeDay } from "./time";
import { axisWords } from "../../ui/axes";

const words = both(
    {
        title: "The day",
        worst: "Most was oversold between {from} and {until}{during}: {n} of {all} units. Look for what happens just before it{fault}.",
        during: ", during “{drops}”",
        fault: ", and whether a fault (shaded) began it",
        clean: "Nothing was oversold at any time; look for the hour in which the most orders came, and for what was refused.",
        chart: "Over local time",
        from: "from",
        peak: "peak {n} at {time}",
        all: "{n} in all",
        after: "{n} more after the last step",
        empty: "Not drawn, because there was none at any time: {names}.",
        afterwards: "After the last step, while what was left was worked off: {counts}.",
        edges: "{all} of {every} edges had a lag; the {n} slowest are drawn. All are in the table of ",
        thinned: "The page carries steps of {step}; the record's own are {own}.",
        faults: "Faults",
        drops: "Drops and rushes",
        left: "Did not happen here: {name} ({why}).",
    },
    {
        title: "Dzień",
        worst: "Najwięcej sprzedano ponad stan między {from} a {until}{during}: {n} z {all} sztuk. Sprawdź, co działo się tuż przedtem{fault}.",
        during: ", w czasie „{drops}”",
        fault: " i czy przyczyną była awaria (zacieniowana)",
        clean: "O żadnej porze nie sprzedano niczego ponad stan; zobacz, o której godzinie przyszło najwięcej zamówień i czego odmówiono.",
        chart: "W czasie lokalnym",
        from: "od",
        peak: "szczyt {n} o {time}",
        all: "razem {n}",
        after: "{n} po ostatnim kroku",
        empty: "Nie narysowano, bo przez cały czas było zero: {names}.",
        afterwards: "Po ostatnim kroku, podczas domykania zaległości: {counts}.",
        edges: "Opóźnienie miały połączenia: {all} z {every}; narysowano {n} najwolniejszych. Wszystkie są w tabeli: ",
        thinned: "Strona ma kroki co {step}; zapis przebiegu co {own}.",
        faults: "Awarie",
        drops: "Dropy i szturmy",
        left: "Tu się nie zdarzyło: {name} ({why}).",
    },
);

// Kept while the page is open, whatever language it is built in.
let view: View | null = null;

function firstView(record: RunRecord): View {
    const edges = edgesByLag(record)
        .slice(0, mostEdges)
        .map((edge) => edge.edge);
    return { shown: shownAtFirst(panelsOf(record, edges)), edges, window: wholeDay(record) };
}

function says(record: RunRecord): string {
    const w = words(),
        s = record.series,
        k = record.kpi,
        group = stepsInBin(s.step_s, s.step_s * s.oversold.length * 6); // some fifty
    if (k.oversold_units === 0 || !s.oversold.some((n) => n > 0)) return w.clean;
    const bins = binned(s.oversold, group, "sum"),
        at = bins.indexOf(Math.max(...bins.map((n) => n ?? 0)));
    const bin = group * s.step_s,
        from = wholeDay(record).from + at * bin,
        unit = bin < 60 ? 1 : 60;
    const drops = dropSpans(record).filter((one) => one.from < from + bin && from < one.until);
    return fill(w.worst, {
        during: drops.length > 0 ? fill(w.during, { drops: drops.map((one) => one.name).join(", ") }) : "",
        fault: faultSpans(record).length > 0 ? w.fault : "",
        from: timeText(from, unit),
        until: endText(from + bin, unit),
        n: whole(bins[at] ?? 0),
        all: whole(k.oversold_units),
    });
}

function describes(record: RunRecord, panels: readonly Panel[]): string {
    const w = words(),
        from = wholeDay(record).from;
    const of = (panel: Panel): string => {
        const values = panel.lines[0]?.values ?? [],
            at = values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
        const total =
            panel.merge === "sum" ? `${fill(w.all, { n: whole(values.reduce((sum, n) => sum + n, 0)) })}, ` : "";
        return `${panel.title}: ${total}${fill(w.peak, { n: panel.text(values[at] ?? null), time: timeText(from + at * panel.step_s, 60) })}`;
    };
    return `${w.chart}. ${panels.map(of).join("; ")}`;
}

// A row for each step of the record, in sight or not; panels of longer steps say the same in several rows.
function table(record: RunRecord, of: View): Table {
    const w = words(),
        s = record.series,
        day = wholeDay(record),
        unit = s.step_s < 60 ? 1 : 60;
    const lines = shownPanels(record, of).flatMap((panel) => panel.lines.map((line) => ({ panel, line })));
    const value = (panel: Panel, line: Line, i: number): number | null => {
        const measured = line.values[Math.floor((i * s.step_s) / panel.step_s)];
        return measured === undefined || measured < 0 ? null : measured;
    };
    return {
        caption: w.chart,
        columns: [
            { title: w.from, kind: "text" },
            ...lines.map(({ panel, line }) => ({ title: line.name ? `${panel.title}: ${line.name}` : panel.title })),
        ],
        rows: Array.from({ length: Math.round((day.until - day.from) / s.step_s) }, (_, i) => [
            timeText(day.from + i * s.step_s, unit),
            ...lines.map(({ panel, line }) => panel.text(value(panel, line, i))),
        ]),
    };
}

function notes(record: RunRecord, panels: readonly Panel[]): Child[] {
    const w = words(),
        s = record.series,
        thinned = documentOf<{ step_s: number }>("thinned");
    const empty = panels.filter(isEmpty).map((panel) => panel.title),
        later = panels.filter((panel) => panel.after);
    const edges = edgesByLag(record).length;
    const note = (text: string) => h("p", { class: "note" }, text);
    return [
        empty.length > 0 ? note(fill(w.empty, { names: empty.join(", ") })) : null,
        later.length > 0
            ? note(
                  fill(w.afterwards, {
                      counts: later.map((panel) => `${panel.title} ${whole(panel.after!)}`).join(", "),
                  }),
              )
            : null,
        edges > mostEdges
            ? h(
                  "p",
                  { class: "note" },
                  fill(w.edges, { n: whole(mostEdges), all: whole(edges), every: whole(record.edges.length) }),
                  edgeTableLink(),
                  ".",
              )
            : null,
        thinned ? note(fill(w.thinned, { step: span(s.step_s), own: span(thinned.step_s) })) : null,
        leftOut(record).map((fault) => note(fill(w.left, { name: fault.name || fault.kind, why: fault.left_out }))),
    ];
}

function spanList(record: RunRecord, title: string, spans: Span[]): Child {
    if (spans.length === 0) return null;
    const day = wholeDay(record),
        unit = day.until - day.from < 3600 ? 1 : 60;
    return h(
        "p",
        { class: "note" },
        h("b", {}, title),
        ": ",
        spans
            .map(
                (one) =>
                    `${one.name} ${timeText(one.from, unit)}–${endText(one.until, unit)}${one.what === "drop" && one.kind ? ` (${one.kind})` : ""}`,
            )
            .join("; "),
    );
}

export function daySection(record: RunRecord): Section | null {
    const w = words(),
        day = wholeDay(record);
    if (!(day.until > day.from)) return null;
    view ??= firstView(record);
    const current = view,
        panels = panelsOf(record, current.edges);
    const controls = new DayControls(
        record,
        current,
        panels.filter((panel) => !isEmpty(panel)),
    );
    const figure = chart({
        id: "day",
        title: w.chart,
        axes: { x: axisWords().localTime },
        height: () => heightOf(record, current.shown.length),
        describes: describes(record, shownPanels(record, current)),
        option: (look, width) => dayOption(record, look, current, width),
        ready: (instance) => {
            join("day")(instance);
            controls.drawn(instance);
        },
        table: () => table(record, current),
    });
    controls.attach(figure);
    return {
        id: "day",
        title: w.title,
        says: says(record),
        content: [
            controls.element,
            figure,
            [spanList(record, w.drops, dropSpans(record)), spanList(record, w.faults, faultSpans(record))],
            notes(record, panels),
        ],
    };
}
