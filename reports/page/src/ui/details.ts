// What is looked up, not read: closed until somebody opens it.
import { h, type Child } from "./dom";

export const details = (id: string, title: string, note: string, ...content: Child[]): HTMLElement =>
    h("details", { id, class: "look-up" }, h("summary", {}, h("b", {}, title), note ? ` ${note}` : ""), content);
