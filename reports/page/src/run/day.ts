// The day: everything that has a time, on one axis with one zoom; faults are bands.
import type { RunRecord } from "../../generated/record";
import { chart, join, tooltip } from "../ui/chart";
import type { Option } from "../ui/echarts";
import { both } from "../ui/language";
import type { Look } from "../ui/look";
import { clock, whole } from "../ui/numbers";
import type { Section } from "../ui/section";

const words = both(
  { title: "The day", says: "Look for where oversold follows orders, and where a fault (shaded) begins it. Drag on the axis below to zoom.",
    chart: "Orders and errors over the day", orders: "orders", oversold: "oversold", time: "from" },
  { title: "Dzień", says: "Zwróć uwagę, gdzie nadsprzedaż idzie za zamówieniami i gdzie zaczyna ją awaria (cień). Przeciągnij po osi poniżej, aby powiększyć.",
    chart: "Zamówienia i błędy w ciągu dnia", orders: "zamówienia", oversold: "ponad stan", time: "od" });

function option(record: RunRecord, colours: Look): Option {
  const w = words(), s = record.series;
  const times = s.orders.map((_, i) => clock(record.identity.start_of_day_s + i * s.step_s));
  const axis = { axisLine: { lineStyle: { color: colours.rule } }, axisLabel: { color: colours.soft }, splitLine: { lineStyle: { color: colours.grid } } };
  return {
    tooltip: { trigger: "axis", ...tooltip(colours) },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    grid: [{ left: 64, right: 16, top: 16, height: 110 }, { left: 64, right: 16, top: 150, height: 110 }],
    xAxis: [0, 1].map((i) => ({ type: "category", gridIndex: i, data: times, ...axis, axisLabel: { show: i === 1, color: colours.soft } })),
    yAxis: [0, 1].map((i) => ({ type: "value", gridIndex: i, ...axis, splitNumber: 3 })),
    dataZoom: [{ type: "inside", xAxisIndex: [0, 1] }, { type: "slider", xAxisIndex: [0, 1], bottom: 4, height: 22 }],
    series: [
      { name: w.orders, type: "line", step: "end", areaStyle: { opacity: 0.5 }, symbol: "none", data: s.orders, xAxisIndex: 0, yAxisIndex: 0 },
      { name: w.oversold, type: "bar", data: s.oversold, xAxisIndex: 1, yAxisIndex: 1, itemStyle: { color: colours.bad } },
    ],
  };
}

export function daySection(record: RunRecord): Section | null {
  const w = words(), s = record.series;
  if (s.orders.length === 0) return null;
  return {
    id: "day", title: w.title, says: w.says,
    content: [chart({
      id: "day", title: w.chart, height: 320,
      describes: `${w.chart}: ${w.orders} ${whole(record.kpi.orders_accepted)}, ${w.oversold} ${whole(record.kpi.oversold_units)}`,
      option: (colours) => option(record, colours),
      ready: join("day"),
      table: () => ({
        caption: w.chart, columns: [{ title: w.time, kind: "text" }, { title: w.orders }, { title: w.oversold }],
        rows: s.orders.map((n, i) => [clock(record.identity.start_of_day_s + i * s.step_s), whole(n), whole(s.oversold[i] ?? 0)]),
      }),
    })],
  };
}
