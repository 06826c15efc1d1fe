// How the news of stock travels in each design: its edges with lag and losses.
import { h } from "../ui/dom";
import { both } from "../ui/language";
import { percent, span, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import type { Day } from "./document";

const words = both(
    {
        title: "How the news travels",
        says: "Look for the slowest edges: what they are late by is how long a channel can sell what is gone. Means over the replications.",
        edge: "edge",
        kind: "kind",
        p50: "lag, p50",
        p99: "lag, p99",
        messages: "messages",
        lost: "lost",
        slowest: "slowest: {lag} (p99)",
        none: "no edges of its own",
    },
    {
        title: "Jak niesie się wieść o stanie",
        says: "Szukaj najwolniejszych połączeń: o ile się spóźniają, tak długo kanał może sprzedawać to, czego już nie ma. Średnie z replikacji.",
        edge: "połączenie",
        kind: "rodzaj",
        p50: "opóźnienie, p50",
        p99: "opóźnienie, p99",
        messages: "komunikaty",
        lost: "utracone",
        slowest: "najwolniejsze: {lag} (p99)",
        none: "nie ma własnych połączeń",
    },
);

export function edgesSection(days: { arm: string; edges: Day["edges"] }[]): Section | null {
    const w = words();
    if (!days.some((day) => day.edges.length > 0)) return null;
    const of = (day: { arm: string; edges: Day["edges"] }) => {
        const worst = Math.max(...day.edges.map((edge) => edge.lag_p99_s ?? 0));
        return h(
            "details",
            { class: "arm", open: days.length === 1 },
            h(
                "summary",
                {},
                h("b", {}, day.arm),
                " ",
                h("span", {}, day.edges.length ? w.slowest.replace("{lag}", span(worst)) : w.none),
            ),
            day.edges.length
                ? table({
                      caption: `${w.title}: ${day.arm}`,
                      columns: [
                          { title: w.edge, kind: "text" },
                          { title: w.kind, kind: "text" },
                          { title: w.p50 },
                          { title: w.p99 },
                          { title: w.messages },
                          { title: w.lost },
                      ],
                      rows: day.edges.map((edge) => [
                          `${edge.from} → ${edge.to}`,
                          edge.kind,
                          span(edge.lag_p50_s),
                          span(edge.lag_p99_s),
                          whole(edge.messages),
                          edge.messages > 0 ? percent(edge.lost / edge.messages) : "–",
                      ]),
                  })
                : null,
        );
    };
    return { id: "edges", title: w.title, says: w.says, content: days.map(of) };
}
