// A shop over HTTP under load, step by step: the same pictures as of a race, and its processor time per checkout.
import type { FlowStepLoad, LoadReport } from "../../../generated/record";
import { answers, type Answer, type RaceStep } from "../../race/document";
import { stepCharts } from "../../race/step_charts";
import type { Quantile, StepPlaces } from "../../race/step_places";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { span, whole } from "../../ui/numbers";
import { card } from "../../ui/section";
import { quantile } from "./latency";

const words = both(
    {
        title: "Step by step",
        says: "Requests to the shop: look for the step at which shoppers pile up, and for answers that are neither yes nor sold out.",
        cpu: "CPU per checkout",
        cpuNote: "{target}: shop {shop}, database {database}, redis {redis}; {n} accepted",
    },
    {
        title: "Krok po kroku",
        says: "Żądania do sklepu: szukaj kroku, przed którym klienci się piętrzą, i odpowiedzi innych niż „tak” i „brak towaru”.",
        cpu: "CPU na zakup",
        cpuNote: "{target}: sklep {shop}, baza {database}, redis {redis}; przyjęto {n}",
    },
);

const known = (answer: string): Answer => answers.find((one) => one === answer) ?? "unknown";
const fraction: Record<Quantile, number> = { p50: 0.5, p90: 0.9, p99: 0.99, max: 1 };

// As a race has it, which is drawn already.
function stepOf(load: FlowStepLoad): RaceStep {
    const sum = (answer: Answer): number =>
        load.answers.reduce((requests, one) => requests + (known(one.answer) === answer ? one.requests : 0), 0);
    const us = (key: Quantile): number => (quantile(load.latency, fraction[key]) ?? 0) * 1e6;
    return {
        step: load.step,
        shoppers: load.shoppers,
        passed: load.passed,
        requests: load.requests,
        accepted: sum("accepted"),
        out_of_stock: sum("out_of_stock"),
        conflict: sum("conflict"),
        error: sum("error"),
        unknown: sum("unknown"),
        statuses: load.answers.map(({ answer, status, why, requests }) => ({
            answer: known(answer),
            status,
            why,
            requests,
        })),
        latency_us: { p50: us("p50"), p90: us("p90"), p99: us("p99"), max: us("max") },
    };
}

// Quantiles stand in the JSON beside the buckets, in ms; the largest is of the buckets themselves.
function latencyFigure(load: FlowStepLoad, i: number, key: Quantile, text: string): HTMLElement {
    if (key === "max") return figure(`load.flow_steps.${i}.latency.max_ns`, load.latency.max_ns, text);
    const value = (load.latency as unknown as Record<string, number | undefined>)[`${key}_ms`];
    return value === undefined ? h("span", {}, text) : figure(`load.flow_steps.${i}.latency.${key}_ms`, value, text);
}

const placesOf = (steps: FlowStepLoad[]): StepPlaces => ({
    prefix: "live-steps",
    shoppers: (i, text) => figure(`load.flow_steps.${i}.shoppers`, steps[i]!.shoppers, text),
    passed: (i, text) => figure(`load.flow_steps.${i}.passed`, steps[i]!.passed, text),
    requests: (i, j, text) =>
        figure(`load.flow_steps.${i}.answers.${j}.requests`, steps[i]!.answers[j]!.requests, text),
    latency: (i, key, text) => latencyFigure(steps[i]!, i, key, text),
});

export function cpuCard(load: LoadReport): HTMLElement | null {
    const w = words(),
        cpu = load.shop_cpu;
    if (!cpu || cpu.checkouts === 0) return null;
    const each = (us: number): string => span(us / 1e6 / cpu.checkouts);
    return card(
        w.cpu,
        figure("load.shop_cpu.us_per_checkout", cpu.us_per_checkout, span(cpu.us_per_checkout / 1e6)),
        fill(w.cpuNote, {
            target: cpu.target,
            shop: each(cpu.shop_us),
            database: each(cpu.database_us),
            redis: each(cpu.redis_us),
            n: whole(cpu.checkouts),
        }),
    );
}

// Nothing of a target that is no flow.
export function stepsPart(load: LoadReport): Child[] {
    const w = words(),
        steps = load.flow_steps ?? []; // absent in records of older versions
    return steps.length === 0
        ? []
        : [
              h("h3", { class: "part" }, w.title),
              h("p", { class: "says" }, w.says),
              ...stepCharts(steps.map(stepOf), placesOf(steps)),
          ];
}
