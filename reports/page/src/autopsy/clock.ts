// The clock of an autopsy: times of day to the millisecond, from its promise, which has both.
import type { Autopsy } from "../../generated/record";

const day = 86_400;

function secondsOf(clock: string): number {
    const found = /^(?:(\d+) d )?(\d+):(\d+):([\d.]+)$/.exec(clock);
    return found ? Number(found[1] ?? 0) * day + Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4]) : 0;
}

export function clockOf(a: Autopsy, at: number): string {
    const ms = Math.round((secondsOf(a.line.clock) + at - a.line.at_s) * 1000),
        of = ((ms % (day * 1000)) + day * 1000) % (day * 1000);
    const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
    return `${two(of / 3_600_000)}:${two((of / 60_000) % 60)}:${two((of / 1000) % 60)}.${String(of % 1000).padStart(3, "0")}`;
}

// "1 d 06:24:39.196" is the day after.
export const shownClock = (clock: string): { day: string; time: string } => {
    const found = /^(\d+) d (.*)$/.exec(clock);
    return found ? { day: `+${found[1]} d`, time: found[2]! } : { day: "", time: clock };
};
