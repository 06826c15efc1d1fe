// The axes of the panels, and the zoom that they share.
import type { Look } from "../../ui/look";
import { sliderColours } from "../../ui/slider";
import { axisText, type Panel } from "./panels";
import { endText, ms, timeText, type Window } from "./time";

// Spans that people know, in place of powers of ten seconds.
const lagTicks = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 21_600, 86_400];

function lagRange(panel: Panel): [number, number] {
    let least = Infinity,
        most = 0;
    for (const line of panel.lines)
        for (const value of line.values) {
            if (value > 0 && value < least) least = value;
            if (value > most) most = value;
        }
    return [
        Math.max([...lagTicks].reverse().find((tick) => tick <= least) ?? 1e-4, 1e-4),
        lagTicks.find((tick) => tick >= most) ?? most,
    ];
}

export function yAxisOf(look: Look, panel: Panel, at: number): object {
    return {
        gridIndex: at,
        type: panel.scale === "log" ? "log" : "value",
        scale: panel.scale === "level",
        splitNumber: 2,
        min: panel.scale === "zero" ? 0 : undefined,
        minInterval: panel.merge === "sum" ? 1 : undefined,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
            color: look.soft,
            fontSize: 11,
            hideOverlap: true,
            formatter: axisText(panel),
            ...(panel.scale === "log" ? { customValues: lagTicks } : {}),
        },
        ...(panel.scale === "log"
            ? { axisTick: { show: false, customValues: lagTicks }, min: lagRange(panel)[0], max: lagRange(panel)[1] }
            : {}),
        splitLine: { lineStyle: { color: look.grid } },
        axisPointer: { show: false },
    };
}

export function xAxisOf(look: Look, day: Window, at: number, place: "last" | "inner" | "lanes", bin_s: number): object {
    return {
        gridIndex: at,
        type: "time",
        min: ms(day.from),
        max: ms(day.until),
        axisLine: { show: place !== "lanes", lineStyle: { color: look.rule } },
        axisTick: { show: place === "last", lineStyle: { color: look.rule } },
        splitLine: { show: false },
        axisLabel: {
            show: place === "last",
            color: look.soft,
            fontSize: 11.5,
            hideOverlap: true,
            showMinLabel: true,
            alignMaxLabel: "right",
            formatter: (value: number) =>
                (value === ms(day.until) ? endText : timeText)(value / 1000, bin_s < 60 ? 1 : 60),
        },
        axisPointer: {
            show: true,
            type: "line",
            snap: false,
            lineStyle: { color: look.ink, opacity: 0.55, type: "solid" },
            triggerTooltip: place !== "lanes",
            label: {
                show: place === "last",
                backgroundColor: look.ink,
                color: look.paper,
                fontSize: 11,
                formatter: ({ value }: { value: number }) => timeText(value / 1000, bin_s < 60 ? 1 : 60),
            },
        },
    };
}

export const sliderHeight = 24; // px

export function zooms(look: Look, axes: number[], window: Window): object[] {
    const shared = {
        xAxisIndex: axes,
        filterMode: "weakFilter",
        startValue: ms(window.from),
        endValue: ms(window.until),
    };
    return [
        // Wheel with Ctrl, so that the page can be scrolled past; a drag moves what is in sight.
        {
            id: "wheel",
            type: "inside",
            ...shared,
            zoomOnMouseWheel: "ctrl",
            moveOnMouseMove: true,
            moveOnMouseWheel: false,
            preventDefaultMouseMove: false,
        },
        {
            id: "slider",
            type: "slider",
            ...shared,
            bottom: 4,
            left: 64,
            right: 20,
            height: sliderHeight - 4,
            showDetail: false,
            brushSelect: true,
            ...sliderColours(look),
        },
    ];
}
