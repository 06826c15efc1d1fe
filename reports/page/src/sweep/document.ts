// What `lastunit sweep --json` writes (reports/study/sweep.cpp).
import type { KpiInfo, Mean } from "../study/document";

export interface Variable {
    name: string;
    paths: string[];
    values: string[]; // as a scenario has them
    axis: "number" | "name";
    at: number[]; // places on the axis
}
export interface Point {
    name: string;
    values: Record<string, string>; // by the variable's name
    set: string[];
    replications: number;
    kpis: Record<string, Mean | null>; // null where not every replication measured it
}
export interface Sweep {
    scenario: string;
    title: string;
    command: string;
    confidence: number;
    variables: Variable[];
    changes: Record<string, Mean | null>; // of the last point against the first, paired
    points: Point[];
    currency: string;
    version: string;
    commit: string;
    kpis: Record<string, KpiInfo>;
}

// The points at which the other variables have these values, by the number of the value of `along`.
export function slice(sweep: Sweep, along: Variable, held: Record<string, string>): (Point | undefined)[] {
    return along.values.map((value) =>
        sweep.points.find(
            (point) =>
                point.values[along.name] === value &&
                Object.entries(held).every(([name, at]) => point.values[name] === at),
        ),
    );
}
