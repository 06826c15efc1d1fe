// An autopsy to walk through: choose one, go from moment to moment, see who believed what.
import type { Autopsy } from "../../generated/record";
import { oversoldCause, methodName } from "../run/causes";
import { command } from "../ui/copy";
import { h, svg, type Child } from "../ui/dom";
import { look } from "../ui/look";
import { both, fill } from "../ui/language";
import { money, span, whole } from "../ui/numbers";
import { counterfactuals } from "./counterfactuals";
import { picture } from "./diagram";
import { pictureStyle } from "./picture_style";
import { pictureName, standing, standingPicture } from "./standing";
import { isTill, rowsOf, type Row } from "./lanes";
import { described, momentList } from "./moments";
import { belief, lateNews, outcome } from "./story_words";

const words = both(
    {
        choose: "Oversold line",
        previous: "Previous decisive moment",
        next: "Next decisive moment",
        save: "Save the picture (SVG)",
        keys: "Arrow keys move from moment to moment.",
        moments: "Moments of this autopsy",
        picture:
            "Sequence of {n} moments: lanes are systems, time runs downwards, numbers are what each of them believed; hatched is where a system believes in more than there is.",
        option: "{sku} · {channel} ({method}) · {cause} · {clock}",
        cause: "Cause",
        became: "What became of it",
        worth: "Worth",
        age: "Age of the view",
        method: "Method",
        nodes: "Nodes",
        repeat: "Look into it on the command line",
        more: "{n} nodes",
        units: "{n} of {asked} asked for",
        oversold: "Oversold",
    },
    {
        choose: "Pozycja sprzedana ponad stan",
        previous: "Poprzedni decydujący moment",
        next: "Następny decydujący moment",
        save: "Zapisz rysunek (SVG)",
        keys: "Strzałki przenoszą między zdarzeniami.",
        moments: "Zdarzenia tej analizy",
        picture:
            "Sekwencja zdarzeń ({n}): tory to systemy, czas płynie w dół, liczby mówią, co każdy z nich uważał; kreskowanie oznacza, że system widzi więcej, niż jest.",
        option: "{sku} · {channel} ({method}) · {cause} · {clock}",
        cause: "Przyczyna",
        became: "Co się z tym stało",
        worth: "Wartość",
        age: "Wiek danych o stanie",
        method: "Sposób",
        nodes: "Lokalizacje",
        repeat: "Zbadaj to w wierszu poleceń",
        more: "lokalizacje: {n}",
        units: "{n} z {asked}",
        oversold: "Ponad stan",
    },
);

const kPaper = 880; // px: scaled to the sheet, its letters are as large as those around it

let chosen = 0; // kept when the language changes
let shown: AutopsyView | null = null;
addEventListener("beforeprint", () => shown?.toPaper());
addEventListener("afterprint", () => shown?.fromPaper());

export class AutopsyView {
    readonly element = h("div", { class: "autopsy" });
    private readonly body = h("div");
    private readonly list = h("ol", { class: "moments" });
    private readonly paper = h("div", { class: "paper" });
    private readonly says = h("p", { class: "now", id: "autopsy-says", "aria-live": "polite" });
    private readonly select: HTMLSelectElement | null;
    private readonly open = new Set<number>();
    private rows: Row[] = [];
    private current = 0;

    constructor(private readonly autopsies: Autopsy[]) {
        const w = words();
        chosen = Math.min(chosen, autopsies.length - 1);
        this.select =
            autopsies.length > 1
                ? h(
                      "select",
                      { id: "autopsy-select", onchange: () => this.show(this.select!.selectedIndex) },
                      autopsies.map((a) => h("option", {}, option(a))),
                  )
                : null;
        this.list.setAttribute("aria-label", w.moments);
        this.list.addEventListener("keydown", (event) => this.key(event));
        new ResizeObserver(() => this.draw()).observe(this.list);
        this.element.append(
            ...(this.select
                ? [h("p", { class: "choose" }, h("label", { for: "autopsy-select" }, w.choose), this.select)]
                : []),
            this.body,
        );
        shown = this;
        this.show(chosen);
    }

    // On paper the list gives way to the picture that stands alone.
    toPaper(): void {
        this.list.querySelector("svg")?.remove();
        this.paper.replaceChildren(standingPicture(this.a, look("light"), kPaper));
        this.element.classList.add("printing");
    }

    fromPaper(): void {
        this.paper.replaceChildren();
        this.element.classList.remove("printing");
        this.draw();
    }

    private get a(): Autopsy {
        return this.autopsies[chosen]!;
    }

    show(index: number): void {
        chosen = index;
        if (this.select) this.select.selectedIndex = index;
        this.open.clear();
        this.rows = rowsOf(this.a, this.open);
        this.current = Math.max(
            0,
            this.rows.findIndex((row) => row.moment.kind === "promise"),
        );
        this.element.dataset.autopsy = String(index);
        this.body.replaceChildren(
            ...head(this.a),
            this.controls(),
            h("div", { class: "sequence" }, this.list),
            this.paper,
            ...foot(this.a),
        );
        this.fill();
    }

    private fill(): void {
        this.list.replaceChildren(
            ...momentList(this.a, this.rows, this.current, this.open, {
                choose: (row) => this.choose(row),
                toggle: (index) => this.toggle(index),
            }),
        );
        this.say();
        this.draw();
    }

