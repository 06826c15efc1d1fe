// What an order costs: by channel, by term, and in a year.
import type { RunRecord } from "../../../generated/record";
import { both, fill } from "../../ui/language";
import { decimal, money, percent, whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { tillsTookOrders } from "../headline";
import { byChannel } from "./by_channel";
import { byTerm, hasYear } from "./by_term";
import { costPerOrder, dearest, termName } from "./terms";

const words = both(
  {
    title: "Cost",
    says: "{each} per accepted order, {share} of it for {term}.",
    tills: " Tills are among them: what they sell is carried out of the store and costs little.",
    year: " A year comes to {total} for {orders} orders, as the scenario states them.",
  },
  {
    title: "Koszty",
    says: "{each} na przyjęte zamówienie; największy składnik to {term} ({share}).",
    tills: " Są wśród nich zakupy przy kasie: klient zabiera je sam i kosztują niewiele.",
    year: " Rok o podanej w scenariuszu liczbie zamówień ({orders}) kosztowałby {total}.",
  },
);

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
  return { id: "cost", title: w.title, says, content: [byChannel(record), byTerm(record)] };
}
