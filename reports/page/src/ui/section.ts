// A section: heading, one sentence that says what to see, content. Nothing where there is no content.
import { h, type Child } from "./dom";

export interface Section {
    id: string;
    title: string;
    says: string;
    content: Child[];
}

export function section(of: Section): HTMLElement {
    return h(
        "section",
        { id: of.id, "aria-labelledby": `${of.id}-title` },
        h("h2", { id: `${of.id}-title` }, of.title),
        of.says ? h("p", { class: "says" }, of.says) : null,
        of.content,
    );
}

// A figure with its name and a note: the row under the headline.
export function card(label: string, value: Child, note: Child, tone: "" | "bad" | "good" | "warn" = ""): HTMLElement {
    return h("div", { class: `card ${tone}` }, h("dt", {}, label), h("dd", {}, h("b", {}, value), h("span", {}, note)));
}
export const cards = (...of: Child[]): HTMLElement => h("dl", { class: "cards" }, of);
