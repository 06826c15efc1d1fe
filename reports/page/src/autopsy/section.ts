// The section with the autopsies of a run, and the way to it from a table of SKUs.
import type { Autopsy, RunRecord } from "../../generated/record";
import { h } from "../ui/dom";
import { both } from "../ui/language";
import type { Section } from "../ui/section";
import { addPicture } from "../ui/pictures";
import { pictureName, standing } from "./standing";
import { AutopsyView } from "./view";

const words = both(
    {
        title: "Autopsies",
        says: "Follow the numbers on the lifelines: where a channel shows more than is on the shelf (hatched), a shopper can buy what is not there.",
        none: "No event log was kept for this page, so it cannot say how it happened; lastunit run --html keeps one.",
    },
    {
        title: "Analiza przypadków",
        says: "Śledź liczby na liniach życia: tam, gdzie kanał pokazuje więcej, niż leży na półce (kreskowanie), klient może kupić to, czego nie ma.",
        none: "Dla tego raportu nie zachowano dziennika zdarzeń, więc nie powie, jak do tego doszło; zachowuje go lastunit run --html.",
    },
);

let shown: { view: AutopsyView; autopsies: Autopsy[] } | null = null;

export function openAutopsy(sku: string): void {
    const index = shown?.autopsies.findIndex((one) => one.line.sku === sku) ?? -1;
    if (!shown || index < 0) return;
    shown.view.show(index);
    document.getElementById("autopsy")?.scrollIntoView({ block: "start" });
    document.getElementById("autopsy-select")?.focus({ preventScroll: true });
}

export function autopsyContent(autopsies: Autopsy[]): HTMLElement {
    for (const one of autopsies)
        addPicture({ id: pictureName(one), of: one.line.sku, svg: (colours) => standing(one, colours) });
    shown = { view: new AutopsyView(autopsies), autopsies };
    return shown.view.element;
}

export function autopsySection(record: RunRecord, autopsies: Autopsy[]): Section | null {
    const w = words();
    if (record.kpi.oversold_units === 0) return null;
    if (autopsies.length === 0)
        return { id: "autopsy", title: w.title, says: "", content: [h("p", { class: "sum" }, w.none)] };
    return { id: "autopsy", title: w.title, says: w.says, content: [autopsyContent(autopsies)] };
}
