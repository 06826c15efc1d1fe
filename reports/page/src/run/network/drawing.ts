// The map: land, flows of parcels, places, nodes.
import type { RunRecord } from "../../../generated/record";
import { tooltip } from "../../ui/chart";
import { echarts, type Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { whole } from "../../ui/numbers";
import { tip } from "../../ui/tip";
import { flowsSeries } from "./flows";
import { geoJson, ratioOf, type Geography } from "./geography";
import { nodesSeries } from "./nodes";
import type { Shown } from "./state";
import { limitText, shadeSays, sizeSays, words } from "./words";

function placesSeries(record: RunRecord, g: Geography, colours: Look): Option {
    const data = record.places.flatMap((place) => {
        const point = g.places.get(place.name);
        return point
            ? [
                  {
                      name: place.name,
                      value: point,
                      tip: () => tip(place.name, [[words().placeOrders, whole(place.orders)]], words().place),
                  },
              ]
            : [];
    });
    return {
        type: "scatter",
        id: "places",
        coordinateSystem: "geo",
        z: 1,
        data,
        symbolSize: 4,
        itemStyle: { color: colours.soft, opacity: 0.8 },
        tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
    };
}

// Beside the land, where there is room: a picture that is wider than the page's map has no legend below it.
const besideFrom = 230; // px
function legendBeside(shown: Shown, colours: Look, room: number): Option[] {
    if (room < besideFrom) return [];
    const line = (y: number, x: number, of: string) => ({
        type: "text",
        left: x,
        top: y,
        z: 20,
        silent: true,
        style: {
            text: of,
            fill: colours.soft,
            font: `12.5px ${colours.font}`,
            width: 200,
            overflow: "break",
            lineHeight: 17,
        },
    });
    const keys = colours.ramp.flatMap((colour, i) => [
        {
            type: "rect",
            z: 20,
            left: 14,
            top: 102 + 22 * i,
            silent: true,
            shape: { width: 16, height: 11 },
            style: { fill: colour, stroke: colours.soft },
        },
        line(100 + 22 * i, 38, limitText(shown.measure, i)),
    ]);
    const paper = {
        type: "rect",
        z: 20,
        left: 4,
        top: 4,
        silent: true,
        shape: { width: 216, height: 238, r: 6 },
        style: { fill: colours.paper, opacity: 0.85 },
    };
    return [
        paper,
        line(14, 14, sizeSays(shown.measure)),
        line(56, 14, shadeSays(shown.measure)),
        ...keys,
        line(220, 14, words().squares),
    ];
}

const lowest = 280,
    highest = 720; // px
export const mapHeight = (g: Geography, width: number): number =>
    Math.min(highest, Math.max(lowest, width * ratioOf(g)));
// As large as fits, in its own proportions.
function landAt(g: Geography, width: number): { width: number; height: number } {
    const height = mapHeight(g, width),
        wide = Math.min(width, height / ratioOf(g));
    return { width: wide, height: wide * ratioOf(g) };
}

// Under one name for all maps of a page: a later one replaces the one before.
let registered: Geography | null = null;
function register(g: Geography): void {
    if (registered === g) return;
    echarts.registerMap("land", geoJson(g) as Parameters<typeof echarts.registerMap>[1]);
    registered = g;
}

export function networkOption(record: RunRecord, g: Geography, shown: Shown, colours: Look, width: number): Option {
    register(g);
    const land = landAt(g, width);
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        graphic: legendBeside(shown, colours, width - land.width),
        geo: {
            map: "land",
            roam: shown.zoom > 1 ? "move" : false,
            zoom: shown.zoom,
            center: shown.centre ?? undefined,
            aspectScale: g.squeeze,
            silent: true,
            boundingCoords: [
                [g.west, g.north],
                [g.east, g.south],
            ],
            left: width - land.width,
            top: 0,
            ...land,
            label: { show: false },
            itemStyle: { areaColor: colours.sheet, borderColor: colours.rule, borderWidth: 1 },
            regions: g.countries
                .filter((one) => one.home)
                .map((one) => ({
                    name: one.name,
                    itemStyle: { areaColor: colours.grid, borderColor: colours.soft, borderWidth: 1 },
                })),
        },
        series: [
            ...flowsSeries(record, g, shown, colours),
            placesSeries(record, g, colours),
            nodesSeries(record, g, shown, colours, width),
        ],
    };
}
