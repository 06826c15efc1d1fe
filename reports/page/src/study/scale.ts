// The scale of an axis of KPIs: linear, or logarithmic from a small value on where most designs would else lie on one spot.
import { axisText } from "./kpis";
import type { Unit } from "./document";

export interface Scale {
    kind: "linear" | "logarithmic";
    at: (value: number) => number; // on the axis
    axis: object; // of ECharts: labels and where they stand
}

const crowded = 0.05; // of the range: who lies in its lowest part cannot be told apart
const decades = 4; // from the first label above zero to the largest value

// The widest of the values, lowest first, decide; a rate or count never lies below zero.
export function scaleOf(unit: Unit, values: number[]): Scale {
    const text = axisText(unit),
        most = Math.max(...values),
        low = values.filter((value) => value < most * crowded).length;
    if (Math.min(...values) < 0 || most <= 0 || low * 2 < values.length)
        return { kind: "linear", at: (value) => value, axis: { axisLabel: { formatter: text } } };
    const first = 10 ** (Math.ceil(Math.log10(most)) - decades);
    // Linear below `first`, so that zero has a place.
    const at = (value: number) => Math.log10(1 + Math.max(0, value) / first);
    const back = (place: number) => (10 ** place - 1) * first;
    const end = at(most * 1.3),
        ticks = [0, ...Array.from({ length: decades + 1 }, (_, i) => first * 10 ** i)]
            .map(at)
            .filter((one) => one <= end);
    return {
        kind: "logarithmic",
        at,
        axis: {
            min: 0,
            max: end,
            axisLabel: { customValues: ticks, formatter: (place: number) => text(Number(back(place).toPrecision(6))) },
            axisTick: { customValues: ticks },
            splitLine: { show: false }, // it would stand between the labels
        },
    };
}
