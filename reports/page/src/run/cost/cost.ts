// What an order costs: by term, by channel, and in a year.
import type { Kpi, RunRecord } from "../../../generated/record";
import { chart, narrow, tooltip } from "../../ui/chart";
import { figure, h, type Child } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import { inkOn, type Look } from "../../ui/look";
import { decimal, money, percent, whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { bar, table } from "../../ui/table";
import { tillsTookOrders } from "../headline";
import { costOf, dearest, termMeaning, termName } from "./terms";

const words = both(
  { title: "Cost", says: "{each} per accepted order, {share} of it for {term}.", tills: " Tills are among them: what they sell is carried out of the store and costs little.", year: " A year comes to {total} for {orders} orders, {basis}.",
    stated: "as the scenario states them", scaled: "a year of such days", byTerm: "Cost by term", byChannel: "Cost per order, by channel", channelSays: "Of orders alone: labour, overtime and holding are nobody's order and stand in the run's bar only.",
    term: "term", each: "per order", all: "in all", share: "share", aYear: "a year", total: "all", running: "runs the design", withRunning: "with running costs", channel: "channel", orders: "orders", rest: "the rest", run: "all orders" },
  { title: "Koszty", says: "{each} na przyjęte zamówienie; największy składnik to {term} ({share}).", tills: " Są wśród nich zakupy przy kasie: klient zabiera je sam i kosztują niewiele.", year: " Rok kosztuje {total} przy liczbie zamówień {orders}, {basis}.",
    stated: "jak podaje scenariusz", scaled: "rok takich dni", byTerm: "Koszt według składników", byChannel: "Koszt zamówienia według kanałów", channelSays: "Tylko koszty zamówień: praca, nadgodziny i utrzymanie zapasu nie należą do żadnego zamówienia i są tylko na słupku przebiegu.",
    term: "składnik", each: "na zamówienie", all: "łącznie", share: "udział", aYear: "w roku", total: "razem", running: "utrzymanie architektury", withRunning: "z kosztami utrzymania", channel: "kanał", orders: "zamówienia", rest: "pozostałe", run: "razem" });

const colours = 7; // terms with a colour of their own, before the rest

interface Row {
  name: string;
  kpi: Kpi;
}
const rowsOf = (record: RunRecord): Row[] =>
  [{ name: words().run, kpi: record.kpi }, ...record.channels.filter(({ kpi }) => kpi.orders_accepted > 0).map(({ name, kpi }) => ({ name, kpi }))];
const each = (kpi: Kpi, cost: number): number => cost / Math.max(kpi.orders_accepted, 1) / 100;

interface Part {
  name: string;
  of: (kpi: Kpi) => number; // minor units
}
function partsOf(record: RunRecord): Part[] {
  const terms = dearest(record.kpi.cost_terms), own = terms.length <= colours + 1 ? terms : terms.slice(0, colours);
  const parts = own.map(({ term }): Part => ({ name: termName(term), of: (kpi) => costOf(kpi.cost_terms, term) }));
  if (own.length === terms.length) return parts;
  return [...parts, { name: words().rest, of: (kpi) => kpi.total_cost - own.reduce((sum, { term }) => sum + costOf(kpi.cost_terms, term), 0) }];
}

// Rows of names under the bars, by an estimate of their width.
function legendHeight(parts: readonly Part[], width: number): number {
  const px = parts.reduce((sum, { name }) => sum + name.length * 7.4 + 32, 0);
  return 6 + 26 * Math.ceil(px / Math.max(width - 16, 100));
}

function option(rows: readonly Row[], parts: readonly Part[], currency: string, look: Look, width: number): Option {
  const small = width < narrow, left = small ? 96 : 120;
  const most = Math.max(...rows.map(({ kpi }) => each(kpi, kpi.total_cost)));
  const text = (value: number) => `${decimal(value)} ${currency}`;
  const series = parts.map((part, i) => ({
    name: part.name, type: "bar", stack: "cost", barWidth: 18, itemStyle: { color: look.series[i % look.series.length], borderColor: look.paper, borderWidth: 0.5 },
    data: rows.map(({ kpi }) => each(kpi, part.of(kpi))),
    label: { show: !small, color: inkOn(look.series[i % look.series.length]!), fontSize: 11, formatter: ({ value }: { value: number }) => (value > most * 0.09 ? decimal(value) : "") },
  }));
  const total = { name: "total", type: "bar", stack: "cost", silent: true, data: rows.map(() => 0), tooltip: { show: false },
    label: { show: true, position: "right", color: look.ink, fontSize: 12, fontWeight: 650, formatter: ({ dataIndex }: { dataIndex: number }) => text(each(rows[dataIndex]!.kpi, rows[dataIndex]!.kpi.total_cost)) } };
  return {
    grid: { left, right: 90, top: 4, bottom: 24 + legendHeight(parts, width), outerBoundsMode: "none" },
    legend: { data: parts.map(({ name }) => name), left: 0, bottom: 0, selectedMode: false, icon: "roundRect", itemWidth: 12, itemHeight: 12, itemGap: 14, padding: 0, textStyle: { color: look.soft, fontSize: 12.5 } },
    tooltip: { trigger: "item", ...tooltip(look), valueFormatter: text },
    xAxis: { type: "value", axisLabel: { color: look.soft, hideOverlap: true }, splitLine: { lineStyle: { color: look.grid } } },
    yAxis: { type: "category", inverse: true, data: rows.map(({ name }) => name), axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: look.ink, fontSize: 12.5, width: left - 12, overflow: "truncate" } },
    series: [...series, total],
  };
}

