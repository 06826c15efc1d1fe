// The names of panels and of their lines.
import { both } from "../../ui/language";
import type { Look } from "../../ui/look";
import { span } from "../../ui/numbers";
import { textWidth } from "../../ui/text_width";
import type { Panel } from "./panels";

const words = both({ per: "per {bin}" }, { per: "na {bin}" });

const unitOf = (panel: Panel, group: number): string =>
    panel.merge === "sum"
        ? `${panel.unit} ${words().per.replace("{bin}", span(group * panel.step_s))}`.trim()
        : panel.unit;

export const titleOf = (look: Look, panel: Panel, group: number, top: number): object => {
    const unit = unitOf(panel, group);
    return {
        left: 0,
        top,
        padding: 0,
        text: unit ? `{name|${panel.title}}  {unit|${unit}}` : `{name|${panel.title}}`,
        textStyle: {
            rich: {
                name: { color: look.ink, fontSize: 12.5, fontWeight: 650, fontFamily: look.font },
                unit: { color: look.soft, fontSize: 11.5, fontWeight: 400, fontFamily: look.font },
            },
        },
    };
};

// Names of a panel's lines, to the right of its title where there is room; else the page has them above the chart.
const letter = 6.2; // px
const titleRoom = (panel: Panel): number =>
    Math.max(280, 24 + textWidth(panel.title, 12.5, "bold") + textWidth(`  ${unitOf(panel, 1)}`, 11.5));
export const namesOf = (panel: Panel): string[] => panel.lines.map((line) => line.name).filter(Boolean);
export const namesFit = (panel: Panel, width: number): boolean =>
    namesOf(panel).reduce((px, name) => px + name.length * letter + 36, 0) < width - titleRoom(panel);

export const legendOf = (look: Look, panel: Panel, top: number): object => ({
    data: namesOf(panel),
    top: top + 2,
    right: 20,
    left: titleRoom(panel),
    align: "left",
    selectedMode: false,
    itemWidth: 20,
    itemHeight: 8,
    itemGap: 12,
    padding: 0,
    textStyle: { color: look.soft, fontSize: 11.5, fontFamily: look.font },
    lineStyle: { width: 2 },
});
