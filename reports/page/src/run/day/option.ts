// The picture of the day: lanes of faults, then the panels, one above the other on one axis.
import type { RunRecord } from "../../../generated/record";
import { tooltip } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { sliderHeight, xAxisOf, yAxisOf, zooms } from "./axes";
import { bands, laneNames, laneSeries } from "./faults";
import { seriesOf } from "./lines";
import { readOut } from "./readout";
import type { Panel } from "./panels";
import { ms, stepsInBin, wholeDay, type Window } from "./time";
import { legendOf, namesFit, namesOf, titleOf } from "./titles";
import { groupOf, shownPanels, type View } from "./view";

const titleHeight = 24,
    plotHeight = 78,
    gap = 14,
    laneHeight = 17,
    axisHeight = 26;
const lanesHeight = (record: RunRecord): number =>
    laneNames(record).length > 0 ? laneNames(record).length * laneHeight + gap : 0;

export const heightOf = (record: RunRecord, panels: number): number =>
    lanesHeight(record) + panels * (titleHeight + plotHeight + gap) + axisHeight + sliderHeight + 8;

interface Sizes {
    contentSize: [number, number];
    viewSize: [number, number];
}
function besideLine(
    [x, y]: [number, number],
    _: unknown,
    __: unknown,
    ___: unknown,
    { contentSize: [width, height], viewSize }: Sizes,
): [number, number] {
    const left = x + 16 + width < viewSize[0] ? x + 16 : Math.max(x - 16 - width, 0);
    return [left, Math.max(Math.min(y - height / 2, viewSize[1] - height), 0)];
}

// The hours of each day in which nobody works; the panel's title says what the grey is.
function idleShades(panel: Panel, day: Window, look: Look): [object, object][] {
    const of = { color: `${look.soft}22` };
    const days = Array.from({ length: Math.ceil(day.until / 86_400) + 1 }, (_, n) => (n - 1) * 86_400);
    return days.flatMap((midnight) =>
        (panel.idle ?? []).flatMap(({ from, until }): [object, object][] => {
            const begin = Math.max(midnight + from, day.from),
                end = Math.min(midnight + until, day.until);
            return begin < end ? [[{ xAxis: ms(begin), itemStyle: of }, { xAxis: ms(end) }]] : [];
        }),
    );
}
const shaded = (data: [object, object][], look: Look): object =>
    data.length > 0 ? { markArea: { silent: true, itemStyle: { color: `${look.bad}1c` }, data } } : {};

export function dayOption(record: RunRecord, look: Look, view: View, width: number): Option {
    const day = wholeDay(record),
        panels = shownPanels(record, view),
        lanes = laneNames(record).length > 0 ? 1 : 0;
    const top = (i: number) => lanesHeight(record) + i * (titleHeight + plotHeight + gap);
    const finest = stepsInBin(record.series.step_s, view.window.until - view.window.from) * record.series.step_s;
    const axes = panels.map((_, i) => i + lanes),
        side = { left: 64, right: 20, outerBoundsMode: "none" };
    const shades = bands(record);
    return {
        title: panels.map((panel, i) => titleOf(look, panel, groupOf(panel, view), top(i))),
        legend: panels.flatMap((panel, i) =>
            namesOf(panel).length > 0 && namesFit(panel, width) ? [legendOf(look, panel, top(i))] : [],
        ),
        grid: [
            ...(lanes ? [{ ...side, top: 0, height: lanesHeight(record) - gap }] : []),
            ...panels.map((_, i) => ({ ...side, top: top(i) + titleHeight, height: plotHeight })),
        ],
        xAxis: [
            ...(lanes ? [xAxisOf(look, day, 0, "lanes", finest)] : []),
            ...panels.map((_, i) => xAxisOf(look, day, i + lanes, i === panels.length - 1 ? "last" : "inner", finest)),
        ],
        yAxis: [
            ...(lanes
                ? [{ gridIndex: 0, type: "value", min: 0, max: laneNames(record).length, inverse: true, show: false }]
                : []),
            ...panels.map((panel, i) => yAxisOf(look, panel, i + lanes)),
        ],
        axisPointer: { link: [{ xAxisIndex: "all" }] },
        tooltip: {
            trigger: "axis",
            ...tooltip(look),
            transitionDuration: 0,
            extraCssText: "box-shadow:0 2px 10px rgba(0,0,0,.18)",
            formatter: (of: { axisValue: number }[]) => readOut(record, look, view, of[0]!.axisValue / 1000),
            // Beside the line, never over it.
            position: besideLine,
        },
        dataZoom: zooms(look, [...(lanes ? [0] : []), ...axes], view.window),
        series: [
            ...(lanes ? [laneSeries(record, look, day)] : []),
            ...panels.flatMap((panel, i) =>
                panel.lines.map((line, k) => ({
                    ...seriesOf(look, panel, line, i + lanes, day.from, groupOf(panel, view)),
                    ...(k === 0 ? shaded([...shades, ...idleShades(panel, day, look)], look) : {}),
                })),
            ),
        ],
    };
}
