// What an order costs: by channel, by term, and in a year.
import type { RunRecord } from "../../../generated/record";
import { h } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { decimal, money, percent, whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { tillsTookOrders } from "../headline";
import { byChannel } from "./by_channel";
import { byTerm, hasYear } from "./by_term";
import { costOf, costPerOrder, dearest, termName } from "./terms";

const words = both(
    {
        title: "Cost",
        says: "{each} per accepted order, {share} of it for {term}.",
        tills: " Tills are among them: what they sell is carried out of the store and costs little.",
        terms: "Cost per order here is {terms}, over all accepted orders.",
        labourIn:
            " Labour is in it: {hours} paid hours at {each} an order, also those in which there was nothing to do. A channel's cost has no labour: hours are nobody's order.",
        labourPart:
            " Labour is in it only in part: overtime is paid, but the scenario gives no wage for the {hours} paid hours in all.",
        labourOut: " Labour is not in it: the scenario gives no wages{hours}.",
        paid: " for the {hours} paid hours",
        never: " No rent, no systems, no cost of the goods are in it; what runs the design is in the year alone.",
        year: " A year comes to {total} for {orders} orders, as the scenario states them.",
    },
    {
        title: "Koszty",
        says: "{each} na przyjęte zamówienie; największy składnik to {term} ({share}).",
        tills: " Są wśród nich zakupy przy kasie: klient zabiera je sam i kosztują niewiele.",
        terms: "Koszt zamówienia to tutaj: {terms}, podzielone przez wszystkie przyjęte zamówienia.",
        labourIn:
            " Praca jest w nim ujęta: {hours} opłaconych godzin, {each} na zamówienie, także wtedy, gdy nie było co robić. W koszcie kanału pracy nie ma, bo godziny nie należą do żadnego zamówienia.",
        labourPart:
            " Praca jest w nim ujęta częściowo: nadgodziny są płatne, ale scenariusz nie podaje stawki za {hours} opłaconych godzin.",
        labourOut: " Pracy w nim nie ma: scenariusz nie podaje stawek{hours}.",
        paid: " za {hours} opłaconych godzin",
        never: " Nie ma w nim czynszu, systemów ani kosztu towaru; utrzymanie architektury jest tylko w koszcie roku.",
        year: " Rok o podanej w scenariuszu liczbie zamówień ({orders}) kosztowałby {total}.",
    },
);

// What is in "cost per order", and whether labour is: wages are the scenario's to give.
function termsNote(record: RunRecord): string {
    const w = words(),
        k = record.kpi,
        hours = whole(k.labour_h),
        paid = costOf(k.cost_terms, "labour"),
        overtime = costOf(k.cost_terms, "overtime");
    const labour =
        paid !== 0
            ? fill(w.labourIn, {
                  hours,
                  each: `${decimal(costPerOrder(k, paid + overtime))} ${record.identity.currency}`,
              })
            : overtime !== 0
              ? fill(w.labourPart, { hours })
              : fill(w.labourOut, { hours: k.labour_h > 0 ? fill(w.paid, { hours }) : "" });
    const terms = dearest(k.cost_terms).map(({ term }) => termName(term));
    return fill(w.terms, { terms: terms.join(", ") }) + labour + w.never;
}

export function costSection(record: RunRecord): Section | null {
    const w = words(),
        k = record.kpi,
        currency = record.identity.currency,
        [first] = dearest(k.cost_terms);
    if (!first) return null;
    const says =
        fill(w.says, {
            each: `${decimal(costPerOrder(k, k.total_cost))} ${currency}`,
            term: termName(first.term),
            share: percent(k.total_cost > 0 ? first.cost / k.total_cost : 0),
        }) +
        (tillsTookOrders(record) ? w.tills : "") +
        (hasYear(record)
            ? fill(w.year, {
                  total: money(record.year.total_cost, currency, 0),
                  orders: whole(record.year.orders),
              })
            : "");
    return {
        id: "cost",
        title: w.title,
        says,
        content: [h("p", { class: "note", id: "cost-terms" }, termsNote(record)), byChannel(record), byTerm(record)],
    };
}
