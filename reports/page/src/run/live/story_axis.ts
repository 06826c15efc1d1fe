// Operations of a story last milliseconds and may lie minutes apart. Stretches in which nothing is under way are cut short, so that
// what overlaps can be seen; each cut is told.

// Seconds; answered before it was invoked: no answer.
export interface Timed {
    invoked_s: number;
    answered_s: number;
}

export interface Cut {
    at: number; // place
    left_out_s: number;
}
export interface StoryAxis {
    place: (seconds: number) => number; // 0 .. length
    length: number;
    cuts: Cut[];
    starts: { at: number; seconds: number }[]; // of the stretches between cuts
    open_end: number; // place where an operation without an answer ends
}

const endOf = (operation: Timed): number => Math.max(operation.answered_s, operation.invoked_s);

function stretches(operations: Timed[]): [number, number][] {
    const spans = operations.map((one): [number, number] => [one.invoked_s, endOf(one)]).sort((a, b) => a[0] - b[0]);
    const busy: [number, number][] = [];
    for (const [from, until] of spans) {
        const last = busy.at(-1);
        if (last && from <= last[1]) last[1] = Math.max(last[1], until);
        else busy.push([from, until]);
    }
    // A pause is cut where it is longer than all that happens.
    const active = Math.max(
        busy.reduce((sum, [from, until]) => sum + until - from, 0),
        1e-6,
    );
    return busy.reduce<[number, number][]>((joined, [from, until]) => {
        const last = joined.at(-1);
        if (last && from - last[1] < active / 2) last[1] = until;
        else joined.push([from, until]);
        return joined;
    }, []);
}

export function storyAxis(operations: Timed[]): StoryAxis {
    const parts = stretches(operations);
    const shown = Math.max(
        parts.reduce((sum, [from, until]) => sum + until - from, 0),
        1e-6,
    );
    const gap = shown * 0.12,
        cuts: Cut[] = [],
        starts: { at: number; seconds: number }[] = [],
        begins: number[] = [];
    let place = 0;
    parts.forEach(([from, until], i) => {
        if (i > 0) {
            cuts.push({ at: place + gap / 2, left_out_s: from - parts[i - 1][1] });
            place += gap;
        }
        starts.push({ at: place, seconds: from });
        begins.push(place);
        place += until - from;
    });
    const of = (seconds: number): number => {
        let i = parts.length - 1;
        while (i > 0 && seconds < parts[i][0]) --i;
        return begins[i] + Math.min(Math.max(seconds - parts[i][0], 0), parts[i][1] - parts[i][0]);
    };
    return { place: of, length: place + shown * 0.06, cuts, starts, open_end: place + shown * 0.06 };
}