    private controls(): HTMLElement {
        const w = words();
        const step = (id: string, way: 1 | -1, sign: string, name: string) =>
            h("button", { type: "button", id, onclick: () => this.decisive(way) }, `${sign} `, h("span", {}, name));
        return h(
            "div",
            { class: "walk" },
            h(
                "div",
                { class: "steps" },
                step("autopsy-previous", -1, "↑", w.previous),
                step("autopsy-next", 1, "↓", w.next),
                h("button", { type: "button", id: "autopsy-save", onclick: () => this.save() }, w.save),
                h("span", { class: "keys" }, w.keys),
            ),
            this.says,
        );
    }

    // For a review of the incident: on paper, whatever the theme.
    private save(): void {
        const url = URL.createObjectURL(new Blob([standing(this.a, look("light"))], { type: "image/svg+xml" }));
        h("a", { href: url, download: `${pictureName(this.a)}.svg` }).click();
        setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }

    private choose(row: number): void {
        const buttons = [...this.list.querySelectorAll<HTMLButtonElement>(".moment")];
        const from = buttons[this.current],
            to = buttons[row];
        if (!to) return;
        from?.removeAttribute("aria-current");
        if (from) from.tabIndex = -1;
        to.setAttribute("aria-current", "step");
        to.tabIndex = 0;
        this.current = row;
        this.say();
    }

    private say(): void {
        const node = h("span", {}, described(this.a, this.rows, this.current));
        this.says.replaceChildren(...node.childNodes);
    }

    private decisive(way: 1 | -1): void {
        for (let row = this.current + way; row >= 0 && row < this.rows.length; row += way)
            if (this.rows[row]!.moment.decisive) {
                this.choose(row);
                this.list.children[row]!.scrollIntoView({ block: "nearest" });
                return;
            }
    }

    private key(event: KeyboardEvent): void {
        const last = this.rows.length - 1;
        const to = { ArrowDown: this.current + 1, ArrowUp: this.current - 1, Home: 0, End: last }[event.key];
        if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.choose(Math.min(last, Math.max(0, to)));
        this.list.querySelectorAll<HTMLButtonElement>(".moment")[this.current]?.focus();
    }

    private toggle(index: number): void {
        const at = this.rows[this.current]!;
        if (!this.open.delete(index)) this.open.add(index);
        this.rows = rowsOf(this.a, this.open);
        this.current = Math.max(
            0,
            this.rows.findIndex((row) => row.index === at.index && !row.inside),
        );
        this.fill();
        this.list
            .querySelectorAll<HTMLElement>(".row")
            [this.rows.findIndex((row) => row.index === index && !row.inside)]?.querySelector<HTMLElement>(".unfold")
            ?.focus();
    }

    // Rows are as high as their sentences: the picture is drawn to them.
    private draw(): void {
        this.list.querySelector("svg")?.remove();
        const rows = [...this.list.querySelectorAll<HTMLElement>(".row")],
            room = rows[0]?.querySelector<HTMLElement>(".room");
        if (!room || !(room.offsetWidth >= 200)) return;
        const geometry = rows.map((row) => ({
            top: row.offsetTop,
            middle: row.offsetTop + row.offsetHeight / 2,
            bottom: row.offsetTop + row.offsetHeight,
        }));
        const drawn = picture(this.a, this.rows, { width: room.offsetWidth, head: rows[0]!.offsetTop, rows: geometry });
        drawn.prepend(
            svg(
                "style",
                {},
                pictureStyle((name) => `var(--${name})`),
            ),
        );
        drawn.style.left = `${room.getBoundingClientRect().left - this.list.getBoundingClientRect().left}px`;
        this.list.append(drawn);
    }
}

const option = (a: Autopsy): string =>
    fill(words().option, {
        sku: a.line.sku,
        channel: a.line.channel,
        method: methodName(a.line.method),
        cause: oversoldCause(a.line.cause).name,
        clock: a.line.clock.replace(/\.\d+$/, ""),
    });

function head(a: Autopsy): Node[] {
    const w = words(),
        l = a.line,
        cause = oversoldCause(l.cause);
    const fact = (name: string, ...value: Child[]) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
    return [
        h("p", { class: "belief" }, belief(a)),
        h(
            "dl",
            { class: "facts" },
            fact(w.cause, h("b", {}, cause.name), cause.means ? `: ${cause.means}` : ""),
            fact(w.became, outcome(a)),
            fact(w.oversold, fill(w.units, { n: whole(l.oversold), asked: whole(l.units) })),
            fact(w.worth, money(l.value, a.currency)),
            l.looked_s >= 0 && !isTill(a) ? fact(w.age, span(l.view_age_s)) : null,
            fact(w.nodes, l.nodes.length > 2 ? fill(w.more, { n: whole(l.nodes.length) }) : l.nodes.join(", ")),
        ),
        ...(l.late_news.length > 0
            ? [
                  h(
                      "ul",
                      { class: "late-news" },
                      l.late_news.map((news) => h("li", {}, lateNews(news))),
                  ),
              ]
            : []),
    ];
}

function foot(a: Autopsy): Node[] {
    const w = words();
    // A live run cannot be had again.
    const repeat = a.repeat_command.startsWith("lastunit run ")
        ? h(
              "details",
              { class: "behind" },
              h("summary", {}, w.repeat),
              command(`${a.repeat_command} --out why --log && lastunit explain why --oversold ${a.line.first_unit}`),
          )
        : null;
    return [
        h("p", { class: "legend" }, fill(w.picture, { n: whole(a.timeline.length) })),
        counterfactuals(a),
        repeat,
    ].filter((one): one is HTMLElement => one !== null);
}
