// A chart with its title, its sentence, and the table behind it. Drawn when it comes into sight, drawn anew when the theme changes.
import { attempt } from "./attempt";
import type { Axes } from "./axes";
import { h, type Child } from "./dom";
import { echarts, type Instance, type Option } from "./echarts";
import { both } from "./language";
import { look, type Look, type Theme } from "./look";
import { plain } from "./numbers";
import { table, type Table } from "./table";

const words = both({ table: "Table of the figures", rows: "rows" }, { table: "Tabela z danymi", rows: "wierszy" });

export interface Chart {
    id: string; // unique on the page
    title: string;
    says?: string; // one sentence: what to see
    axes?: Axes; // of those axes that are seen and that the option does not name; a page test finds charts without
    describes: string; // for those who cannot see it: what is drawn, and its main figures
    height: number | ((width: number) => number); // px
    option: (look: Look, width: number) => Option; // width of the canvas in px: below `narrow` there is room for less
    table: () => Table; // made when it is opened
    ready?: (chart: Instance) => void; // after each drawing: handlers
}

// Narrower than this is a phone, or half a page.
export const narrow = 640;
const heightOf = (of: Chart, width: number): number => (typeof of.height === "number" ? of.height : of.height(width));

class Drawn {
    instance: Instance | null = null;
    width = 0; // when it was drawn last
    constructor(
        readonly chart: Chart,
        readonly canvas: HTMLElement,
    ) {}

    draw(theme?: Theme): void {
        this.instance?.dispose();
        this.instance = null;
        this.tried(() => {
            this.fit();
            this.instance = echarts.init(this.canvas, undefined, { renderer: "svg" });
            this.fill(this.instance, look(theme));
            this.chart.ready?.(this.instance);
        });
    }

    // The same chart with what its option says now.
    set(colours: Look): void {
        const to = this.instance;
        if (to)
            this.tried(() => {
                this.fill(to, colours);
            });
    }

    resize(): void {
        const to = this.instance;
        if (!to || this.canvas.clientWidth === this.width || this.canvas.clientWidth === 0) return;
        const before = this.width;
        this.tried(() => {
            this.fit();
            to.resize();
            if (typeof this.chart.height !== "number" || before < narrow !== this.width < narrow) this.fill(to, look());
        });
    }

    private fill(to: Instance, colours: Look): void {
        to.setOption({ ...base(colours), ...spoken(this.chart.option(colours, this.width)) }, true);
    }

    // A chart that cannot be drawn has a sentence in its place, until it is drawn anew.
    private tried(act: () => void): void {
        attempt(act, (sentence) => {
            this.instance?.dispose();
            this.instance = null;
            this.canvas.style.height = "auto";
            this.canvas.replaceChildren(sentence);
        });
    }

    private fit(): void {
        this.width = this.canvas.clientWidth;
        this.canvas.style.height = `${heightOf(this.chart, this.width)}px`;
    }

    leave(): void {
        this.instance?.dispose();
        seen.unobserve(this.canvas);
        resized.unobserve(this.canvas);
    }
}

// What all charts have alike.
export function base(colours: Look): Option {
    return {
        animation: false,
        color: colours.series,
        backgroundColor: "transparent",
        textStyle: { fontFamily: colours.font, color: colours.ink },
        aria: { enabled: false }, // the figure itself has a label, in the language of the page
    };
}

// Labels of an axis that says nothing else, in the language of the page: ECharts would write 1,200 in Polish too.
export function spoken(option: Option): Option {
    type Axis = { type?: string; axisLabel?: { formatter?: unknown } };
    const one = (axis: Axis): Axis =>
        axis.type !== "value" || axis.axisLabel?.formatter
            ? axis
            : { ...axis, axisLabel: { ...axis.axisLabel, formatter: plain } };
    const said = (axes: unknown) => (Array.isArray(axes) ? axes.map(one) : one(axes as Axis));
    const { xAxis, yAxis } = option;
    return { ...option, ...(xAxis ? { xAxis: said(xAxis) } : {}), ...(yAxis ? { yAxis: said(yAxis) } : {}) };
}

export function tooltip(colours: Look): Option {
    return {
        backgroundColor: colours.sheet,
        borderColor: colours.rule,
        textStyle: { color: colours.ink, fontSize: 12.5 },
        confine: true,
        transitionDuration: 0, // on its way from place to place it would lie beside a narrow page
        extraCssText: "box-shadow:0 2px 10px rgba(0,0,0,.18);max-width:320px;white-space:normal",
    };
}

const all = new Map<string, Drawn>();
const seen = new IntersectionObserver(
    (entries) => {
        for (const entry of entries) {
            const drawn = all.get((entry.target as HTMLElement).dataset.chart ?? "");
            if (entry.isIntersecting && drawn && !drawn.instance) drawn.draw();
        }
    },
    { rootMargin: "300px" },
);

const resized = new ResizeObserver((entries) => {
    for (const entry of entries) all.get((entry.target as HTMLElement).dataset.chart ?? "")?.resize();
});

const tableOf = (of: Chart): HTMLElement =>
    attempt(
        () => table(of.table()),
        (sentence) => sentence,
    );

const axisName = (which: "x" | "y", of: Chart): Child =>
    of.axes?.[which] ? h("p", { class: `axis-name axis-${which}` }, of.axes[which]) : null;

export function chart(of: Chart, ...below: Child[]): HTMLElement {
    const canvas = h("div", {
        class: "canvas",
        style: `height:${heightOf(of, innerWidth)}px`,
        "data-chart": of.id,
        role: "img",
        "aria-label": of.describes,
    });
    const details = h("details", { class: "behind" }, h("summary", {}, words().table));
    details.addEventListener("toggle", () => {
        if (details.open && details.childElementCount === 1) details.appendChild(tableOf(of));
    });
    all.get(of.id)?.leave(); // another choice of the same chart takes its place
    all.set(of.id, new Drawn(of, canvas));
    seen.observe(canvas);
    resized.observe(canvas);
    return h(
        "figure",
        { class: "chart", id: `chart-${of.id}` },
        h("figcaption", {}, h("h3", {}, of.title), of.says ? h("p", {}, of.says) : null),
        axisName("y", of),
        canvas,
        axisName("x", of),
        below,
        details,
    );
}

// Once more, after what its option reads has changed; what is not in sight yet is drawn when it is.
export function refresh(id: string): void {
    all.get(id)?.set(look());
}

// ... and its words and table with it.
export function retell(id: string, describes: string): void {
    const drawn = all.get(id),
        details = drawn?.canvas.closest("figure")?.querySelector<HTMLDetailsElement>("details.behind");
    drawn?.canvas.setAttribute("aria-label", describes);
    while (details && details.childElementCount > 1) details.lastElementChild!.remove();
    if (drawn && details?.open) details.append(tableOf(drawn.chart));
}

// All that were drawn, or all there are.
export function redraw(which: "drawn" | "all", theme?: Theme): void {
    for (const drawn of all.values()) if (which === "all" || drawn.instance) drawn.draw(theme);
}

export function forget(): void {
    for (const drawn of all.values()) drawn.leave();
    all.clear();
}

export const registered = (): Chart[] => [...all.values()].map((drawn) => drawn.chart);
export const chartIds = (): string[] => [...all.keys()];
export const instanceOf = (id: string): Instance | null => all.get(id)?.instance ?? null;

// Zoom of one chart is zoom of all in the group.
export const join =
    (group: string) =>
    (instance: Instance): void => {
        instance.group = group;
        echarts.connect(group);
    };
