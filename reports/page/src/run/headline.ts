// The verdict and the figures that an architecture review asks for first.
import type { RunRecord } from "../../generated/record";
import { figure, h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { decimal, money, percent, span, whole } from "../ui/numbers";
import { card, cards } from "../ui/section";

const words = both(
  {
    partial: "PARTIAL RUN", partialText: "every number below is of that part only.", invalid: "INVALID",
    nothing: "Nothing oversold", among: "among {units} units accepted", oversold: "Oversold {n}",
    of: "of {units} units ({rate}) in {orders} orders worth {value}",
    undersold: "Undersold", undersoldNote: "refused although they were there", lost: "Lost sales", lostNote: "wanted, refused, not found elsewhere",
    cancelled: "Cancelled orders", cancelledNote: "for want of stock", time: "Fulfilment time", timeNote: "median; p99 {p99}",
    kept: "Promise kept", keptNote: "of promises that fell due", cost: "Cost per order", costNote: "{split} of those sent were split",
    revenue: "Revenue", revenueNote: "not cancelled", orders: "Orders", shoppers: "Shoppers", bought: "{rate} bought",
    units: forms("unit", "units"), repeat: "The command that repeats it", gates: "Gates", passed: "passed", failed: "failed", notJudged: "not judged",
  },
  {
    partial: "PRZEBIEG CZĘŚCIOWY", partialText: "wszystkie liczby poniżej dotyczą tylko tej części.", invalid: "NIEWAŻNE",
    nothing: "Żadnej sztuki nie sprzedano ponad stan", among: "spośród {units} przyjętych sztuk", oversold: "Sprzedano ponad stan: {n}",
    of: "z {units} sztuk ({rate}), zamówienia: {orders}, wartość {value}",
    undersold: "Niedosprzedaż", undersoldNote: "odmówiono, choć towar był", lost: "Utracona sprzedaż", lostNote: "chciano kupić, odmówiono, nie znaleziono gdzie indziej",
    cancelled: "Anulowane zamówienia", cancelledNote: "z braku towaru", time: "Czas realizacji", timeNote: "mediana; p99 {p99}",
    kept: "Dotrzymane obietnice", keptNote: "spośród tych, których termin minął", cost: "Koszt zamówienia", costNote: "{split} wysłanych było dzielonych",
    revenue: "Przychód", revenueNote: "bez anulowanych", orders: "Zamówienia", shoppers: "Klienci", bought: "{rate} kupiło",
    units: formy("sztuka", "sztuki", "sztuk"), repeat: "Polecenie, które to powtarza", gates: "Bramki", passed: "spełniona", failed: "niespełniona", notJudged: "nie oceniono",
  });

export function banners(record: RunRecord): Child[] {
  const w = words();
  const banner = (name: string, text: string) => h("p", { class: "banner", role: "status" }, h("b", {}, name), " ", text);
  return [
    record.load && record.load.invalid.length > 0 ? banner(w.invalid, record.load.invalid.join("; ")) : null,
    record.identity.partial ? banner(w.partial, w.partialText) : null,
  ];
}

function verdict(record: RunRecord): HTMLElement {
  const w = words(), k = record.kpi;
  if (k.oversold_units === 0)
    return h("p", { class: "headline good" }, h("b", {}, w.nothing), h("span", {}, fill(w.among, { units: whole(k.units_accepted) })));
  const value = figure("kpi.oversold_units", k.oversold_units, fill(w.oversold, { n: whole(k.oversold_units) }));
  return h("p", { class: "headline bad" }, h("b", {}, value),
    h("span", {}, fill(w.of, { units: whole(k.units_accepted), rate: percent(k.oversell_rate), orders: whole(k.oversold_orders),
      value: money(k.oversold_value, record.identity.currency) })));
}

export function headline(record: RunRecord): Child[] {
  const w = words(), k = record.kpi, currency = record.identity.currency;
  const units = (n: number) => plural(n, w.units);
  const kpi = (name: keyof typeof k, text: string) => figure(`kpi.${name}`, k[name] as number, text);
  return [
    verdict(record),
    cards(
      card(w.undersold, kpi("undersold_units", whole(k.undersold_units)), `${units(k.undersold_units)} ${w.undersoldNote}`),
      card(w.lost, kpi("lost_sales_units", whole(k.lost_sales_units)), `${units(k.lost_sales_units)} ${w.lostNote}`),
      card(w.cancelled, kpi("cancelled_orders", whole(k.cancelled_orders)), w.cancelledNote),
      card(w.kept, kpi("promise_kept_rate", percent(k.promise_kept_rate)), w.keptNote),
      card(w.cost, kpi("cost_per_order", `${decimal(k.cost_per_order)} ${currency}`), fill(w.costNote, { split: percent(k.split_rate) })),
      card(w.time, figure("kpi.fulfilment_time_s.p50", k.fulfilment_time_s.p50, span(k.fulfilment_time_s.p50)), fill(w.timeNote, { p99: span(k.fulfilment_time_s.p99) })),
      card(w.revenue, kpi("revenue", money(k.revenue, currency, 0)), w.revenueNote),
      card(w.orders, kpi("orders_accepted", whole(k.orders_accepted)), `${whole(k.units_accepted)} ${units(k.units_accepted)}`),
      card(w.shoppers, kpi("shoppers", whole(k.shoppers)), fill(w.bought, { rate: percent(k.conversion) }))),
    h("details", { class: "repeat" }, h("summary", {}, w.repeat), h("pre", {}, record.identity.repeat_command)),
  ];
}
