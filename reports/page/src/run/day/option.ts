// The picture of the day: lanes of faults, then the panels, one above the other on one axis.
import type { RunRecord } from "../../../generated/record";
import { tooltip } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import { both } from "../../ui/language";
import type { Look } from "../../ui/look";
import { span } from "../../ui/numbers";
import { bands, laneNames, laneSeries } from "./faults";
import { axisText, panelsOf, type Line, type Panel, type PanelId } from "./panels";
import { readOut } from "./readout";
import { ms, stepsInBin, timeText, wholeDay, binned, endText, type Window } from "./time";

const words = both({ per: "per {bin}" }, { per: "na {bin}" });

export interface View {
  shown: PanelId[];
  edges: string[];
  window: Window; // in sight
}

const titleHeight = 24, plotHeight = 78, gap = 14, laneHeight = 17, axisHeight = 26, sliderHeight = 24;
const lanesHeight = (record: RunRecord): number => (laneNames(record).length > 0 ? laneNames(record).length * laneHeight + gap : 0);

export const heightOf = (record: RunRecord, panels: number): number =>
  lanesHeight(record) + panels * (titleHeight + plotHeight + gap) + axisHeight + sliderHeight + 8;

export const shownPanels = (record: RunRecord, view: View): Panel[] => {
  const all = new Map(panelsOf(record, view.edges).map((panel) => [panel.id, panel]));
  return view.shown.map((id) => all.get(id)).filter((panel): panel is Panel => panel !== undefined);
};

export const groupOf = (panel: Panel, view: View): number => stepsInBin(panel.step_s, view.window.until - view.window.from);

// A line goes on over a few bins in which nothing was measured, as between the messages of a feed, and breaks where it was longer.
const mostSilent = 12;
function bridged(values: readonly (number | null)[]): [number, number | null][] {
  const out: [number, number | null][] = [];
  let silent = 0;
  values.forEach((value, i) => {
    if (value !== null) {
      if (silent > mostSilent && out.length > 0) out.push([i - 1, null]);
      out.push([i, value]);
    }
    silent = value === null ? silent + 1 : 0;
  });
  return out;
}

type Point = [time: number, drawn: number | null, value: number | null];

// Counts stand for the whole of their bin, the last one until its end, where nothing more is counted; what is measured at the end of a
// bin stands there.
function points(panel: Panel, line: Line, from: number, group: number): Point[] {
  const values = binned(line.values, group, panel.merge), bin = group * panel.step_s;
  const end = from + line.values.length * panel.step_s;
  const shown = (value: number | null) => (panel.scale === "log" && value !== null ? Math.max(value, 1e-4) : value);
  if (panel.merge === "sum") {
    const held = values.map((value, i): Point => [ms(from + i * bin), value, value]);
    return [...held, [ms(end), values.at(-1) ?? null, 0]];
  }
  return bridged(values).map(([i, value]): Point => [ms(Math.min(from + (i + 1) * bin, end)), shown(value), value]);
}

export function strokeOf(look: Look, panel: Panel, line: Line): { color: string; type: "solid" | "dashed" | "dotted"; width: number } {
  if (panel.tone !== "series") return { color: look[panel.tone], type: "solid", width: 1.5 };
  if (panel.id === "used" && line.rank === 0 && line.name) return { color: look.ink, type: "solid", width: 2 };
  return { color: look.series[line.rank % look.series.length]!, type: (["solid", "dashed", "dotted"] as const)[line.rank % 3]!, width: 1.6 };
}

function seriesOf(look: Look, panel: Panel, line: Line, at: number, from: number, group: number): object {
  const data = points(panel, line, from, group), measured = data.filter(([, value]) => value !== null).length;
  const stroke = strokeOf(look, panel, line);
  return {
    id: `${panel.id}:${line.name}`, name: line.name || panel.title, type: "line", xAxisIndex: at, yAxisIndex: at, data,
    step: panel.merge === "sum" ? "end" : false, connectNulls: false, showSymbol: panel.scale === "log" && measured < 150, symbolSize: 3,
    symbol: "circle", lineStyle: stroke, itemStyle: { color: stroke.color }, emphasis: { disabled: true }, silent: true,
    areaStyle: panel.tone === "series" || panel.scale === "level" ? undefined : { color: stroke.color, opacity: panel.merge === "sum" ? 0.28 : 0.12 },
  };
}

// Spans that people know, in place of powers of ten seconds.
const lagTicks = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 21_600, 86_400];

function lagRange(panel: Panel): [number, number] {
  let least = Infinity, most = 0;
  for (const line of panel.lines)
    for (const value of line.values) {
      if (value > 0 && value < least) least = value;
      if (value > most) most = value;
    }
  return [Math.max([...lagTicks].reverse().find((tick) => tick <= least) ?? 1e-4, 1e-4), lagTicks.find((tick) => tick >= most) ?? most];
}

function yAxisOf(look: Look, panel: Panel, at: number): object {
  return {
    gridIndex: at, type: panel.scale === "log" ? "log" : "value", scale: panel.scale === "level", splitNumber: 2, min: panel.scale === "zero" ? 0 : undefined,
    minInterval: panel.merge === "sum" ? 1 : undefined, axisLine: { show: false }, axisTick: { show: false },
    axisLabel: { color: look.soft, fontSize: 11, hideOverlap: true, formatter: axisText(panel), ...(panel.scale === "log" ? { customValues: lagTicks } : {}) },
    ...(panel.scale === "log" ? { axisTick: { show: false, customValues: lagTicks }, min: lagRange(panel)[0], max: lagRange(panel)[1] } : {}),
    splitLine: { lineStyle: { color: look.grid } }, axisPointer: { show: false },
  };
}

