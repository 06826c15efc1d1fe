// What stands in the tooltip of a chart: a heading and lines of a name and a value. All of it is text, whatever it is called.
import { format } from "echarts/core";

export type TipLine = [name: string, value: string];

export function tip(heading: string, lines: TipLine[] = [], says = ""): string {
    const text = (one: string) => format.encodeHTML(one);
    const row = ([name, value]: TipLine) =>
        `<div class="tip-line"><span>${text(name)}</span><b>${text(value)}</b></div>`;
    return `<div class="tip"><b>${text(heading)}</b>${says ? `<div class="tip-says">${text(says)}</div>` : ""}${lines.map(row).join("")}</div>`;
}
