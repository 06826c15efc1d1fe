// A moment in one sentence. English comes from the autopsy itself (it is what the terminal says); Polish is made of the moment's parts.
import type { Autopsy, StoryMoment } from "../../generated/record";
import { formy, language, plural } from "../ui/language";
import { clockOf } from "./clock";
import { span, whole } from "../ui/numbers";

const moments = formy("zdarzenie", "zdarzenia", "zdarzeń");
const order = (m: StoryMoment) => `zamówienie ${m.order}`;
const at = (m: StoryMoment) => (m.node ? ` (${m.node})` : "");

const stock: Record<string, (n: string, where: string) => string> = {
    taken: (n, where) => `klient zdejmuje z półki ${n} szt.${where}`,
    put_back: (n, where) => `klient odkłada na półkę ${n} szt.${where}`,
    uncollected: (n, where) => `nieodebrane ${n} szt. wraca na półkę${where}`,
    returned: (n, where) => `zwrot ${n} szt.${where}`,
    delivered: (n, where) => `dostawa ${n} szt.${where}`,
    transfer_out: (n, where) => `przesunięcie ${n} szt. do innej lokalizacji${where}`,
    transfer_in: (n, where) => `przyjęto ${n} szt. z innej lokalizacji${where}`,
    shrunk: (n, where) => `znika ${n} szt. (ubytek)${where}; żaden system o tym nie wie`,
    damaged: (n, where) => `uszkodzono ${n} szt.${where}; żaden system o tym nie wie`,
    misplaced: (n, where) => `odłożono w złe miejsce ${n} szt.${where}; żaden system o tym nie wie`,
    found: (n, where) => `odnaleziono ${n} szt.${where}`,
};

const record: Record<string, (n: string, where: string, of: string) => string> = {
    allocated: (n, where, of) => `przydziela ${n} szt.${where}${of}`,
    sold: (n, where) => `księguje sprzedaż ${n} szt.${where}`,
    held: (n, where) => `rezerwuje ${n} szt.${where}`,
    released: (n, where) => `zwalnia rezerwację ${n} szt.${where}`,
    expired: (n, where) => `rezerwacja ${n} szt. wygasa${where}`,
    deallocated: (n, where, of) => `zwalnia ${n} szt.${where}${of}`,
    adjusted: (n, where) => `po liczeniu koryguje stan o ${n} szt.${where}`,
    returned: (n, where) => `księguje zwrot ${n} szt.${where}`,
    received: (n, where) => `księguje dostawę ${n} szt.${where}`,
};

const fates: Record<string, (m: StoryMoment) => string> = {
    pick_failed: (m) => `kompletujący nic nie znajduje${at(m)}: brakuje ${m.units} szt., ${order(m)}`,
    node_refused: (m) => `${m.node} odmawia przyjęcia paczki: ${order(m)}`,
    no_node: (m) => `system centralny nie znajduje lokalizacji dla: ${order(m)}; spróbuje ponownie`,
    cancelled: (m) => `${order(m)} anulowano z braku towaru (${m.units} szt.)`,
    declined: (m) => `${order(m)} odrzucono: obsługa kosztowałaby więcej (${m.units} szt.)`,
    uncollected: (m) => `${order(m)}: nikt nie odebrał (${m.units} szt.)`,
    taken_back: (m) => `${order(m)}: klient się wycofał albo nie zapłacił (${m.units} szt.)`,
    forgotten: (m) => `${order(m)} zamknięto, choć ${m.units} szt. nigdy nie wysłano`,
    left: (m) => `mimo wszystko wydano ${m.units} szt.${at(m)}, ${order(m)}`,
    ended: (m) => `${order(m)} zakończone`,
    message_lost: (m) => `komunikat o zamówieniu porzucono i nikt go nie wyśle ponownie: ${order(m)}`,
    kept: (m) => `kasa przechowuje ${order(m)}, dopóki nie odzyska połączenia`,
    displaced: (m) => `sztukę obiecano już komu innemu (${order(m)}), a drugiej nie ma`,
};

