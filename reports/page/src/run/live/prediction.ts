// What the simulator foretold of the same schedule, beside what was measured.
import type { LoadPrediction, PredictedFigure } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both } from "../../ui/language";
import { decimal, none, percent, rough, short, span, whole } from "../../ui/numbers";
import { table } from "../../ui/table";
import { latency } from "./latency";

const words = both(
    {
        title: "Predicted beside measured",
        says: "The simulation of the same schedule, with service times measured at low load: a large gap is something that the model does not know of this back end.",
        figure: "figure",
        predicted: "predicted",
        measured: "measured",
        gap: "gap",
        none: "none",
        ratio: "predicted above, measured below",
        pp: "pp",
        left: "of it",
        calibration: "Service times that the prediction was made with",
        operation: "operation",
        samples: "samples",
        mean: "mean",
        busy: "each, when busy",
    },
    {
        title: "Prognoza i pomiar",
        says: "Symulacja tego samego planu, z czasami obsługi zmierzonymi przy małym obciążeniu: duża różnica to coś, czego model o tym systemie nie wie.",
        figure: "wielkość",
        predicted: "prognoza",
        measured: "pomiar",
        gap: "różnica",
        none: "brak",
        ratio: "u góry prognoza, u dołu pomiar",
        pp: "p.p.",
        left: "prognozy",
        calibration: "Czasy obsługi, z którymi powstała prognoza",
        operation: "operacja",
        samples: "próbki",
        mean: "średnia",
        busy: "każda, pod pełnym obciążeniem",
    },
);

// In the figure's unit, with it.
function amount(unit: string, value: number): string {
    if (!Number.isFinite(value)) return none;
    if (unit === "share") return percent(value);
    if (unit === "ms") return latency(value / 1000);
    if (unit === "s") return span(value);
    if (unit === "1/s") return `${short(value)}/s`;
    return Number.isInteger(value) || Math.abs(value) >= 100 ? whole(value) : decimal(value);
}

// "+12 (+3.0 %)", "none"
function gapText(of: PredictedFigure): string {
    const gap = of.measured - of.predicted;
    if (!Number.isFinite(gap)) return none;
    if (gap === 0) return words().none;
    const sign = gap < 0 ? "−" : "+";
    const text =
        sign + (of.unit === "share" ? `${decimal(Math.abs(gap) * 100)} ${words().pp}` : amount(of.unit, Math.abs(gap)));
    if (of.predicted === 0 || of.unit === "share") return text;
    const ratio = gap / Math.abs(of.predicted);
    // "+13,998 %" is read by nobody.
    if (ratio >= 1 && of.predicted > 0) return `${text} (× ${rough(ratio + 1)})`;
    // Of 30,867 that became one: "−100 %" would be wrong, "−>99.99 %" is unreadable.
    if (ratio < -0.9995 && ratio > -1) return `${text} (${percent(1 + ratio)} ${words().left})`;
    return `${text} (${sign}${percent(Math.abs(ratio))})`;
}

// Both of one figure, the larger as long as the cell.
function bars(of: PredictedFigure): HTMLElement {
    const most = Math.max(Math.abs(of.predicted), Math.abs(of.measured), 1e-300);
    const bar = (tone: string, value: number) =>
        h("i", { class: tone, style: `width:${((Math.abs(value) / most) * 100).toFixed(1)}%` });
    return h("span", { class: "pair", "aria-hidden": "true" }, bar("calm", of.predicted), bar("warm", of.measured));
}

function calibration(prediction: LoadPrediction): Child {
    const w = words(),
        ms = (value: number) => (value > 0 ? latency(value / 1000) : none);
    if (prediction.calibration.length === 0) return null;
    return h(
        "details",
        {},
        h("summary", {}, w.calibration),
        table({
            caption: w.calibration,
            columns: [
                { title: w.operation, kind: "text" },
                { title: w.samples },
                { title: w.mean },
                { title: "p50" },
                { title: "p99" },
                { title: w.busy },
            ],
            rows: prediction.calibration.map((one) => [
                one.kind,
                whole(one.samples),
                ms(one.mean_ms),
                ms(one.p50_ms),
                ms(one.p99_ms),
                ms(one.busy_ms),
            ]),
        }),
    );
}

export function predictionPart(prediction: LoadPrediction): Child[] {
    const w = words();
    const value = (i: number, field: "predicted" | "measured") => {
        const one = prediction.figures[i];
        return figure(`load.prediction.figures.${i}.${field}`, one[field], amount(one.unit, one[field]));
    };
    return [
        h("h3", { class: "part" }, w.title),
        h("p", { class: "says" }, w.says),
        table({
            caption: w.title,
            columns: [
                { title: w.figure, kind: "text" },
                { title: w.predicted },
                { title: w.measured },
                { title: w.ratio, kind: "text" },
                { title: w.gap },
            ],
            rows: prediction.figures.map((one, i) => [
                one.name,
                value(i, "predicted"),
                value(i, "measured"),
                bars(one),
                gapText(one),
            ]),
        }),
        calibration(prediction),
    ];
}