function byChannel(record: RunRecord): Child {
  const w = words(), rows = rowsOf(record), parts = partsOf(record), currency = record.identity.currency;
  return chart({
    id: "cost-channels", title: w.byChannel, says: w.channelSays, height: (width) => 34 + 30 * rows.length + legendHeight(parts, width),
    describes: `${w.byChannel}: ${rows.map(({ name, kpi }) => `${name} ${decimal(each(kpi, kpi.total_cost))} ${currency}`).join(", ")}`,
    option: (look, width) => option(rows, parts, currency, look, width),
    table: () => ({ caption: w.byChannel, columns: [{ title: w.channel, kind: "text" }, { title: w.orders }, { title: w.each }, ...parts.map(({ name }) => ({ title: name }))],
      rows: rows.map(({ name, kpi }) => [name, whole(kpi.orders_accepted), decimal(each(kpi, kpi.total_cost)), ...parts.map((part) => decimal(each(kpi, part.of(kpi))))]) }),
  });
}

const hasYear = (record: RunRecord): boolean => (record.year?.orders ?? 0) > 0 || (record.year?.total_cost ?? 0) > 0;

function byTerm(record: RunRecord): Child {
  const w = words(), k = record.kpi, terms = dearest(k.cost_terms), most = Math.max(terms[0]?.cost ?? 1, 1), year = hasYear(record) ? record.year : null;
  const ofYear = (minor: number) => (year ? [money(minor, "", 0).trim()] : []);
  const rows: Child[][] = terms.map(({ term, cost }) => [
    [termName(term), h("small", {}, termMeaning(term))], decimal(each(k, cost)),
    figure(`kpi.cost_terms.${k.cost_terms.findIndex((one) => one.term === term)}.cost`, cost, money(cost, "", 0).trim()), percent(k.total_cost > 0 ? cost / k.total_cost : 0), bar(cost / most),
    ...ofYear(costOf(year?.terms ?? [], term))]);
  rows.push([h("b", {}, w.total), decimal(each(k, k.total_cost)), figure("kpi.total_cost", k.total_cost, money(k.total_cost, "", 0).trim()), "", "",
    ...ofYear((year?.terms ?? []).reduce((sum, { cost }) => sum + cost, 0))]);
  for (const item of year?.running ?? []) rows.push([[item.name, h("small", {}, w.running)], "", "", "", "", ...ofYear(item.cost)]);
  if (year && year.running.length > 0) rows.push([h("b", {}, w.withRunning), "", "", "", "", figure("year.total_cost", year.total_cost, money(year.total_cost, "", 0).trim())]);
  return h("div", { class: "chart" }, h("h3", {}, `${w.byTerm}, ${record.identity.currency}`), table({
    caption: w.byTerm, columns: [{ title: w.term, kind: "text" }, { title: w.each }, { title: w.all }, { title: w.share }, { title: "", kind: "text" }, ...(year ? [{ title: w.aYear }] : [])], rows }, { class: "costs" }));
}

export function costSection(record: RunRecord): Section | null {
  const w = words(), k = record.kpi, currency = record.identity.currency, [first] = dearest(k.cost_terms);
  if (!first) return null;
  const says = fill(w.says, { each: `${decimal(each(k, k.total_cost))} ${currency}`, term: termName(first.term), share: percent(k.total_cost > 0 ? first.cost / k.total_cost : 0) })
    + (tillsTookOrders(record) ? w.tills : "")
    + (hasYear(record) ? fill(w.year, { total: money(record.year.total_cost, currency, 0), orders: whole(record.year.orders), basis: record.year.orders_stated ? w.stated : w.scaled }) : "");
  return { id: "cost", title: w.title, says, content: [byChannel(record), byTerm(record)] };
}
