// The time of the map: the whole run, or one step of it, by a slider under the outline of the day, with play and pause.
import type { RunRecord } from "../../../generated/record";
import { h, svg } from "../../ui/dom";
import { clock } from "../../ui/numbers";
import { nodeAt, out, stepsOf } from "./state";
import { words } from "./words";

// ms a step is shown while it plays. Nothing glides between two steps; for those who asked for less motion they change slowly.
const tempo = (): number => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : 350);

export function timeText(record: RunRecord, step: number): string {
    const at = (i: number) => clock(record.identity.start_of_day_s + i * record.network.step_s);
    return `${at(step)} – ${at(step + 1)}`;
}

// Units out in each step, as bars; `current` is marked.
function strip(record: RunRecord, steps: number): { element: SVGElement; mark: (step: number | null) => void } {
    const units = Array.from({ length: steps }, (_, step) =>
        record.nodes.reduce((sum, _node, i) => sum + out(nodeAt(record, i, step)), 0),
    );
    const most = Math.max(1, ...units);
    const bars = units.map((n, i) => svg("rect", { x: i + 0.08, y: 1 - n / most, width: 0.84, height: n / most }));
    return {
        element: svg(
            "svg",
            { class: "strip", viewBox: `0 0 ${steps} 1`, preserveAspectRatio: "none", "aria-hidden": "true" },
            bars,
        ),
        mark: (step) => bars.forEach((bar, i) => bar.setAttribute("class", step === null || i === step ? "on" : "")),
    };
}

export function timeControls(record: RunRecord, choose: (step: number | null) => void): HTMLElement {
    const w = words(),
        steps = stepsOf(record),
        day = strip(record, steps);
    const slider = h("input", {
        type: "range",
        min: 0,
        max: steps - 1,
        step: 1,
        value: 0,
        "aria-label": w.time,
        "aria-valuetext": w.wholeRun,
    });
    const whole = h(
        "button",
        {
            type: "button",
            "aria-pressed": "true",
            onclick: () => {
                pause();
                show(null);
            },
        },
        w.wholeRun,
    );
    const play = h(
        "button",
        { type: "button", class: "play", onclick: () => (timer === null ? start() : pause()) },
        w.play,
    );
    const text = h("output", { class: "time" }, w.wholeRun);
    let timer: number | null = null,
        current: number | null = null;

    function show(step: number | null): void {
        current = step;
        const said = step === null ? w.wholeRun : timeText(record, step);
        if (step !== null) slider.value = String(step);
        slider.setAttribute("aria-valuetext", said);
        whole.setAttribute("aria-pressed", String(step === null));
        text.textContent = said;
        day.mark(step);
        choose(step);
    }
    function pause(): void {
        if (timer !== null) clearInterval(timer);
        timer = null;
        play.textContent = w.play;
    }
    function start(): void {
        if (current === null || current === steps - 1) show(0);
        play.textContent = w.pause;
        timer = window.setInterval(() => {
            if (!slider.isConnected || current === null) return pause(); // the page was built anew
            show(current + 1);
            if (current === steps - 1) pause();
        }, tempo());
    }
    slider.addEventListener("input", () => {
        pause();
        show(Number(slider.value));
    });
    day.mark(null);
    return h(
        "div",
        { class: "time-controls", role: "group", "aria-label": w.time },
        h("div", { class: "track" }, day.element, slider),
        h("div", { class: "chosen" }, whole, play, text),
    );
}
