// Words of the network's section.
import { both, fill } from "../../ui/language";
import { short } from "../../ui/numbers";
import type { FlowSteps } from "../../../generated/record";
import { limits, type Measure } from "./state";

const measureNames = both<Record<Measure, string>>(
    { stock: "Stock", load: "Load", units: "Units out", oversold: "Oversold" },
    { stock: "Stan", load: "Obciążenie", units: "Wydania", oversold: "Ponad stan" },
);
const sizes = both<Record<Measure, string>>(
    {
        stock: "Area: units on shelves",
        load: "Area: order lines waiting to be picked",
        units: "Area: units sent, collected and sold at tills",
        oversold: "Area: oversold units",
    },
    {
        stock: "Powierzchnia symbolu: sztuki na półkach",
        load: "Powierzchnia symbolu: pozycje zamówień czekające na skompletowanie",
        units: "Powierzchnia symbolu: sztuki wysłane, odebrane i sprzedane przy kasie",
        oversold: "Powierzchnia symbolu: sztuki ponad stan",
    },
);
const shades = both<Record<Measure, string>>(
    {
        stock: "Colour: share gone since the start",
        load: "Colour: time at work / time staffed",
        units: "Colour: share sent by parcel",
        oversold: "Colour: oversold per 1,000 units out",
    },
    {
        stock: "Kolor: ubytek od początku",
        load: "Kolor: czas pracy / czas obsady",
        units: "Kolor: udział wysyłek",
        oversold: "Kolor: ponad stan na 1000 wydanych sztuk",
    },
);
const nodeKinds = both<Record<string, string>>(
    { warehouse: "warehouse", store: "store", dark_store: "dark store", locker_hub: "locker hub" },
    { warehouse: "magazyn", store: "sklep", dark_store: "dark store", locker_hub: "automat paczkowy" },
);

export const measureName = (of: Measure): string => measureNames()[of];
export const sizeSays = (of: Measure): string => sizes()[of];
export const shadeSays = (of: Measure): string => shades()[of];
export const nodeKind = (kind: string): string => nodeKinds()[kind] ?? kind;

export const words = both(
    {
        title: "The network",
        says: "Look for nodes that empty or drown while others idle, and for parcels that cross the country although stock lies nearby.",
        saysFlat:
            "The nodes of this network have no coordinates, so there is no map; the table says what each of them held, sent and sold.",
        map: "Map of nodes and parcels",
        nodes: "Nodes",
        show: "Show",
        node: "Node",
        all: "All nodes",
        wholeRun: "Whole run",
        time: "Time of day",
        play: "Play",
        pause: "Pause",
        closer: "Closer",
        farther: "Farther",
        everything: "All of it",
        zoom: "Zoom",
        upTo: "up to {n}",
        more: "more",
        none: "none",
        unknown: "not known",
        squares: "Squares: warehouses",
        lines: "Lines: parcels",
        split: "dashed where {share} of them or more belong to orders sent in several parcels",
        splitOfRun: "of split orders, whole run",
        oversoldNote: "sent to a node to be picked, or sold at its till",
        oversoldOfAll: "of {all}: sent to a node to be picked, or sold at its till; the rest came to no node",
        splitRun: "which of them were split is known of the whole run alone",
        thinner: "the widest {n} of {all} are drawn",
        stock: "On shelves",
        stockEnd: "On shelves at the end",
        open: "Lines waiting",
        openPeak: "Most lines waiting at one node",
        openPeakHere: "Most lines waiting",
        shipped: "Sent",
        collected: "Collected",
        till: "Sold at tills",
        oversold: "Oversold",
        busy: "Busy",
        busyNote: "of paid time",
        inUnits: "{name}, units",
        flows: "Widest flows",
        here: "fetched there",
        from: "from",
        to: "to",
        parcels: "parcels",
        ofSplit: "split",
        noFlows: "No parcel was sent.",
        noSeries: "This record does not have the network over time; the map shows the end of the run, without flows.",
        rest: "{n} parcels are in flows too small to list.",
        unplaced: "{n} nodes without coordinates are in the table alone.",
        placeOrders: "orders",
        place: "place",
        allFlows: "Flows of parcels",
    },
    {
        title: "Sieć",
        says: "Szukaj węzłów, które pustoszeją lub toną w pracy, gdy inne są bezczynne, i paczek jadących przez cały kraj, choć towar leży w pobliżu.",
        saysFlat:
            "Węzły tej sieci nie mają współrzędnych, więc nie ma mapy; tabela mówi, co każdy z nich miał, wysłał i sprzedał.",
        map: "Mapa węzłów i paczek",
        nodes: "Węzły",
        show: "Pokaż",
        node: "Węzeł",
        all: "Wszystkie węzły",
        wholeRun: "Cały przebieg",
        time: "Pora dnia",
        play: "Odtwórz",
        pause: "Wstrzymaj",
        closer: "Przybliż",
        farther: "Oddal",
        everything: "Całość",
        zoom: "Powiększenie",
        upTo: "do {n}",
        more: "więcej",
        none: "brak",
        unknown: "nieznane",
        squares: "Kwadraty: magazyny",
        lines: "Linie: paczki",
        split: "kreskowane, gdy co najmniej {share} z nich pochodzi z zamówień wysłanych w kilku paczkach",
        splitOfRun: "z dzielonych zamówień, cały przebieg",
        oversoldNote: "skierowane do skompletowania w węźle albo z jego kasy",
        oversoldOfAll: "z {all}: skierowane do skompletowania w węźle albo z jego kasy; reszta nie trafiła do żadnego",
        splitRun: "podział zamówień znany jest tylko dla całego przebiegu",
        thinner: "narysowano {n} najszerszych z {all}",
        stock: "Na półkach",
        stockEnd: "Na półkach na koniec",
        open: "Czekające pozycje",
        openPeak: "Najwięcej czekających pozycji w węźle",
        openPeakHere: "Najwięcej czekających pozycji",
        shipped: "Wysłane",
        collected: "Odebrane",
        till: "Sprzedane przy kasie",
        oversold: "Ponad stan",
        busy: "Zajętość",
        busyNote: "czasu opłaconego",
        inUnits: "{name}, szt.",
        flows: "Najszersze przepływy",
        here: "odbiór na miejscu",
        from: "z",
        to: "do",
        parcels: "paczki",
        ofSplit: "dzielone",
        noFlows: "Nie wysłano żadnej paczki.",
        noSeries: "Ten zapis nie zawiera przebiegu sieci w czasie; mapa pokazuje koniec symulacji, bez przepływów.",
        rest: "Paczki w przepływach zbyt małych, by je wymieniać: {n}.",
        unplaced: "Węzły bez współrzędnych, tylko w tabeli: {n}.",
        placeOrders: "zamówienia",
        place: "miejscowość",
        allFlows: "Przepływy paczek",
    },
);

// Of the colour with this number, see `limits`.
export function limitText(measure: Measure, i: number): string {
    const bounds = limits[measure],
        text = (value: number) => (measure === "oversold" ? short(value) : `${short(100 * value)} %`);
    if (i === bounds.length) return words().more;
    return bounds[i] === 0 ? words().none : fill(words().upTo, { n: text(bounds[i]!) });
}

export const targetOf = (flow: FlowSteps): string =>
    flow.to_node === flow.node ? words().here : flow.to_node || flow.place;
