// Where the money goes, and what a year of it comes to.
import type { RunRecord } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both } from "../../ui/language";
import { decimal, money, percent } from "../../ui/numbers";
import { bar, table } from "../../ui/table";
import { costOf, costPerOrder, dearest, termMeaning, termName } from "./terms";

const words = both(
    {
        byTerm: "Cost by term",
        term: "term",
        each: "per order",
        all: "in all",
        share: "share",
        aYear: "a year",
        total: "all",
        running: "runs the design",
        withRunning: "with running costs",
    },
    {
        byTerm: "Koszt według składników",
        term: "składnik",
        each: "na zamówienie",
        all: "łącznie",
        share: "udział",
        aYear: "w roku",
        total: "razem",
        running: "utrzymanie architektury",
        withRunning: "z kosztami utrzymania",
    },
);

// Only of a year whose orders the scenario states: 365 Black Fridays are nobody's year.
export const hasYear = (record: RunRecord): boolean => record.year?.orders_stated ?? false;

export function byTerm(record: RunRecord): Child {
    const w = words(),
        k = record.kpi,
        terms = dearest(k.cost_terms),
        most = Math.max(terms[0]?.cost ?? 1, 1),
        year = hasYear(record) ? record.year : null;
    const ofYear = (minor: number) => (year ? [money(minor, "", 0).trim()] : []);
    const rows: Child[][] = terms.map(({ term, cost }) => [
        [termName(term), h("small", {}, termMeaning(term))],
        decimal(costPerOrder(k, cost)),
        figure(
            `kpi.cost_terms.${k.cost_terms.findIndex((one) => one.term === term)}.cost`,
            cost,
            money(cost, "", 0).trim(),
        ),
        percent(k.total_cost > 0 ? cost / k.total_cost : 0),
        bar(cost / most),
        ...ofYear(costOf(year?.terms ?? [], term)),
    ]);
    rows.push([
        h("b", {}, w.total),
        decimal(costPerOrder(k, k.total_cost)),
        figure("kpi.total_cost", k.total_cost, money(k.total_cost, "", 0).trim()),
        "",
        "",
        ...ofYear((year?.terms ?? []).reduce((sum, { cost }) => sum + cost, 0)),
    ]);
    for (const item of year?.running ?? [])
        rows.push([[item.name, h("small", {}, w.running)], "", "", "", "", ...ofYear(item.cost)]);
    if (year && year.running.length > 0)
        rows.push([
            h("b", {}, w.withRunning),
            "",
            "",
            "",
            "",
            figure("year.total_cost", year.total_cost, money(year.total_cost, "", 0).trim()),
        ]);
    return h(
        "div",
        { class: "chart" },
        h("h3", {}, `${w.byTerm}, ${record.identity.currency}`),
        table(
            {
                caption: w.byTerm,
                columns: [
                    { title: w.term, kind: "text" },
                    { title: w.each },
                    { title: w.all },
                    { title: w.share },
                    { title: "", kind: "text" },
                    ...(year ? [{ title: w.aYear }] : []),
                ],
                rows,
            },
            { class: "costs" },
        ),
    );
}
