// What of the day is in sight.
import type { RunRecord } from "../../../generated/record";
import { panelsOf, type Panel, type PanelId } from "./panels";
import { stepsInBin, type Window } from "./time";

export interface View {
    shown: PanelId[];
    edges: string[];
    window: Window; // in sight
}

export const shownPanels = (record: RunRecord, view: View): Panel[] => {
    const all = new Map(panelsOf(record, view.edges).map((panel) => [panel.id, panel]));
    return view.shown.map((id) => all.get(id)).filter((panel): panel is Panel => panel !== undefined);
};

export const groupOf = (panel: Panel, view: View): number =>
    stepsInBin(panel.step_s, view.window.until - view.window.from);
