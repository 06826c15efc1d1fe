// What a counterfactual changed, in Polish. English is the record's own (cli/changes.cpp: whoever adds a change there adds it here); a text
// that is not known stays as it is.
import { language } from "../ui/language";

const polish: [RegExp, (...parts: string[]) => string][] = [
    [/^node buffer of (.+) \+(\d+)$/, (who, n) => `bufor lokalizacji, ${who}: +${n}`],
    [/^buffer of (.+) \+(\d+)$/, (who, n) => `bufor, ${who}: +${n}`],
    [/^(.+) deducts its own sales$/, (who) => `${who} odejmuje własną sprzedaż`],
    [/^holds of (.+) last twice as long$/, (who) => `rezerwacje (${who}) trwają dwa razy dłużej`],
    [/^(.+) refuses who pays after the hold$/, (who) => `${who} odmawia, gdy klient płaci po wygaśnięciu rezerwacji`],
    [/^no loss on (.+)$/, (edge) => `nic nie ginie po drodze (${edge})`],
    [/^nothing twice on (.+)$/, (edge) => `nic nie dociera dwa razy (${edge})`],
    [/^(.+) keeps the order$/, (edge) => `${edge} zachowuje kolejność`],
    [/^(.+) carries a watermark$/, (edge) => `${edge} przekazuje znacznik wersji`],
    [/^lag of (.+) halved$/, (edge) => `opóźnienie o połowę mniejsze (${edge})`],
    [/^no lag on all of these$/, () => "bez opóźnienia na wszystkich tych połączeniach"],
    [/^no lag on (.+)$/, (edge) => `bez opóźnienia (${edge})`],
    [/^a right record: no shrink, no mistakes$/, () => "ewidencja zgodna z prawdą: bez ubytków i pomyłek"],
    [/^no faults$/, () => "bez awarii"],
    [/^(.+) sends no parcels$/, (store) => `${store} nie wysyła paczek`],
    [/^(.+) looks again at the order$/, (who) => `${who} sprawdza stan ponownie przy zamówieniu`],
    [/^(.+) asks the core \(ledger\)$/, (who) => `${who} pyta system centralny`],
    [/^(.+) asks the core, no lag$/, (who) => `${who} pyta system centralny, bez opóźnienia`],
];

export function changeText(change: string): string {
    if (language() !== "pl") return change;
    for (const [pattern, text] of polish) {
        const found = pattern.exec(change);
        if (found) return text(...found.slice(1));
    }
    return change;
}
