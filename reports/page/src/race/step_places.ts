// Where the figures of steps stand in the JSON: a race (drivers/http/race/report_json.cpp) and a live run (model/load_report.proto)
// have the same ones in other places and other units.
import { figure } from "../ui/dom";
import type { RaceStep } from "./document";

export type Quantile = keyof RaceStep["latency_us"];
export interface StepPlaces {
    prefix: string; // of the charts' names
    shoppers: (step: number, text: string) => HTMLElement;
    passed: (step: number, text: string) => HTMLElement;
    requests: (step: number, answer: number, text: string) => HTMLElement;
    latency: (step: number, quantile: Quantile, text: string) => HTMLElement;
}

export const racePlaces = (steps: RaceStep[], path: string): StepPlaces => ({
    prefix: "race",
    shoppers: (i, text) => figure(`${path}.steps.${i}.shoppers`, steps[i]!.shoppers, text),
    passed: (i, text) => figure(`${path}.steps.${i}.passed`, steps[i]!.passed, text),
    requests: (i, j, text) =>
        figure(`${path}.steps.${i}.statuses.${j}.requests`, steps[i]!.statuses[j]!.requests, text),
    latency: (i, key, text) => figure(`${path}.steps.${i}.latency_us.${key}`, steps[i]!.latency_us[key], text),
});
