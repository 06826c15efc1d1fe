// A story of the audit in its parts: as the record has them, or read out of the text where an older record has no parts.
import type { LoadAudit, LoadStory, LoadStoryOperation } from "../../../generated/record";

// "  +12.301000 s to +12.310000 s  process 12 (web) holds 1 of sku-7 at dc (hold 77): applied, sent 2 times", or ", no answer" for the end.
const operationLine = /^ {2}\+(\d+\.\d+) s(?: to \+(\d+\.\d+) s|, no answer) +(process (\d+)(?: \(.*?\))? (\w+).*)$/;
const kinds = new Map([
    ["holds", "hold"],
    ["extends", "extend"],
    ["releases", "release"],
    ["confirms", "confirm"],
    ["allocates", "allocate"],
    ["deallocates", "deallocate"],
    ["sells", "sell"],
    ["receives", "receive"],
    ["takes", "return"],
    ["counts", "adjust"],
    ["reads", "read"],
]);

function operationOf(line: string): LoadStoryOperation | null {
    const found = operationLine.exec(line);
    if (!found) return null;
    const [, invoked, answered, words, process, verb] = found;
    const answer = words.slice(words.lastIndexOf(": ") + 2).split(",")[0];
    return {
        invoked_s: Number(invoked),
        answered_s: answered === undefined ? -1 : Number(answered),
        process: Number(process),
        kind: kinds.get(verb) ?? verb,
        answer,
        words,
        channel: "",
        lines: [],
        reference: 0,
        order: 0,
        ttl_s: 0,
        attempts: 0,
    };
}

function storyOf(text: string): LoadStory | null {
    const [sentence, ...lines] = text.split("\n");
    const more = /^ {2}and ([\d,]+) more$/.exec(lines.at(-1) ?? "");
    const operations = (more ? lines.slice(0, -1) : lines).map(operationOf);
    if (operations.length === 0 || operations.includes(null)) return null;
    return {
        check: "",
        sentence,
        operations: operations as LoadStoryOperation[],
        left_out: more ? Number(more[1].replaceAll(",", "")) : 0,
        facts: null,
    };
}

// A text that cannot be read stays one.
export const storiesOf = (audit: LoadAudit): (LoadStory | string)[] =>
    audit.stories.map((text, i) => audit.told?.[i] ?? storyOf(text) ?? text);
