// A story of the audit as a picture: processes as lanes, a bar from the asking to the answer; below it the same in words.
import type { LoadStory, LoadStoryOperation } from "../../../generated/record";
import { chart } from "../../ui/chart";
import { h } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { none, span, whole } from "../../ui/numbers";
import { plainText, saidParts } from "../../ui/said";
import { storyAxis } from "./story_axis";
import { operationWords, storySentence } from "./story_words";
import { axisWords } from "../../ui/axes";

const words = both(
    {
        story: "Story {n}",
        process: "process {n}",
        more: "and {n} more",
        asked: "asked",
        answered: "answered",
        took: "took",
        who: "process",
        what: "what",
        answer: "answer",
        key: "A bar lasts from the asking to the answer: where bars overlap, either may have come first. Its number is that of the line below.",
        applied: "applied",
        refused: "refused",
        unknown: "no answer",
        original: "As the audit tells it:",
    },
    {
        story: "Historia {n}",
        process: "proces {n}",
        more: "i jeszcze {n}",
        asked: "zapytano",
        answered: "odpowiedź",
        took: "trwało",
        who: "proces",
        what: "co",
        answer: "wynik",
        key: "Pasek trwa od zapytania do odpowiedzi: gdzie paski się nakładają, każdy mógł być pierwszy. Jego numer to numer wiersza poniżej.",
        applied: "wykonano",
        refused: "odmowa",
        unknown: "bez odpowiedzi",
        original: "Tak, po angielsku, opowiada to audyt:",
    },
);

type Fate = "applied" | "refused" | "unknown";
const fateOf = (operation: LoadStoryOperation): Fate =>
    operation.answer === "applied" || operation.kind === "read"
        ? "applied"
        : operation.answer === "unknown" || operation.answered_s < 0
          ? "unknown"
          : "refused";

const lane = 26,
    top = 26; // px
const moment = (seconds: number): string => `+${seconds.toFixed(6)} s`;

interface Drawing {
    // what ECharts hands to a custom series, as far as it is used here
    value: (dimension: number) => number;
    coord: (point: number[]) => number[];
}

// A bar with the operation's number behind it. Refused ones are hollow, unanswered ones are dashed: not told by colour alone.
function bar(operations: LoadStoryOperation[], colours: Look) {
    const colour: Record<Fate, string> = { applied: colours.calm, refused: colours.soft, unknown: colours.bad };
    return (_: unknown, api: Drawing): object => {
        const n = api.value(3),
            fate = fateOf(operations[n]);
        const [from, y] = api.coord([api.value(0), api.value(2)]),
            [until] = api.coord([api.value(1), api.value(2)]);
        return {
            type: "group",
            children: [
                {
                    type: "rect",
                    shape: { x: from, y: y - 6, width: Math.max(until - from, 3), height: 12, r: 2 },
                    style: {
                        fill: fate === "applied" ? colour.applied : "transparent",
                        stroke: colour[fate],
                        lineWidth: 1.5,
                        lineDash: fate === "unknown" ? [4, 3] : null,
                    },
                },
                {
                    type: "text",
                    x: Math.max(until, from + 3) + 4,
                    y,
                    style: {
                        text: String(n + 1),
                        fill: colours.ink,
                        fontSize: 11,
                        fontWeight: 600,
                        fontFamily: colours.font,
                        verticalAlign: "middle",
                    },
                },
            ],
        };
    };
}

function option(operations: LoadStoryOperation[], lanes: number[], colours: Look): Option {
    const axis = storyAxis(operations),
        w = words();
    const cuts = axis.cuts.map((cut) => ({
        xAxis: cut.at,
        label: { formatter: `⋯ ${span(cut.left_out_s)}`, color: colours.soft, fontSize: 11 },
    }));
    const starts = axis.starts.map((start) => ({
        xAxis: start.at,
        label: {
            formatter: moment(start.seconds),
            position: "start",
            align: "left",
            color: colours.soft,
            fontSize: 11,
        },
        lineStyle: { color: colours.rule },
    }));
    return {
        grid: { left: 92, right: 28, top, height: lanes.length * lane },
        xAxis: { type: "value", min: 0, max: axis.length, show: false },
        yAxis: {
            type: "category",
            data: lanes.map((process) => fill(w.process, { n: String(process) })),
            inverse: true,
            axisTick: { show: false },
            axisLine: { lineStyle: { color: colours.rule } },
            axisLabel: { color: colours.ink, fontSize: 11.5, interval: 0 },
            splitLine: { show: true, lineStyle: { color: colours.grid } },
        },
        series: [
            {
                type: "custom",
                name: w.what,
                renderItem: bar(operations, colours),
                encode: { x: [0, 1], y: 2 },
                clip: false,
                silent: true,
                data: operations.map((one, n) => [
                    axis.place(one.invoked_s),
                    one.answered_s < 0 ? axis.open_end : axis.place(one.answered_s),
                    lanes.indexOf(one.process),
                    n,
                ]),
                markLine: {
                    silent: true,
                    symbol: "none",
                    precision: 9,
                    lineStyle: { color: colours.soft, type: "dashed" },
                    data: [...cuts, ...starts],
                },
            },
        ],
    };
}

function lines(story: LoadStory): HTMLElement {
    const took = (one: LoadStoryOperation) =>
        one.answered_s < 0 ? words().unknown : span(one.answered_s - one.invoked_s);
    return h(
        "ol",
        { class: "story-lines" },
        story.operations.map((one) =>
            h(
                "li",
                {},
                h("span", { class: "when" }, `${moment(one.invoked_s)}, ${took(one)}`),
                " ",
                saidParts(operationWords(one)),
            ),
        ),
        story.left_out > 0 ? h("li", { class: "more" }, fill(words().more, { n: whole(story.left_out) })) : null,
    );
}

export function storyFigure(story: LoadStory | string, n: number): HTMLElement {
    const w = words(),
        title = fill(w.story, { n: String(n + 1) });
    if (typeof story === "string")
        return h(
            "div",
            { class: "story" },
            h("h4", {}, title),
            h("p", { class: "note" }, words().original),
            h("pre", { lang: "en" }, story),
        );
    const { operations } = story,
        sentence = storySentence(story),
        lanes = [...new Set(operations.map(({ process }) => process))];
    const fates: Record<Fate, string> = { applied: w.applied, refused: w.refused, unknown: w.unknown };
    const drawn =
        operations.length === 0
            ? null
            : chart(
                  {
                      id: `live-story-${n + 1}`,
                      axes: { y: axisWords().process },
                      title: `${title}${story.check ? ` · ${story.check}` : ""}`,
                      says: w.key,
                      height: top + lanes.length * lane + 24,
                      describes: `${title}: ${plainText(sentence)}`,
                      option: (colours) => option(operations, lanes, colours),
                      table: () => ({
                          caption: plainText(sentence),
                          columns: [
                              { title: w.asked, kind: "text" },
                              { title: w.answered, kind: "text" },
                              { title: w.took },
                              { title: w.who },
                              { title: w.what, kind: "text" },
                              { title: w.answer, kind: "text" },
                          ],
                          rows: operations.map((one) => [
                              moment(one.invoked_s),
                              one.answered_s < 0 ? none : moment(one.answered_s),
                              one.answered_s < 0 ? none : span(one.answered_s - one.invoked_s),
                              whole(one.process),
                              h("span", {}, saidParts(operationWords(one))),
                              `${fates[fateOf(one)]} (${one.answer})`,
                          ]),
                      }),
                  },
                  lines(story),
              );
    return h("div", { class: "story" }, h("p", {}, h("b", {}, saidParts(sentence))), drawn);
}
