// What is drawn of a flow's steps: who came and got past, what was answered, and how long it took.
import { h, type Child } from "../ui/dom";
import { answersChart } from "./answers";
import type { RaceStep } from "./document";
import { funnelChart } from "./funnel";
import { latencyChart } from "./latency";
import type { StepPlaces } from "./step_places";

export const stepCharts = (steps: RaceStep[], places: StepPlaces): Child[] => [
    h("div", { class: "grid-2" }, funnelChart(steps, places), answersChart(steps, places)),
    latencyChart(steps, places),
];
