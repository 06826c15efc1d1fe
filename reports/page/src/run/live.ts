// A live run: whether the schedule was held, what shoppers waited, what broke, what the audit proves, what the simulator had foretold.
import type { LoadReport, RunRecord } from "../../generated/record";
import { figure, h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import { short, span, whole } from "../ui/numbers";
import { card, cards, type Section } from "../ui/section";
import { byOperation, faults, hiddenByServiceTime, quantiles, refusals } from "./live/answers";
import { auditPart } from "./live/audit";
import { booksPart } from "./live/books";
import { histograms } from "./live/histograms";
import { overTime } from "./live/over_time";
import { percentiles } from "./live/percentiles";
import { predictionPart } from "./live/prediction";
import { cpuCard, stepsPart } from "./live/steps";

const words = both(
    {
        title: "Live run",
        says: "Played against {target} at {speed}×: see first whether the load was held, then what a shopper waited, then what the audit proves.",
        valid: "VALID",
        validText: "every operation was sent when the schedule had it",
        invalid: "INVALID",
        invalidText: "the load was not that of the schedule: rates and times say nothing about the system",
        refutedStands: "; what the audit refuted stands all the same",
        intended: "Rate intended",
        peak: "busiest second {rate}",
        held: "Rate held",
        heldNote: "answered, over {span}",
        operations: "Operations",
        split: "{applied} applied, {refused} refused, {unknown} unknown",
        attempts: "Attempts",
        attemptsNote: "{overloaded} sent away unseen, {unanswered} without an answer",
        resolved: "Unknown, then known",
        resolvedNote: "asked for again under the same key",
        flight: "In flight, peak",
        flightNote: "operations at one time",
        capacity: "Generator’s own limit",
        capacityNote: "most that it could have sent",
        generators: "Generators",
        shard: "Shard",
        shardNote: "of {n} that shared the load",
        shared: "shared the load",
    },
    {
        title: "Przebieg na żywo",
        says: "Odtworzono wobec {target} z prędkością {speed}×: zobacz najpierw, czy utrzymano obciążenie, potem, ile czekał klient, a na końcu, czego dowodzi audyt.",
        valid: "WAŻNE",
        validText: "każdą operację wysłano wtedy, kiedy przewidywał plan",
        invalid: "NIEWAŻNE",
        invalidText: "obciążenie nie było takie jak w planie: tempo i czasy nic nie mówią o systemie",
        refutedStands: "; to, co obalił audyt, pozostaje obalone",
        intended: "Tempo zamierzone",
        peak: "najbardziej obciążona sekunda {rate}",
        held: "Tempo utrzymane",
        heldNote: "z odpowiedzią, przez {span}",
        operations: "Operacje",
        split: "wykonane {applied}, odmowy {refused}, nieznane {unknown}",
        attempts: "Próby",
        attemptsNote: "odesłane bez rozpatrzenia {overloaded}, bez odpowiedzi {unanswered}",
        resolved: "Nieznane, potem znane",
        resolvedNote: "zapytano ponownie tym samym kluczem",
        flight: "W toku, szczyt",
        flightNote: "operacji jednocześnie",
        capacity: "Granica generatora",
        capacityNote: "najwięcej, ile mógłby wysłać",
        generators: "Generatory",
        shard: "Część",
        shardNote: "z {n} dzielących obciążenie",
        shared: "dzieliły obciążenie",
    },
);

const targetText = (load: LoadReport): string =>
    [load.target, load.mode !== "" && !load.target.includes(`mode=${load.mode}`) ? load.mode : "", load.system]
        .filter((part) => part !== "")
        .join(", ");

function validity(load: LoadReport): Child {
    const w = words();
    if (load.invalid.length === 0) return h("p", { class: "verdict good" }, `✓ ${w.valid}: ${w.validText}`);
    return [
        h(
            "p",
            { class: "verdict bad" },
            `✗ ${w.invalid}: ${w.invalidText}${load.audit?.verdict === "refuted" ? w.refutedStands : ""}`,
        ),
        h(
            "ul",
            { class: "reasons", lang: "en" },
            load.invalid.map((why) => h("li", {}, why)),
        ),
    ];
}

function figures(load: LoadReport): HTMLElement {
    const w = words();
    const rate = (field: "rate_intended" | "rate_held" | "dispatch_capacity") =>
        figure(`load.${field}`, load[field], `${short(load[field])}/s`);
    const count = (field: "intended" | "attempts" | "resolved" | "in_flight_peak" | "shard" | "shards") =>
        figure(`load.${field}`, load[field], whole(load[field]));
    return cards(
        card(w.intended, rate("rate_intended"), fill(w.peak, { rate: `${short(load.rate_intended_peak)}/s` })),
        card(w.held, rate("rate_held"), fill(w.heldNote, { span: span(load.span_s) })),
        card(
            w.operations,
            count("intended"),
            fill(w.split, { applied: whole(load.applied), refused: whole(load.refused), unknown: whole(load.unknown) }),
        ),
        card(
            w.attempts,
            count("attempts"),
            fill(w.attemptsNote, { overloaded: whole(load.overloaded), unanswered: whole(load.no_answer) }),
        ),
        card(w.resolved, count("resolved"), w.resolvedNote),
        card(w.flight, count("in_flight_peak"), w.flightNote),
        ...(load.dispatch_capacity > 0 ? [card(w.capacity, rate("dispatch_capacity"), w.capacityNote)] : []),
        cpuCard(load),
        ...(load.shards <= 1
            ? []
            : [
                  load.shard > 0
                      ? card(w.shard, count("shard"), fill(w.shardNote, { n: whole(load.shards) }))
                      : card(w.generators, count("shards"), w.shared),
              ]),
    );
}

export function liveSection(record: RunRecord): Section | null {
    const load = record.load,
        w = words();
    if (!load) return null;
    const hidden = hiddenByServiceTime(load);
    return {
        id: "live",
        title: w.title,
        says: fill(w.says, { target: targetText(load), speed: short(load.speed) }),
        content: [
            validity(load),
            figures(load),
            stepsPart(load),
            overTime(load),
            faults(load),
            histograms(load),
            quantiles(load),
            hidden ? h("p", { class: "says remark" }, hidden) : null,
            percentiles(load),
            byOperation(load),
            refusals(load),
            load.audit ? auditPart(load.audit, load.shop_books) : null,
            booksPart(load),
            load.prediction ? predictionPart(load.prediction) : null,
        ],
    };
}
