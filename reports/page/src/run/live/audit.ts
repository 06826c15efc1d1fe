// What the audit proves of the recorded history: verdict, bounds, checks, and the smallest stories that show an offence.
import type { LoadAudit, ShopBooks } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { whole } from "../../ui/numbers";
import { plainText, saidParts } from "../../ui/said";
import { card, cards } from "../../ui/section";
import { table } from "../../ui/table";
import { withSelects } from "../../study/choose";
import { auditHeadline, checkText } from "./audit_words";
import { storyFigure } from "./story";
import { storiesOf } from "./story_parts";
import { storySentence } from "./story_words";

const words = both(
    {
        title: "Audit",
        says: "What the back end promised, judged from the recorded history alone.",
        sound: "sound",
        refuted: "refuted",
        undecided: "undecided",
        history: "History: {file}",
        notKept: "The history was not kept.",
        sold: "Sold",
        oversold: "Sold twice",
        undersold: "Refused though there",
        operations: "Operations judged",
        units: "units",
        bounds: "certain, and at most {n} if every operation without an answer did the worst",
        exactly: "units, exactly",
        checks: "Checks of the audit",
        check: "check",
        verdict: "verdict",
        text: "of what",
        stories: "Stories",
        one: "Story",
        storiesSay: "Each is the smallest set of operations that shows an offence.",
    },
    {
        title: "Audyt",
        says: "Co system obiecał, osądzone wyłącznie na podstawie zapisanej historii.",
        sound: "bez zarzutu",
        refuted: "obalone",
        undecided: "nierozstrzygnięte",
        history: "Historia: {file}",
        notKept: "Historii nie zachowano.",
        sold: "Sprzedano",
        oversold: "Sprzedano dwa razy",
        undersold: "Odmówiono, choć towar był",
        operations: "Osądzone operacje",
        units: "szt.",
        bounds: "na pewno, a najwyżej {n}, jeśli każda operacja bez odpowiedzi zaszkodziła najbardziej",
        exactly: "szt., dokładnie",
        checks: "Sprawdzenia audytu",
        check: "sprawdzenie",
        verdict: "werdykt",
        text: "czego dotyczy",
        stories: "Historie",
        one: "Historia",
        storiesSay: "Każda to najmniejszy zbiór operacji, który pokazuje naruszenie.",
    },
);

const tones: Record<string, string> = { sound: "good", refuted: "bad", undecided: "warn" };
const signs: Record<string, string> = { sound: "✓", refuted: "✗", undecided: "?" };

export function verdictText(verdict: string): HTMLElement {
    const w = words(),
        names: Record<string, string> = { sound: w.sound, refuted: w.refuted, undecided: w.undecided };
    return h(
        "span",
        { class: `verdict ${tones[verdict] ?? ""}` },
        `${signs[verdict] ?? ""} ${names[verdict] ?? verdict}`,
    );
}

function bounds(path: string, low: number, high: number): [Child, string] {
    const w = words();
    const value = figure(`load.audit.${path}_low`, low, whole(low));
    return low === high
        ? [value, w.exactly]
        : [[value, " – ", figure(`load.audit.${path}_high`, high, whole(high))], fill(w.bounds, { n: whole(high) })];
}

// Several are shown one at a time: they are alike, and the page is long.
function storyList(stories: ReturnType<typeof storiesOf>): Child {
    const name = (story: (typeof stories)[number], n: number): string => {
        const [check, sentence] =
            typeof story === "string" ? ["", story.split("\n")[0]!] : [story.check, plainText(storySentence(story))];
        return `${n + 1}. ${[check, sentence.replace(/; (the first|pierwsza z tych obietnic):$/, "")].filter(Boolean).join(": ")}`;
    };
    return withSelects(
        [
            {
                id: "story",
                label: words().one,
                options: stories.map((story, n) => ({ value: String(n), text: name(story, n) })),
                chosen: "0",
            },
        ],
        (chosen) => storyFigure(stories[Number(chosen.story)]!, Number(chosen.story)),
    );
}

export function auditPart(audit: LoadAudit, books: ShopBooks | null): Child[] {
    const w = words();
    const sold = bounds("sold", audit.sold_low, audit.sold_high),
        oversold = bounds("oversold", audit.oversold_low, audit.oversold_high);
    const stories = storiesOf(audit),
        said = auditHeadline(audit);
    return [
        h("h3", { class: "part" }, w.title),
        h("p", { class: "says" }, w.says),
        h(
            "p",
            { class: `headline small ${tones[audit.verdict] ?? ""}`, lang: said.lang },
            `${signs[audit.verdict] ?? ""} ${said.text}`,
        ),
        cards(
            card(w.oversold, oversold[0], oversold[1], audit.oversold_low > 0 ? "bad" : ""),
            card(w.sold, sold[0], sold[1]),
            card(w.undersold, figure("load.audit.undersold", audit.undersold, whole(audit.undersold)), w.units),
            card(
                w.operations,
                figure("load.audit.operations", audit.operations, whole(audit.operations)),
                audit.history ? fill(w.history, { file: audit.history }) : w.notKept,
            ),
        ),
        audit.checks.length === 0
            ? null
            : table(
                  {
                      caption: w.checks,
                      columns: [
                          { title: w.check, kind: "text" },
                          { title: w.verdict, kind: "text" },
                          { title: w.text, kind: "text" },
                      ],
                      rows: audit.checks.map((check) => [
                          check.name,
                          verdictText(check.verdict),
                          checkText(check, books).map((said, i) => [i > 0 ? ": " : "", saidParts(said)]),
                      ]),
                  },
                  { class: "wrapping" },
              ),
        stories.length === 0
            ? null
            : [h("h3", { class: "part" }, w.stories), h("p", { class: "says" }, w.storiesSay), storyList(stories)],
    ];
}
