// The words of the report, for those who do not work on it: as ARCHITECTURE.md has them, by the names that the page uses.
import { details } from "../../ui/details";
import { h } from "../../ui/dom";
import { both } from "../../ui/language";

const words = both<{ title: string; terms: [name: string, means: string][] }>(
    {
        title: "Words",
        terms: [
            ["oversold", "units accepted when no eligible, uncommitted piece stood behind them"],
            ["undersold", "units refused although such pieces were there; each refusal counts"],
            ["lost sales", "units refused to somebody who would have paid, and who did not find them elsewhere"],
            ["promise", "an accepted order, with the time by which it is to be ready or at the door"],
            ["node", "a place that holds stock: warehouse (DC), store, parcel-locker hub"],
            ["channel", "a way to shop: web, app, marketplace, till (pos), call centre, social, kiosk, voice"],
            ["design", "one complete choice of architecture: who decides on what, who is told what, and when"],
            ["core", "the system that keeps the record of stock and routes orders to nodes"],
            ["record", "what a system believes to be there; what is on the shelf may differ"],
            ["copy, view", "the availability that a channel shows and decides on; it is as old as the last news"],
            ["edge", "a path along which sales and changes of stock travel between systems"],
            ["sync lag", "from the change until the other system knows it"],
            ["buffer", "units that a channel does not show, against late news"],
            ["hold", "units set aside for a shopper for a limited time; an allocation is for good"],
            ["overwritten units", "own sales that an absolute message (a snapshot) did not know of and undid"],
            ["dead letters", "messages that failed for good"],
            ["ROPO", "research online, purchase offline: a purchase in a store that began on a screen"],
            ["split order", "one that is sent in several parcels from several nodes"],
            ["walk-ins lost", "sales to people in a store whose unit had gone to an online order"],
            ["p50, p90, p99", "half, nine in ten, 99 in a hundred took no longer"],
            ["gate", "a limit that the scenario sets for a figure: passed or failed"],
            ["seed", "the number from which all chance of a run follows: the same seed, the same shoppers"],
        ],
    },
    {
        title: "Pojęcia",
        terms: [
            [
                "nadsprzedaż, ponad stan",
                "sztuki przyjęte do realizacji, za którymi nie stał żaden wolny, nadający się towar",
            ],
            ["odmowa mimo zapasu", "sztuki, których odmówiono, choć taki towar był; liczy się każda odmowa"],
            ["utracona sprzedaż", "sztuki odmówione komuś, kto by zapłacił i nie znalazł ich gdzie indziej"],
            ["obietnica", "przyjęte zamówienie wraz z terminem gotowości lub doręczenia"],
            ["węzeł", "miejsce z zapasem: magazyn (DC), sklep, punkt obsługi automatów paczkowych"],
            ["kanał", "sposób zakupu: web, aplikacja, marketplace, kasa (pos), call centre, social, kiosk, głos"],
            ["architektura", "pełny wybór rozwiązań: kto o czym decyduje, kto i kiedy się o czym dowiaduje"],
            ["system centralny", "prowadzi stany i kieruje zamówienia do węzłów"],
            ["stan w systemie", "to, w co system wierzy; na półce może być inaczej"],
            [
                "kopia",
                "dostępność, którą kanał pokazuje i na podstawie której decyduje; tak stara, jak ostatnia wiadomość",
            ],
            ["połączenie", "droga, którą między systemami wędrują sprzedaż i zmiany stanu"],
            ["opóźnienie synchronizacji", "czas od zmiany do chwili, gdy drugi system o niej wie"],
            ["bufor", "sztuki, których kanał nie pokazuje, na wypadek spóźnionych wiadomości"],
            ["blokada, rezerwacja", "sztuki odłożone dla klienta na ograniczony czas; przydział jest na stałe"],
            ["nadpisane sztuki", "własna sprzedaż, o której komunikat z pełnym stanem nie wiedział i którą cofnął"],
            ["komunikaty niedoręczalne", "takich nie udało się przetworzyć mimo ponowień"],
            ["ROPO", "research online, purchase offline: zakup w sklepie, który zaczął się na ekranie"],
            ["zamówienie dzielone", "wysłane w kilku paczkach z kilku węzłów"],
            ["stracone w sklepach", "sprzedaż ludziom w sklepie, których sztuka poszła na zamówienie z sieci"],
            ["p50, p90, p99", "połowa, dziewięć na dziesięć, 99 na sto nie trwało dłużej"],
            ["bramka", "granica, którą scenariusz stawia wskaźnikowi: spełniona albo nie"],
            ["ziarno", "liczba, z której wynika cały przypadek przebiegu: to samo ziarno, ci sami klienci"],
        ],
    },
);

export function glossary(): HTMLElement {
    const { title, terms } = words();
    return details(
        "ref-words",
        title,
        `(${terms.length})`,
        h(
            "dl",
            { class: "glossary" },
            terms.map(([name, means]) => h("div", {}, h("dt", {}, name), h("dd", {}, means))),
        ),
    );
}
