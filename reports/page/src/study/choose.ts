// Something with choices above it, made anew when one of them changes.
import { h, type Child } from "../ui/dom";

export interface Select {
  id: string; // unique on the page
  label: string;
  options: { value: string; text: string }[];
  chosen: string;
}

export function withSelects(selects: Select[], make: (chosen: Record<string, string>) => Child): HTMLElement {
  const chosen = Object.fromEntries(selects.map((one) => [one.id, one.chosen]));
  const below = h("div", {}, make(chosen));
  const box = (one: Select) => {
    const select = h("select", { id: one.id }, one.options.map((o) => h("option", { value: o.value, selected: o.value === one.chosen }, o.text)));
    select.addEventListener("change", () => { chosen[one.id] = select.value; below.replaceChildren(h("div", {}, make(chosen))); });
    return h("label", {}, h("span", {}, one.label), select);
  };
  const offered = selects.filter((one) => one.options.length > 1);
  return h("div", {}, offered.length ? h("div", { class: "selects" }, offered.map(box)) : null, below);
}
