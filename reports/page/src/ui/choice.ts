// One of several, as a row of buttons: for few short names. A <select> serves for many.
import { h } from "./dom";

export interface Choice<T extends string> {
    value: T;
    name: string;
}

export function choice<T extends string>(
    label: string,
    of: Choice<T>[],
    chosen: T,
    choose: (value: T) => void,
): HTMLElement {
    const buttons = of.map((one) =>
        h(
            "button",
            {
                type: "button",
                "aria-pressed": String(one.value === chosen),
                "data-value": one.value,
                onclick: () => pick(one.value),
            },
            one.name,
        ),
    );
    function pick(value: T): void {
        buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.value === value)));
        choose(value);
    }
    return h(
        "div",
        { class: "choice", role: "group", "aria-label": label },
        h("span", { class: "choice-label" }, label),
        buttons,
    );
}

export function select(
    label: string,
    of: Choice<string>[],
    chosen: string,
    choose: (value: string) => void,
): HTMLElement {
    const list = h(
        "select",
        {},
        of.map((one) => h("option", { value: one.value, selected: one.value === chosen }, one.name)),
    );
    list.addEventListener("change", () => choose(list.value));
    return h("label", { class: "choice" }, h("span", { class: "choice-label" }, label), list);
}
