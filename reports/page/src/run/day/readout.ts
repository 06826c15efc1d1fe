// What all panels say at one instant.
import type { RunRecord } from "../../../generated/record";
import { h } from "../../ui/dom";
import type { Look } from "../../ui/look";
import { dropSpans, faultSpans } from "./faults";
import { strokeOf } from "./lines";
import { groupOf, shownPanels, type View } from "./view";
import type { Line, Panel } from "./panels";
import { binned, endText, timeText, wholeDay } from "./time";

// Of the bin that holds the instant.
export function valueAt(panel: Panel, line: Line, view: View, from: number, at: number): number | null {
    const group = groupOf(panel, view),
        bin = Math.floor((at - from) / (group * panel.step_s));
    const first = Math.min(Math.max(bin, 0), Math.ceil(line.values.length / group) - 1) * group;
    return binned(line.values.slice(first, first + group), group, panel.merge)[0] ?? null;
}

function rowOf(look: Look, panel: Panel, line: Line, value: number | null): HTMLElement {
    const stroke = strokeOf(look, panel, line);
    return h(
        "tr",
        {},
        h(
            "td",
            {},
            h("i", {
                style: `display:inline-block;width:14px;border-top:3px ${stroke.type} ${stroke.color};vertical-align:middle;margin-right:6px`,
            }),
            line.name ? `${panel.title}: ${line.name}` : panel.title,
        ),
        h("td", { style: "text-align:right;padding-left:14px;font-weight:650" }, panel.text(value)),
    );
}

export function readOut(record: RunRecord, look: Look, view: View, at: number): HTMLElement {
    const day = wholeDay(record),
        step = record.series.step_s,
        panels = shownPanels(record, view);
    const bin = Math.max(...panels.map((panel) => groupOf(panel, view) * panel.step_s), step);
    const from = day.from + Math.floor((Math.min(at, day.until - 1e-6) - day.from) / bin) * bin,
        unit = bin < 60 ? 1 : 60;
    const broken = [
        ...new Set(
            faultSpans(record)
                .filter((one) => one.from <= at && at < one.until)
                .map((one) => one.name),
        ),
    ];
    const drops = dropSpans(record)
        .filter((one) => one.from <= at && at < one.until)
        .map((one) => one.name);
    return h(
        "div",
        { class: "readout" },
        h("b", {}, `${timeText(from, unit)} – ${endText(Math.min(from + bin, day.until), unit)}`),
        drops.length > 0 ? h("div", { style: `color:${look.calm}` }, drops.join(", ")) : null,
        broken.length > 0 ? h("div", { style: `color:${look.bad}` }, broken.join(", ")) : null,
        h(
            "table",
            {},
            h(
                "tbody",
                {},
                panels.flatMap((panel) =>
                    panel.lines.map((line) => rowOf(look, panel, line, valueAt(panel, line, view, day.from, at))),
                ),
            ),
        ),
    );
}
