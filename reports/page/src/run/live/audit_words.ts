// The audit's own texts in Polish: its headline from the figures, its checks by their names. English is the record's
// (reports/audit/audit.cpp, findings.cpp); so is why something stayed undecided.
import type { LoadAudit, LoadAuditCheck } from "../../../generated/record";
import { formy, language, plural } from "../../ui/language";
import { whole } from "../../ui/numbers";

const operations = formy("operacja", "operacje", "operacji"),
    offences = formy("naruszenie", "naruszenia", "naruszeń");

const meanings: Record<string, string> = {
    conservation: "każda sztuka jest w stanie końcowym systemu",
    sold_twice: "żadnej sztuki nie obiecano dwóm klientom",
    holds: "każda rezerwacja skończyła się raz i w swoim czasie",
    idempotency: "ten sam klucz dostał tę samą odpowiedź i jeden skutek",
    orders: "każde potwierdzone zamówienie istnieje i nie ma żadnego innego",
    undersell: "nie odmówiono niczego, co na pewno było",
    linearizability: "wszystkie odpowiedzi mieszczą się w jednej kolejności",
};

const between = (low: number, high: number): string =>
    low === high ? whole(low) : `od ${whole(low)} do ${whole(high)}`;

// The numbers of "...: 1,204 judged, 3 offences, 2 undecided: why".
interface Counts {
    judged: number;
    offences: number;
    undecided: number;
    why: string;
}
function countsOf(check: LoadAuditCheck): Counts | null {
    const found = /: ([\d,]+) judged(?:, ([\d,]+) offences?)?(?:, ([\d,]+) undecided: (.*))?$/s.exec(check.text);
    if (!found) return null;
    const number = (text?: string): number => Number((text ?? "0").replaceAll(",", ""));
    return { judged: number(found[1]), offences: number(found[2]), undecided: number(found[3]), why: found[4] ?? "" };
}

function headline(audit: LoadAudit): string {
    const sold = `${whole(audit.operations)} ${plural(audit.operations, operations)}, sprzedano ${between(audit.sold_low, audit.sold_high)} szt.`;
    const twice = between(audit.oversold_low, audit.oversold_high);
    if (audit.verdict === "sound")
        return `BEZ ZARZUTU: ${sold}, ${audit.oversold_high === 0 ? "żadnej dwa razy" : `żadnej na pewno dwa razy (bez odpowiedzi: najwyżej ${whole(audit.oversold_high)})`}`;
    if (audit.verdict === "undecided") return `NIEROZSTRZYGNIĘTE: ${sold}, żadnej dwa razy, o ile dało się to osądzić`;
    const against = audit.checks.flatMap((check) => {
        const n = countsOf(check)?.offences ?? 0;
        return n > 0 && check.name !== "sold_twice" ? [`${whole(n)} ${plural(n, offences)} (${check.name})`] : [];
    });
    // Of a shop over HTTP (cli/load/shop_verdict.hpp): the section on its books says which.
    const books = audit.checks.some(({ name, verdict }) => name === "books" && verdict === "refuted");
    return `OBALONE: ${[books ? "księgi sklepu przeczą sobie (books)" : "", audit.oversold_low > 0 ? `${twice} szt. sprzedano dwa razy` : "", against.join(", "), sold].filter(Boolean).join("; ")}`;
}

export interface Told {
    text: string;
    lang: "en" | "pl";
}
export const auditHeadline = (audit: LoadAudit): Told =>
    language() === "pl" ? { text: headline(audit), lang: "pl" } : { text: audit.headline, lang: "en" };

export function checkText(check: LoadAuditCheck): Told[] {
    const counts = countsOf(check),
        means = meanings[check.name];
    if (language() !== "pl" || !counts || !means) return [{ text: check.text, lang: "en" }];
    const parts = [
        `osądzono ${whole(counts.judged)}`,
        counts.offences > 0 ? `${whole(counts.offences)} ${plural(counts.offences, offences)}` : "",
        counts.undecided > 0 ? `nierozstrzygnięte: ${whole(counts.undecided)}` : "",
    ];
    return [
        { text: `${means}: ${parts.filter(Boolean).join(", ")}`, lang: "pl" },
        ...(counts.why ? [{ text: ` (${counts.why})`, lang: "en" as const }] : []),
    ];
}
