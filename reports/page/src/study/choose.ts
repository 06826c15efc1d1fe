// Something with choices above it, made anew when one of them changes.
import { select } from "../ui/choice";
import { h, type Child } from "../ui/dom";

export interface Select {
    id: string; // by which `make` knows it
    label: string;
    options: { value: string; text: string }[];
    chosen: string;
}

// A choice of one thing is none, and is not shown.
export function withSelects(selects: Select[], make: (chosen: Record<string, string>) => Child): HTMLElement {
    const chosen = Object.fromEntries(selects.map((one) => [one.id, one.chosen]));
    const below = h("div", {}, make(chosen));
    const offered = selects
        .filter((one) => one.options.length > 1)
        .map((one) =>
            select(
                one.label,
                one.options.map(({ value, text }) => ({ value, name: text })),
                one.chosen,
                (value) => {
                    chosen[one.id] = value;
                    below.replaceChildren(h("div", {}, make(chosen)));
                },
            ),
        );
    return h("div", {}, offered.length ? h("div", { class: "selects" }, offered) : null, below);
}
