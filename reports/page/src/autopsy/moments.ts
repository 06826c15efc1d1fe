// The moments of an autopsy as a list: each a row with its clock, the room for the picture, and its sentence; one of them is current.
import type { Autopsy, StoryMoment } from "../../generated/record";
import { h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import { span, whole } from "../ui/numbers";
import { shownClock } from "./clock";
import { isTill, isWrong, type Row } from "./lanes";
import { sentence } from "./moment_words";

const words = both(
    {
        there: "there",
        record: "on record",
        shows: "shown",
        shelf: "on the shelf",
        promised: "promised",
        decision: "Decision",
        last_unit: "last unit goes",
        told_before: "what the channel knew",
        heard: "core hears",
        too_late: "news that came too late",
        unheard: "not yet heard of",
        cause: "named by the cause",
        before: "record wrong from the start",
        later: "{span} after the moment before",
        of: "Moment {n} of {all}",
        unfold: "show the last {n}",
        fold: "fold",
    },
    {
        there: "jest",
        record: "w systemie",
        shows: "pokazane",
        shelf: "na półce",
        promised: "obiecane",
        decision: "Decyzja",
        last_unit: "znika ostatnia sztuka",
        told_before: "co wiedział kanał",
        heard: "system się dowiaduje",
        too_late: "informacja przyszła za późno",
        unheard: "jeszcze nieznane",
        cause: "wskazane przez przyczynę",
        before: "stan błędny od początku",
        later: "{span} po poprzednim zdarzeniu",
        of: "Zdarzenie {n} z {all}",
        unfold: "pokaż ostatnie {n}",
        fold: "zwiń",
    },
);

export interface Handlers {
    choose: (row: number) => void;
    toggle: (index: number) => void;
}

export function badges(m: StoryMoment): string[] {
    const w = words();
    if (m.kind === "promise") return [w.decision];
    const told: Record<string, string> = {
        last_unit: w.last_unit,
        told_before: w.told_before,
        heard: w.heard,
        too_late: w.too_late,
        unheard: w.unheard,
        cause: w.cause,
    };
    const roles = m.roles.flatMap((role) => told[role] ?? []);
    return roles.length > 0 ? roles : m.kind === "state" && m.decisive ? [w.before] : [];
}

// The three numbers, with their names: for small screens, paper and those who hear them.
function triple(a: Autopsy, m: StoryMoment): HTMLElement {
    const w = words(),
        till = isTill(a);
    const one = (name: string, value: number, wrong: boolean) =>
        h("span", { class: wrong ? "is-wrong" : undefined }, `${name} `, h("b", {}, whole(value)));
    return h(
        "span",
        { class: "triple" },
        one(till ? w.shelf : w.there, m.there, false),
        ", ",
        one(w.record, m.record, isWrong("record", m)),
        ", ",
        one(till ? w.promised : w.shows, m.shows, isWrong("shows", m)),
    );
}

function clock(m: StoryMoment): Child {
    const { day, time } = shownClock(m.clock);
    return h(
        "span",
        { class: "clock" },
        time.replace(/\.\d+$/, ""),
        h("small", {}, /\.\d+$/.exec(time)?.[0] ?? ""),
        day ? h("small", { class: "day" }, ` ${day}`) : null,
    );
}

const passed = (rows: Row[], row: number): number =>
    row > 0 ? rows[row]!.moment.at_s - rows[row - 1]!.moment.at_s : 0;

function unfold(one: Row, open: boolean, handlers: Handlers): Child {
    if (one.inside || one.moment.inside.length === 0) return null;
    const w = words();
    return h(
        "button",
        { type: "button", class: "unfold", "aria-expanded": String(open), onclick: () => handlers.toggle(one.index) },
        open ? w.fold : fill(w.unfold, { n: whole(one.moment.inside.length) }),
    );
}

export function momentList(
    a: Autopsy,
    rows: Row[],
    current: number,
    open: ReadonlySet<number>,
    handlers: Handlers,
): HTMLElement[] {
    return rows.map((one, row) => {
        const m = one.moment,
            gap = passed(rows, row);
        const kind = `row ${m.decisive ? "decisive" : ""} ${m.kind === "promise" ? "promise" : ""} ${m.folded > 0 ? "told-together" : ""} ${one.inside ? "inside" : ""}`;
        return h(
            "li",
            { class: kind, "data-row": row, "data-kind": m.kind },
            gap >= 0.001 ? h("span", { class: "gap" }, `+ ${span(gap)}`) : null,
            h(
                "button",
                {
                    type: "button",
                    class: "moment",
                    "aria-current": row === current ? "step" : null,
                    tabindex: row === current ? 0 : -1,
                    onclick: () => handlers.choose(row),
                },
                clock(m),
                h("span", { class: "room" }),
                h(
                    "span",
                    { class: "told" },
                    badges(m).map((text) => [h("span", { class: "badge" }, text), " "]),
                    h("span", { class: "text" }, sentence(a, m)),
                    " ",
                    triple(a, m),
                ),
            ),
            unfold(one, open.has(one.index), handlers),
        );
    });
}

// The current moment, as it is read out.
export function described(a: Autopsy, rows: Row[], row: number): Child {
    const w = words(),
        m = rows[row]!.moment,
        gap = passed(rows, row);
    return [
        h(
            "span",
            { class: "count" },
            fill(w.of, { n: whole(row + 1), all: whole(rows.length) }),
            " · ",
            m.clock,
            gap >= 0.001 ? ` · ${fill(w.later, { span: span(gap) })}` : "",
        ),
        h(
            "span",
            { class: "what" },
            badges(m).map((text) => [h("b", {}, text), ": "]),
            sentence(a, m),
        ),
        triple(a, m),
    ];
}
