// Each finding's story: the requests of two shoppers who cannot both be right, side by side.
import { chart } from "../ui/chart";
import { h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { none, span, whole } from "../ui/numbers";
import { saidParts, type Said } from "../ui/said";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { byRun } from "./by_run";
import { disagreementText } from "./disagreement_words";
import type { Finding, FindingKind, Race, RaceRun, RaceShopper } from "./document";
import { findingText, headlineText } from "./finding_words";
import { lanesOf, moment, statusText, storyHeight, storyOption, together, type Lane } from "./story_chart";
import { answerName, words } from "./words";

const own = both(
    {
        title: "The proof",
        says: "Read each story from the top: what a shopper asked for, when, and what the shop answered; the last bar is what the shopper was told.",
        key: "A bar lasts from the sending of a request to its answer: full where it was accepted, hollow where it was refused, dashed without an answer.",
        together: "Both “{step}” requests were under way at the same time for {span} (shaded).",
        involved: "{n} {shoppers} involved:",
        shoppers: forms("shopper", "shoppers"),
        more: "and {n} more",
        messages: "Requests and answers",
        sent: "sent",
        took: "took",
        why: "decided by",
        request: "request",
        response: "response",
        who: "shopper",
        none: "Nothing disagreed in this run.",
        noStory: "No single pair of shoppers tells this story: it is a sum that does not close.",
        cut: "{n} further requests are in the JSON.",
    },
    {
        title: "Dowód",
        says: "Każdą historię czyta się od góry: o co klient prosił, kiedy i co sklep odpowiedział; ostatni pasek to to, co klient usłyszał.",
        key: "Pasek trwa od wysłania żądania do odpowiedzi: pełny, gdy je przyjęto, pusty, gdy odmówiono, przerywany bez odpowiedzi.",
        together: "Oba żądania „{step}” trwały jednocześnie przez {span} (pole zacienione).",
        involved: "Dotyczy {n} {shoppers}:",
        shoppers: formy("klienta", "klientów", "klientów"),
        more: "i jeszcze {n}",
        messages: "Żądania i odpowiedzi",
        sent: "wysłano",
        took: "trwało",
        why: "rozstrzygnęła",
        request: "żądanie",
        response: "odpowiedź",
        who: "klient",
        none: "W tym przebiegu nic się nie kłóciło.",
        noStory: "Nie opowie tego żadna para klientów: to suma, która się nie zgadza.",
        cut: "Dalsze żądania ({n}) są w pliku JSON.",
    },
);

const most = 24; // requests of a lane that are drawn

const mostNamed = 8; // shoppers; all are in the JSON

// What a story is told from, of a race or of a load.
export interface Told {
    id: string; // of its chart
    kind: FindingKind;
    title: string;
    sentence: Said | null; // null: the title says it
    involved: number[]; // the first of them
    inAll: number;
    tellers: RaceShopper[]; // whose requests are drawn
    step: string; // that decides
    twice?: Race["twice"];
    first: boolean; // of the page: the key stands there
}

function involved({ involved: all, inAll }: Told): HTMLElement {
    const w = own(),
        named = all.slice(0, mostNamed).map(String).join(", "),
        rest = inAll - Math.min(mostNamed, all.length);
    return h(
        "p",
        { class: "note" },
        `${fill(w.involved, { n: whole(inAll), shoppers: plural(inAll, w.shoppers) })} ${named}${rest > 0 ? ` ${fill(w.more, { n: whole(rest) })}` : ""}`,
    );
}

interface OnLane {
    lane: Lane;
    event: Lane["events"][number];
}
const byTime = (lanes: Lane[]): OnLane[] =>
    lanes
        .flatMap((lane) => lane.events.map((event) => ({ lane, event })))
        .sort((a, b) => a.event.sent_us - b.event.sent_us);
const took = ({ event }: OnLane): string =>
    event.answered_us === undefined ? none : span((event.answered_us - event.sent_us) / 1e6);

function messages(lanes: Lane[], caption: string): HTMLElement {
    const w = own(),
        code = (text: string) => h("code", { class: "message" }, text || none);
    const details = h("details", { class: "behind" }, h("summary", {}, w.messages));
    details.addEventListener("toggle", () => {
        if (!details.open || details.childElementCount > 1) return;
        details.append(
            table(
                {
                    caption: `${w.messages}: ${caption}`,
                    columns: [w.sent, w.who, words().step, w.request, w.response].map((title) => ({
                        title,
                        kind: "text" as const,
                    })),
                    rows: byTime(lanes).map(({ lane, event }) => [
                        moment(event.sent_us),
                        lane.name,
                        event.step,
                        code(event.request),
                        code(`${statusText(event)} ${event.response}`),
                    ]),
                },
                { class: "messages" },
            ),
        );
    });
    return details;
}

// The step that decided: of a submit that was sent twice, that one.
const decisive = (race: Race, finding: Finding): string =>
    finding.kind === "duplicate_order" && race.twice === "repeat_submit"
        ? (race.twice_step ?? race.promise)
        : race.promise;

function picture(all: Lane[], { id, kind, step, first }: Told): Child {
    const w = own(),
        lanes = all.map((lane) => ({ ...lane, events: lane.events.slice(-most) })),
        { name, proof, apart } = findingText(kind);
    const at = together(lanes, step),
        left = all.reduce((sum, lane) => sum + Math.max(0, lane.events.length - most), 0);
    const overlap =
        lanes.length < 2
            ? ""
            : at
              ? fill(w.together, { step, span: span((at[1] - at[0]) / 1e6) })
              : apart && lanes.every((lane) => lane.events.some((event) => event.step === step))
                ? fill(apart, { step })
                : "";
    const told = byTime(lanes).map(
        (one) =>
            `${one.lane.name}: ${one.event.step} ${statusText(one.event)} ${answerName(one.event.answer)}, ${moment(one.event.sent_us)}, ${took(one)}`,
    );
    return chart(
        {
            id,
            title: `${name}: ${lanes.map((lane) => lane.name).join(" · ")}`,
            says: [proof, overlap, first ? w.key : "", left > 0 ? fill(w.cut, { n: whole(left) }) : ""]
                .filter((one) => one)
                .join(" "),
            height: storyHeight(lanes),
            describes: `${name}. ${proof} ${overlap} ${told.join("; ")}`,
            option: (colours, width) => storyOption(lanes, step, colours, width),
            table: () => ({
                caption: name,
                columns: [
                    { title: w.sent, kind: "text" },
                    { title: w.who, kind: "text" },
                    { title: words().step, kind: "text" },
                    { title: w.took },
                    { title: words().status, kind: "text" },
                    { title: words().answer, kind: "text" },
                    { title: w.why, kind: "text" },
                ],
                rows: byTime(all).map((one) => [
                    moment(one.event.sent_us),
                    one.lane.name,
                    one.event.step,
                    took(one),
                    statusText(one.event),
                    answerName(one.event.answer),
                    one.event.why,
                ]),
            }),
        },
        messages(all, name),
    );
}

export const tellersOf = (numbers: number[], shoppers: RaceShopper[]): RaceShopper[] =>
    [...new Set(numbers)]
        .map((number) => shoppers.find((one) => one.number === number))
        .filter((one): one is RaceShopper => one !== undefined && one.events.length > 0);

export const story = (told: Told, ...more: Child[]): HTMLElement =>
    h(
        "article",
        { class: "race-story" },
        h("h3", {}, told.title),
        told.sentence ? h("p", { class: "note" }, saidParts(told.sentence)) : null,
        involved(told),
        ...more,
        told.tellers.length === 0
            ? h("p", { class: "note" }, own().noStory)
            : picture(lanesOf(told.tellers, told.twice), told),
    );

const raceStory = (race: Race, run: RaceRun, finding: Finding, n: number): HTMLElement =>
    story({
        id: `race-story-${n + 1}`,
        kind: finding.kind,
        title: headlineText(finding, run),
        sentence: finding.kind === "oversold" ? null : disagreementText(finding.sentence, finding.disagreement),
        involved: finding.shoppers,
        inAll: finding.shoppers.length,
        tellers: tellersOf(finding.side_by_side, run.shoppers),
        step: decisive(race, finding),
        twice: race.twice,
        first: n === 0,
    });

export function storiesSection(race: Race): Section | null {
    const w = own();
    if (race.runs.every((run) => run.findings.length === 0)) return null;
    return {
        id: "stories",
        title: w.title,
        says: w.says,
        content: byRun(race, (run) =>
            run.findings.length === 0
                ? [h("p", {}, w.none)]
                : run.findings.map((finding, n) => raceStory(race, run, finding, n)),
        ),
    };
}
