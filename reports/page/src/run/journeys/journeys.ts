// Journeys: which channels shoppers used one after the other, how far they came, and who bought.
import type { RunRecord } from "../../../generated/record";
import { chart, narrow, refresh } from "../../ui/chart";
import { choice } from "../../ui/choice";
import { figure, h, type Child } from "../../ui/dom";
import { fill } from "../../ui/language";
import { percent, whole } from "../../ui/numbers";
import { card, cards, type Section } from "../../ui/section";
import type { Table } from "../../ui/table";
import { funnelChart } from "./funnel";
import { kindsChart } from "./kinds";
import { layersAt, pathsSankey, sankeyOption, switchesSankey, type Whose } from "./paths";
import { matrixChart } from "./switches";
import { words } from "./words";

function figures(record: RunRecord): HTMLElement {
    const w = words(),
        k = record.kpi;
    const rate = (name: "conversion" | "cross_channel_conversion" | "channel_integration_rate" | "ropo_ratio") =>
        figure(`kpi.${name}`, k[name], percent(k[name]));
    return cards(
        card(w.conversion, rate("conversion"), w.conversionNote),
        card(w.cross, rate("cross_channel_conversion"), w.crossNote),
        card(w.integration, rate("channel_integration_rate"), w.integrationNote),
        card(w.ropo, rate("ropo_ratio"), w.ropoNote),
        card(
            w.lostCarts,
            figure("kpi.carts_lost_by_switch", k.carts_lost_by_switch, whole(k.carts_lost_by_switch)),
            w.lostCartsNote,
        ),
    );
}

function pathsTable(record: RunRecord): Table {
    const w = words(),
        rest = record.other_paths;
    return {
        caption: w.paths,
        columns: [{ title: w.path, kind: "text" }, { title: w.shoppers }, { title: w.buyers }, { title: w.rate }],
        rows: [
            ...record.paths.map((path, i): Child[] => [
                path.channels.join(" → "),
                figure(`paths.${i}.shoppers`, path.shoppers, whole(path.shoppers)),
                figure(`paths.${i}.buyers`, path.buyers, whole(path.buyers)),
                percent(path.buyers / Math.max(1, path.shoppers)),
            ]),
            ...(rest.shoppers > 0
                ? [
                      [
                          w.other,
                          figure("other_paths.shoppers", rest.shoppers, whole(rest.shoppers)),
                          figure("other_paths.buyers", rest.buyers, whole(rest.buyers)),
                          percent(rest.buyers / rest.shoppers),
                      ],
                  ]
                : []),
        ],
    };
}

const countOf = (record: RunRecord, of: (channels: number) => boolean) =>
    record.paths
        .filter((path) => of(path.channels.length))
        .reduce((sum, path) => ({ shoppers: sum.shoppers + path.shoppers, buyers: sum.buyers + path.buyers }), {
            shoppers: 0,
            buyers: 0,
        });

const height = (width: number): number => (width < narrow ? 420 : 460);

// Where nearly all shoppers keep to one channel, those who do hide the others: they are left out until asked for.
function pathsChart(record: RunRecord): Child[] {
    const w = words(),
        single = countOf(record, (n) => n < 2),
        several = countOf(record, (n) => n > 1),
        all = single.shoppers + several.shoppers + record.other_paths.shoppers;
    if (several.shoppers === 0) return [h("p", { class: "says" }, w.nothing)];
    let whose: Whose = "switched";
    const says = fill(w.single, {
        n: whole(single.shoppers),
        share: percent(single.shoppers / all),
        bought: percent(single.buyers / Math.max(1, single.shoppers)),
    });
    const note = h("p", { class: "colour-keys" }, says);
    const choose = (value: Whose): void => {
        whose = value;
        note.textContent = value === "all" ? "" : says;
        refresh("paths");
    };
    const deepest = Math.max(...record.paths.map((path) => path.channels.length));
    return [
        chart(
            {
                id: "paths",
                title: w.paths,
                says:
                    deepest > layersAt(Infinity)
                        ? `${w.pathsSays} ${fill(w.depth, { n: String(layersAt(Infinity)) })}`
                        : w.pathsSays,
                height,
                describes: `${w.paths}: ${w.switched} ${whole(several.shoppers)}, ${w.rate} ${percent(several.buyers / several.shoppers)}. ${says}`,
                option: (colours, width) =>
                    sankeyOption(record, pathsSankey(record, whose, layersAt(width)), colours, width),
                table: () => pathsTable(record),
            },
            note,
            h(
                "div",
                { class: "chosen" },
                choice(
                    w.whose,
                    [
                        { value: "switched", name: w.switched },
                        { value: "bought", name: w.bought },
                        { value: "all", name: w.all },
                    ],
                    whose,
                    choose,
                ),
            ),
        ),
    ];
}

function switchesChart(record: RunRecord): Child[] {
    const w = words(),
        count = record.switches.reduce((n, one) => n + one.count, 0);
    if (count === 0) return [h("p", { class: "says" }, w.nothing)];
    return [
        chart({
            id: "paths",
            title: w.paths,
            says: w.fallback,
            height,
            describes: `${w.matrix}: ${whole(count)}`,
            option: (colours, width) => sankeyOption(record, switchesSankey(record), colours, width),
            table: () => ({
                caption: w.matrix,
                columns: [{ title: w.from, kind: "text" }, { title: w.to, kind: "text" }, { title: w.count }],
                rows: record.switches.map((one) => [one.from, one.to, whole(one.count)]),
            }),
        }),
    ];
}

export function journeysSection(record: RunRecord): Section | null {
    const w = words();
    if (record.funnel.arrived === 0) return null;
    const matrix = matrixChart(record),
        kinds = kindsChart(record);
    return {
        id: "journeys",
        title: w.title,
        says: w.says,
        content: [
            figures(record),
            ...(record.paths.length > 0 ? pathsChart(record) : switchesChart(record)),
            h("div", { class: "grid-2" }, matrix && chart(matrix), kinds && chart(kinds)),
            chart(funnelChart(record)),
        ],
    };
}
