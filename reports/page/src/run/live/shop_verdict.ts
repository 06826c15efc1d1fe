// The headline of a live run against a shop: a shop has one stock and no nodes, so what the simulator's nodes lacked is not its fault.
// What it sold twice, by the audit, and what its own books contradict is.
import type { LoadAudit, LoadReport, ShopFindingKind } from "../../../generated/record";
import type { FindingKind } from "../../race/document";
import { findingText } from "../../race/finding_words";
import { figure, type Child } from "../../ui/dom";
import { both, fill, forms, formy, plural } from "../../ui/language";
import { whole } from "../../ui/numbers";

const words = both(
    {
        twice: forms("{n} sold twice", "{n} sold twice"),
        of: "of {sold} {units} that the shop promised.",
        units: forms("unit", "units"),
        pieces: forms("unit", "units"),
        books: "The shop’s books disagree",
        also: "Its books show more: {kinds}.",
        what: "{kinds}.",
        kind: "{name}, {n} {units}",
        sound: "Nothing sold twice",
        undecided: "Not decided",
        why: "the audit could not judge all of it: see “Audit” below.",
    },
    {
        twice: formy("{n} szt. sprzedana dwa razy", "{n} szt. sprzedane dwa razy", "{n} szt. sprzedanych dwa razy"),
        of: "na {sold} {units} przez sklep.",
        pieces: formy("sztuka", "sztuki", "sztuk"),
        units: formy("sztukę obiecaną", "sztuki obiecane", "sztuk obiecanych"),
        books: "Księgi sklepu są sprzeczne",
        also: "Jego księgi wykazują ponadto: {kinds}.",
        what: "{kinds}.",
        kind: "{name}, {n} {units}",
        sound: "Niczego nie sprzedano dwa razy",
        undecided: "Nierozstrzygnięte",
        why: "audyt nie mógł osądzić wszystkiego: zobacz „Audyt” poniżej.",
    },
);

export interface Verdict {
    tone: "good" | "bad" | "warn";
    big: Child;
    small: Child;
}

const kindsText = (kinds: ShopFindingKind[]): string =>
    kinds
        .map((one) =>
            fill(words().kind, {
                name: findingText(one.kind as FindingKind).name.toLowerCase(),
                n: whole(one.units),
                units: plural(one.units, words().pieces),
            }),
        )
        .join("; ");

function soldOf(audit: LoadAudit): Child {
    const w = words(),
        [before, after] = fill(w.of, { units: plural(audit.sold_low, w.units) }).split("{sold}");
    return [before, figure("load.audit.sold_low", audit.sold_low, whole(audit.sold_low)), after];
}

export function shopVerdict(load: LoadReport): Verdict | null {
    const { audit, shop_books: books } = load,
        w = words();
    if (!audit || !books) return null;
    const twice = audit.oversold_low > 0;
    const more = books.kinds.filter((one) => !twice || one.kind !== "oversold");
    if (twice)
        return {
            tone: "bad",
            big: figure(
                "load.audit.oversold_low",
                audit.oversold_low,
                fill(plural(audit.oversold_low, w.twice), { n: whole(audit.oversold_low) }),
            ),
            small: [soldOf(audit), more.length > 0 ? ` ${fill(w.also, { kinds: kindsText(more) })}` : ""],
        };
    if (more.length > 0) return { tone: "bad", big: w.books, small: fill(w.what, { kinds: kindsText(more) }) };
    if (audit.verdict !== "sound") return { tone: "warn", big: w.undecided, small: w.why };
    return { tone: "good", big: w.sound, small: soldOf(audit) };
}
