// Why units are oversold or undersold, in words: model/cause.hpp has the rule by which each unit gets one.
import { both, language } from "../ui/language";

export interface Cause {
    name: string;
    means: string;
}

const english: Record<string, Cause> = {
    hold_expired_but_paid: {
        name: "Hold expired, but paid",
        means: "the hold ran out and the unit was sold; the payment came all the same, and the order was honoured",
    },
    race: {
        name: "Race at checkout",
        means: "it was there when the channel looked, and sold before the channel committed",
    },
    return_misbooked: {
        name: "Return misbooked",
        means: "a return was on record twice, or at a node where it was not",
    },
    duplicate_message: { name: "Message applied twice", means: "a message that came twice was applied twice" },
    reordered_message: { name: "Messages out of order", means: "an older message undid a newer one" },
    lost_message: { name: "Message lost", means: "a message about a sale never arrived" },
    snapshot_overwrite: {
        name: "Snapshot overwrote sales",
        means: "a full state overwrote sales that it did not know of",
    },
    offline_sale: { name: "Till offline", means: "a till without a connection had sold it" },
    phantom_stock: {
        name: "Phantom stock",
        means: "on record and not there: shrink, damage, misplacement, a wrong count or a wrong book",
    },
    pos_conflict: {
        name: "Taken off the shelf",
        means: "a store shopper had it in the hand, and the record did not know",
    },
    buffer_breach: {
        name: "Late news, beyond the buffer",
        means: "more was sold before the news came than the buffer covers",
    },
    stale_view: { name: "Stale view", means: "late news: it had been sold, and the channel did not know yet" },
};

const polish: Record<string, Cause> = {
    hold_expired_but_paid: {
        name: "Rezerwacja wygasła, a zapłacono",
        means: "rezerwacja wygasła i sztukę sprzedano; płatność jednak przyszła i zamówienie przyjęto",
    },
    race: {
        name: "Wyścig przy składaniu zamówienia",
        means: "towar był, gdy kanał go pokazywał, ale sprzedano go, zanim kanał zatwierdził zamówienie",
    },
    return_misbooked: {
        name: "Źle zaksięgowany zwrot",
        means: "zwrot zaksięgowano dwa razy albo nie w tej lokalizacji",
    },
    duplicate_message: {
        name: "Komunikat zastosowany dwa razy",
        means: "ten sam komunikat przyszedł i zadziałał dwukrotnie",
    },
    reordered_message: { name: "Komunikaty nie po kolei", means: "starszy komunikat cofnął skutek nowszego" },
    lost_message: { name: "Zgubiony komunikat", means: "komunikat o sprzedaży nigdy nie dotarł" },
    snapshot_overwrite: {
        name: "Migawka nadpisała sprzedaż",
        means: "pełny stan magazynowy nadpisał sprzedaż, o której nie wiedział",
    },
    offline_sale: { name: "Kasa bez łączności", means: "sprzedała go kasa, która nie miała połączenia" },
    phantom_stock: {
        name: "Zapas widmo",
        means: "w systemie jest, na półce nie ma: ubytek, uszkodzenie, pomyłka przy odkładaniu, liczeniu lub księgowaniu",
    },
    pos_conflict: {
        name: "Towar zdjęty z półki",
        means: "klient w sklepie miał go już w ręku, a system o tym nie wiedział",
    },
    buffer_breach: {
        name: "Spóźnione dane, ponad bufor",
        means: "zanim dotarła informacja, sprzedano więcej, niż pokrywa bufor",
    },
    stale_view: {
        name: "Nieaktualne dane o stanie",
        means: "spóźniona informacja: towar był już sprzedany, a kanał jeszcze o tym nie wiedział",
    },
};

const underEnglish: Record<string, Cause> = {
    node_closed: {
        name: "Node takes no orders",
        means: "what could serve was closed, does not ship, was at capacity, or the core was cut off",
    },
    buffer: { name: "Hidden by a buffer", means: "the safety buffer, or protection for walk-in shoppers, hid it" },
    pool_split: { name: "In another channel's quota", means: "another channel's quota had it" },
    held_by_dead_hold: { name: "Held and not bought", means: "held for a shopper who does not buy" },
    phantom_shortage: { name: "There, but not on record", means: "the record was below the truth" },
    stale_view: { name: "Stale view", means: "late news: it had come back, and the channel did not know yet" },
    declined: { name: "Declined as too dear", means: "the split policy: serving it would have cost more" },
};

const underPolish: Record<string, Cause> = {
    node_closed: {
        name: "Lokalizacja nie przyjmuje",
        means: "ta, która mogłaby obsłużyć, była zamknięta, nie wysyła, była przeciążona albo system centralny był niedostępny",
    },
    buffer: { name: "Towar ukryty przez bufor", means: "ukrył go bufor bezpieczeństwa lub ochrona klientów w sklepie" },
    pool_split: { name: "W puli innego kanału", means: "był w puli przydzielonej innemu kanałowi" },
    held_by_dead_hold: { name: "Zarezerwowany i niekupiony", means: "trzymany dla klienta, który nie kupił" },
    phantom_shortage: { name: "Jest, ale nie w systemie", means: "system pokazywał mniej, niż było" },
    stale_view: {
        name: "Nieaktualne dane o stanie",
        means: "spóźniona informacja: towar wrócił, a kanał jeszcze o tym nie wiedział",
    },
    declined: { name: "Odrzucony jako zbyt drogi", means: "polityka dzielenia: obsługa kosztowałaby więcej" },
};

const over = both(english, polish);
const under = both(underEnglish, underPolish);

// A cause of a later version is called what the record calls it.
const known = (table: Record<string, Cause>, cause: string): Cause =>
    table[cause] ?? { name: cause.replaceAll("_", " "), means: "" };
export const oversoldCause = (cause: string): Cause => known(over(), cause);
export const undersoldCause = (cause: string): Cause => known(under(), cause);

const methods: Record<string, [string, string]> = {
    ship: ["ship", "dostawa"],
    locker: ["locker", "paczkomat"],
    pickup: ["pick-up", "odbiór w sklepie"],
    reserve_in_store: ["reserve in store", "rezerwacja w sklepie"],
    carry_out: ["at the till", "przy kasie"],
};
export const methodName = (method: string): string => methods[method]?.[language() === "pl" ? 1 : 0] ?? method;
