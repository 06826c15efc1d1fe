// Where the labels of an axis of time stand: at spans and hours that people know, not at tenths of what happens to be drawn.

// Seconds.
const roundSpans = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600,
    604_800,
];
export const roundUp = (seconds: number): number => roundSpans.find((span) => span >= seconds) ?? seconds;

// A value axis from 0 of lengths of time: ends at a round one and has few between.
export function spanAxis(longest: number): { min: number; max: number; interval: number } {
    const tick = longest > 4 ? roundUp(longest / 4) : (longest || 1) / 4;
    return { min: 0, max: Math.max(1, Math.ceil(longest / tick - 1e-9)) * tick, interval: tick };
}

const labelWidth = 56; // px, of "20:15" and the room around it
const roundClock = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400];

export interface Steps {
    start_of_day_s: number; // local time of the first step
    step_s: number;
    count: number;
}

// Which steps of a category axis have their time below: those at full minutes or hours, as many as find room. A run that no such
// step falls into shows its first.
export function clockLabels(of: Steps, width: number): { interval: (index: number) => boolean } {
    const most = Math.max(1, Math.floor(width / labelWidth)),
        reach = of.step_s * of.count;
    const tick =
        roundClock.find((one) => one >= of.step_s && reach / one <= most) ?? Math.ceil(reach / most / 86_400) * 86_400;
    const at = (index: number) => of.start_of_day_s + index * of.step_s;
    const any = Math.floor(at(of.count - 1) / tick) * tick >= of.start_of_day_s;
    const full = (index: number) => Math.floor(at(index) / tick) > Math.floor((at(index) - of.step_s) / tick);
    return { interval: (index) => (any ? full(index) : index === 0) };
}
