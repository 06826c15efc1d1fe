// What the day shows: chips for panels and edges, and a zoom for those who have no wheel.
import type { RunRecord } from "../../../generated/record";
import type { Instance } from "../../ui/echarts";
import { h } from "../../ui/dom";
import { both } from "../../ui/language";
import { look } from "../../ui/look";
import { strokeOf } from "./lines";
import { dayOption, heightOf } from "./option";
import { namesFit } from "./titles";
import { shownPanels, type View } from "./view";
import type { Panel, PanelId } from "./panels";
import { endText, stepsInBin, timeText, wholeDay, type Window } from "./time";

const words = both(
    {
        panels: "Panels",
        edges: "Edges",
        zoom: "Time in sight",
        closer: "Zoom in",
        wider: "Zoom out",
        earlier: "Earlier",
        later: "Later",
        all: "All of it",
        hint: "Ctrl and wheel zoom, a drag moves, the bar below the panels chooses.",
    },
    {
        panels: "Panele",
        edges: "Połączenia",
        zoom: "Widoczny czas",
        closer: "Przybliż",
        wider: "Oddal",
        earlier: "Wcześniej",
        later: "Później",
        all: "Całość",
        hint: "Ctrl + kółko: powiększenie; przeciąganie: przesunięcie; pasek pod wykresami: wybór zakresu.",
    },
);

// No closer than this many steps.
const fewestSteps = 10;

export class DayControls {
    readonly element: HTMLElement;
    private instance: Instance | null = null;
    private figure: HTMLElement | null = null;
    private readonly inSight = h("output", { id: "day-window", "aria-live": "polite" });
    private readonly edges = h("div", { class: "chips", role: "group", "aria-label": words().edges });
    private waiting = 0;

    constructor(
        private readonly record: RunRecord,
        private readonly view: View,
        private readonly panels: readonly Panel[],
    ) {
        const w = words(),
            button = (id: string, text: string, name: string, act: () => void) =>
                h("button", { type: "button", id, "aria-label": name, title: name, onclick: act }, text);
        this.element = h(
            "div",
            { class: "day-controls" },
            h(
                "div",
                { class: "chips", role: "group", "aria-label": w.panels },
                panels.map((panel) => this.chip(panel)),
            ),
            this.edges,
            h(
                "div",
                { class: "day-zoom", role: "group", "aria-label": w.zoom },
                button("day-earlier", "←", w.earlier, () => this.move(-0.5)),
                button("day-in", "+", w.closer, () => this.scale(0.5)),
                button("day-out", "−", w.wider, () => this.scale(2)),
                button("day-later", "→", w.later, () => this.move(0.5)),
                button("day-all", w.all, w.all, () => this.show(wholeDay(this.record))),
                this.inSight,
                h("span", { class: "hint" }, w.hint),
            ),
        );
        this.refresh();
    }

    attach(figure: HTMLElement): void {
        this.figure = figure;
    }

    // After each drawing: the theme may have changed.
    drawn(instance: Instance): void {
        this.instance = instance;
        this.refresh();
        instance.on("datazoom", () => {
            clearTimeout(this.waiting);
            this.waiting = window.setTimeout(() => this.zoomed(), 60);
        });
    }

    private chip(panel: Panel): HTMLElement {
        const pressed = () => this.view.shown.includes(panel.id);
        const chip = h(
            "button",
            { type: "button", class: "chip", "data-panel": panel.id, "aria-pressed": String(pressed()) },
            panel.title,
        );
        chip.addEventListener("click", () => {
            if (pressed() && this.view.shown.length === 1) return; // an empty picture helps nobody
            const wanted = new Set<PanelId>(this.view.shown);
            if (!wanted.delete(panel.id)) wanted.add(panel.id);
            this.view.shown = this.panels.map((one) => one.id).filter((id) => wanted.has(id));
            chip.setAttribute("aria-pressed", String(pressed()));
            this.redraw();
        });
        return chip;
    }

    // Which line is whose, where several share a panel.
    private refresh(): void {
        const colours = look(),
            unit = this.view.window.until - this.view.window.from < 3600 ? 1 : 60;
        this.inSight.textContent = `${timeText(this.view.window.from, unit)} – ${endText(this.view.window.until, unit)}`;
        const width = this.width(),
            many = shownPanels(this.record, this.view).filter(
                (panel) => panel.lines.some((line) => line.name) && !namesFit(panel, width),
            );
        const seen = new Set<string>();
        const keys = many
            .flatMap((panel) => panel.lines.map((line) => ({ line, stroke: strokeOf(colours, panel, line) })))
            .filter(({ line }) => !seen.has(line.name) && seen.add(line.name));
        this.edges.replaceChildren(
            ...keys.map(({ line, stroke }) =>
                h(
                    "span",
                    { class: "key" },
                    h("i", { style: `border-top:3px ${stroke.type} ${stroke.color}` }),
                    line.name,
                ),
            ),
        );
    }

    private redraw(): void {
        const canvas = this.figure?.querySelector<HTMLElement>(".canvas");
        if (canvas) canvas.style.height = `${heightOf(this.record, this.view.shown.length)}px`;
        this.instance?.resize();
        this.instance?.setOption(dayOption(this.record, look(), this.view, this.width()), {
            replaceMerge: ["title", "legend", "grid", "xAxis", "yAxis", "series", "dataZoom"],
        });
        this.refresh();
    }

    // The chart was zoomed: bins of another width may be due.
    private zoomed(): void {
        const [zoom] = (this.instance?.getOption() as { dataZoom: { startValue: number; endValue: number }[] })
            .dataZoom;
        if (!zoom) return;
        const before = this.bin();
        this.view.window = { from: zoom.startValue / 1000, until: zoom.endValue / 1000 };
        this.refresh();
        if (this.bin() !== before) this.instance?.setOption(dayOption(this.record, look(), this.view, this.width()));
    }

    private width(): number {
        return this.instance?.getWidth() ?? 0;
    }
    private bin(): number {
        return stepsInBin(this.record.series.step_s, this.view.window.until - this.view.window.from);
    }

    private show(wanted: Window): void {
        const day = wholeDay(this.record);
        const least = Math.min(fewestSteps * this.record.series.step_s, day.until - day.from);
        const length = Math.min(Math.max(wanted.until - wanted.from, least), day.until - day.from);
        const middle = (wanted.from + wanted.until) / 2;
        const from = Math.min(Math.max(middle - length / 2, day.from), day.until - length);
        this.view.window = { from, until: from + length };
        this.redraw();
        // As an action too, so that charts joined to this one follow; they know per cent, not this axis.
        const share = (at: number) => ((at - day.from) / (day.until - day.from)) * 100;
        this.instance?.dispatchAction({ type: "dataZoom", start: share(from), end: share(from + length) });
    }

    private scale(by: number): void {
        const { from, until } = this.view.window,
            middle = (from + until) / 2,
            half = ((until - from) / 2) * by;
        this.show({ from: middle - half, until: middle + half });
    }

    private move(by: number): void {
        const { from, until } = this.view.window,
            step = (until - from) * by;
        this.show({ from: from + step, until: until + step });
    }
}
