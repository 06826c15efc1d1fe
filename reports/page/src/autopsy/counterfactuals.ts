// What would have avoided it: the same shoppers, one change at a time.
import type { Autopsy, Counterfactual } from "../../generated/record";
import { h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import { changeText } from "./change_words";
import { decimal, whole } from "../ui/numbers";
import { table } from "../ui/table";

const words = both(
    {
        title: "What would have avoided it",
        says: "The run again from the start with the same shoppers and one change; units and cost against the run as it was.",
        smallest: "The smallest change that avoids it: {change}.",
        none: "None of these changes avoids it.",
        change: "change",
        avoids: "avoids it",
        yes: "yes: {instead}",
        no: "no",
        failed: "could not be run",
        oversold: "oversold",
        undersold: "undersold",
        lost: "lost sales",
        cancelled: "cancelled",
        cost: "cost per order",
        was: "as it was",
        served: "served",
        refused: "refused",
        silent: "did not ask",
    },
    {
        title: "Co by temu zapobiegło",
        says: "Ten sam przebieg od początku, ci sami klienci i jedna zmiana; sztuki i koszt w porównaniu z przebiegiem, jaki był.",
        smallest: "Najmniejsza zmiana, która temu zapobiega: {change}.",
        none: "Żadna z tych zmian temu nie zapobiega.",
        change: "zmiana",
        avoids: "zapobiega",
        yes: "tak: {instead}",
        no: "nie",
        failed: "nie udało się uruchomić",
        oversold: "ponad stan",
        undersold: "odmówione mimo zapasu",
        lost: "utracone",
        cancelled: "anulowane",
        cost: "koszt zamówienia",
        was: "jak było",
        served: "obsłużono",
        refused: "odmówiono",
        silent: "nie pytał",
    },
);

const signed = (value: number, text: (value: number) => string): string =>
    value > 0 ? `+${text(value)}` : text(value);

function answer(of: Counterfactual): string {
    const w = words(),
        instead: Record<string, string> = { served: w.served, refused: w.refused, "did not ask": w.silent };
    return of.failure ? w.failed : of.avoided ? fill(w.yes, { instead: instead[of.instead] ?? of.instead }) : w.no;
}

export function counterfactuals(a: Autopsy): HTMLElement | null {
    if (a.counterfactuals.length === 0) return null;
    const w = words(),
        was = a.as_it_was;
    const rows: Child[][] = a.counterfactuals.map((one) => {
        const d = one.difference;
        const figures = one.failure
            ? ["", "", "", "", ""]
            : [d.oversold_units, d.undersold_units, d.lost_sales_units, d.cancelled_units]
                  .map((value) => signed(value, whole))
                  .concat(signed(d.cost_per_order, (value) => decimal(value)));
        return [changeText(one.change), h("span", { class: one.avoided ? "avoids" : "" }, answer(one)), ...figures];
    });
    rows.push([
        w.was,
        "",
        ...[was.oversold_units, was.undersold_units, was.lost_sales_units, was.cancelled_units].map(whole),
        `${decimal(was.cost_per_order)} ${a.currency}`,
    ]);
    const smallest =
        a.smallest > 0 ? fill(w.smallest, { change: changeText(a.counterfactuals[a.smallest - 1]!.change) }) : w.none;
    return h(
        "div",
        { class: "counterfactuals" },
        h("h3", {}, w.title),
        h("p", { class: "sum" }, w.says, " ", h("b", {}, smallest)),
        table({
            caption: w.title,
            rows,
            columns: [
                { title: w.change, kind: "text" },
                { title: w.avoids, kind: "text" },
                ...[w.oversold, w.undersold, w.lost, w.cancelled, w.cost].map((title) => ({ title })),
            ],
        }),
    );
}