const items = (m: StoryMoment) =>
    m.items
        .slice(0, 2)
        .map((item) => `${item.node}: ${m.changes && item.value > 0 ? "+" : ""}${whole(item.value)}`)
        .join(", ");

function hearing(a: Autopsy, m: StoryMoment): string {
    const kept = m.kept ? "; kasa przechowuje ją, bo nie ma łączności" : "";
    if (!m.edge) return kept;
    if (m.lost) return `${kept}; system centralny nigdy się nie dowie: komunikat (${m.edge}) przepada`;
    if (m.arrived_s < 0) return `${kept}; do końca przebiegu system centralny nie wie o niej (${m.edge})`;
    const late = m.arrived_s > a.line.at_s && m.at_s <= a.line.at_s ? ", tu za późno" : "";
    return `${kept}; system centralny dowiaduje się po ${span(m.arrived_s - m.at_s)} (${m.edge})${late}`;
}

function sentMessage(a: Autopsy, m: StoryMoment): string {
    const what = `„${items(m)}”`;
    if (m.kind === "failed") return `${m.edge}: nie udaje się wysłać ${what}`;
    if (m.kind === "lost") return `${m.edge}: komunikat ${what} wysłany o ${clockOf(a, m.sent_s)} przepada`;
    if (m.kind === "told")
        return `${m.edge} przekazuje ${what}, wysłane o ${clockOf(a, m.sent_s)}, ${span(m.at_s - m.sent_s)} w drodze${m.copy ? ", po raz drugi" : ""}${m.older ? ", po nowszym komunikacie" : ""}`;
    if (m.lost) return `${m.edge} wysyła ${what}; komunikat przepada`;
    if (m.arrived_s < 0) return `${m.edge} wysyła ${what}; do końca przebiegu nie dociera`;
    return `${m.edge} wysyła ${what}${m.arrived_s > a.line.at_s ? "; w chwili obietnicy wciąż w drodze" : ""}; dociera o ${clockOf(a, m.arrived_s)}, ${span(m.lag_s)} po zmianie`;
}

function zdanie(a: Autopsy, m: StoryMoment): string {
    const n = whole(Math.abs(m.units));
    switch (m.kind) {
        case "state":
            return m.decisive
                ? `na początku: w systemie ${whole(m.record)}, a na miejscu tylko ${whole(m.there)}`
                : m.at_s === 0
                  ? "stan na początku"
                  : "stan tuż przedtem";
        case "folded":
            return `${whole(m.folded)} ${plural(m.folded, moments)} tego SKU`;
        case "sale":
            return `${m.channel} sprzedaje ${n} szt. (${order(m)}${m.node ? `, ${m.node}` : ""})${hearing(a, m)}`;
        case "promise":
            return `${m.channel} PRZYJMUJE ${n} szt. (${order(m)}${m.node ? `, ${m.node}` : ""})${hearing(a, m)}`;
        case "look":
            return `${m.channel} pokazuje temu klientowi: ${n} szt.`;
        case "stock":
            return (stock[m.what] ?? ((k, where) => `ruch ${k} szt.${where}`))(n, at(m));
        case "record":
            return `${m.edge ? `system centralny dowiaduje się (${m.edge}, ${span(m.lag_s)} po sprzedaży): ` : "system centralny: "}${(record[m.what] ?? ((k, where) => `${m.what} ${k} szt.${where}`))(n, at(m), m.order ? `, ${order(m)}` : "")}`;
        case "fetched":
            return `${m.channel} pobiera stan z systemu centralnego`;
        case "fate":
            return (fates[m.what] ?? order)(m);
        case "fault":
            return `awaria ${m.what} ${m.begins ? "zaczyna się" : "kończy się"}`;
        case "sending":
        case "told":
        case "failed":
        case "lost":
            return sentMessage(a, m);
        default:
            return m.text;
    }
}

export const sentence = (a: Autopsy, m: StoryMoment): string => (language() === "pl" && m.kind ? zdanie(a, m) : m.text);