function xAxisOf(look: Look, day: Window, at: number, place: "last" | "inner" | "lanes", bin_s: number): object {
  return {
    gridIndex: at, type: "time", min: ms(day.from), max: ms(day.until), axisLine: { show: place !== "lanes", lineStyle: { color: look.rule } },
    axisTick: { show: place === "last", lineStyle: { color: look.rule } }, splitLine: { show: false },
    axisLabel: { show: place === "last", color: look.soft, fontSize: 11.5, hideOverlap: true, showMinLabel: true, alignMaxLabel: "right",
      formatter: (value: number) => (value === ms(day.until) ? endText : timeText)(value / 1000, bin_s < 60 ? 1 : 60) },
    axisPointer: { show: true, type: "line", snap: false, lineStyle: { color: look.ink, opacity: 0.55, type: "solid" }, triggerTooltip: place !== "lanes",
      label: { show: place === "last", backgroundColor: look.ink, color: look.paper, fontSize: 11, formatter: ({ value }: { value: number }) => timeText(value / 1000, bin_s < 60 ? 1 : 60) } },
  };
}

const titleOf = (look: Look, panel: Panel, group: number, top: number): object => {
  const unit = panel.merge === "sum" ? `${panel.unit} ${words().per.replace("{bin}", span(group * panel.step_s))}`.trim() : panel.unit;
  return {
    left: 0, top, padding: 0, text: unit ? `{name|${panel.title}}  {unit|${unit}}` : `{name|${panel.title}}`,
    textStyle: { rich: { name: { color: look.ink, fontSize: 12.5, fontWeight: 650, fontFamily: look.font }, unit: { color: look.soft, fontSize: 11.5, fontWeight: 400, fontFamily: look.font } } },
  };
};

function zooms(look: Look, axes: number[], window: Window): object[] {
  const shared = { xAxisIndex: axes, filterMode: "weakFilter", startValue: ms(window.from), endValue: ms(window.until) };
  return [
    // Wheel with Ctrl, so that the page can be scrolled past; a drag moves what is in sight.
    { id: "wheel", type: "inside", ...shared, zoomOnMouseWheel: "ctrl", moveOnMouseMove: true, moveOnMouseWheel: false, preventDefaultMouseMove: false },
    { id: "slider", type: "slider", ...shared, bottom: 4, left: 64, right: 20, height: sliderHeight - 4, showDetail: false, brushSelect: true,
      borderColor: look.rule, backgroundColor: look.sheet, fillerColor: `${look.calm}26`, dataBackground: { lineStyle: { color: look.soft, opacity: 0.5 }, areaStyle: { color: look.soft, opacity: 0.15 } },
      selectedDataBackground: { lineStyle: { color: look.calm }, areaStyle: { color: look.calm, opacity: 0.2 } }, handleStyle: { color: look.paper, borderColor: look.soft },
      moveHandleStyle: { color: look.soft, opacity: 0.4 } },
  ];
}

interface Sizes {
  contentSize: [number, number];
  viewSize: [number, number];
}
function besideLine([x, y]: [number, number], _: unknown, __: unknown, ___: unknown, { contentSize: [width, height], viewSize }: Sizes): [number, number] {
  const left = x + 16 + width < viewSize[0] ? x + 16 : Math.max(x - 16 - width, 0);
  return [left, Math.max(Math.min(y - height / 2, viewSize[1] - height), 0)];
}

export function dayOption(record: RunRecord, look: Look, view: View): Option {
  const day = wholeDay(record), panels = shownPanels(record, view), lanes = laneNames(record).length > 0 ? 1 : 0;
  const top = (i: number) => lanesHeight(record) + i * (titleHeight + plotHeight + gap);
  const finest = stepsInBin(record.series.step_s, view.window.until - view.window.from) * record.series.step_s;
  const axes = panels.map((_, i) => i + lanes), side = { left: 64, right: 20, outerBoundsMode: "none" };
  const shades = bands(record);
  return {
    title: panels.map((panel, i) => titleOf(look, panel, groupOf(panel, view), top(i))),
    grid: [...(lanes ? [{ ...side, top: 0, height: lanesHeight(record) - gap }] : []), ...panels.map((_, i) => ({ ...side, top: top(i) + titleHeight, height: plotHeight }))],
    xAxis: [...(lanes ? [xAxisOf(look, day, 0, "lanes", finest)] : []), ...panels.map((_, i) => xAxisOf(look, day, i + lanes, i === panels.length - 1 ? "last" : "inner", finest))],
    yAxis: [...(lanes ? [{ gridIndex: 0, type: "value", min: 0, max: laneNames(record).length, inverse: true, show: false }] : []),
      ...panels.map((panel, i) => yAxisOf(look, panel, i + lanes))],
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: { trigger: "axis", ...tooltip(look), transitionDuration: 0, extraCssText: "box-shadow:0 2px 10px rgba(0,0,0,.18)",
      formatter: (of: { axisValue: number }[]) => readOut(record, look, view, of[0]!.axisValue / 1000),
      // Beside the line, never over it.
      position: besideLine },
    dataZoom: zooms(look, [...(lanes ? [0] : []), ...axes], view.window),
    series: [...(lanes ? [laneSeries(record, look, day)] : []),
      ...panels.flatMap((panel, i) => panel.lines.map((line, k) => ({
        ...seriesOf(look, panel, line, i + lanes, day.from, groupOf(panel, view)),
        ...(k === 0 && shades.length > 0 ? { markArea: { silent: true, itemStyle: { color: `${look.bad}1c` }, data: shades } } : {}),
      })))],
  };
}
