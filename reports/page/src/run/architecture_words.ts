// What the architecture's parts are called in both languages; words of the schema that are missing here are shown as they are.
import { both } from "../ui/language";

const kinds = both<Record<string, string>>(
  { push: "push", poll: "poll", snapshot: "snapshot", cache: "cache" },
  { push: "push", poll: "odpytywanie", snapshot: "migawka", cache: "pamięć podręczna" });

const kindSays = both<Record<string, string>>(
  { push: "every change travels at once", poll: "the consumer asks at intervals", snapshot: "the whole state is sent at intervals and overwrites",
    cache: "a copy is fetched again when it is too old" },
  { push: "każda zmiana jest wysyłana od razu", poll: "odbiorca pyta w stałych odstępach", snapshot: "co pewien czas wysyłany jest cały stan, który nadpisuje poprzedni",
    cache: "kopia jest pobierana ponownie, gdy jest zbyt stara" });

const decisions = both<Record<string, string>>(
  { view: "sees its own copy", core: "sees the core, now", shelf: "sees the shelf" },
  { view: "widzi własną kopię", core: "widzi stan rdzenia", shelf: "widzi półkę" });

const reservations = both<Record<string, string>>(
  { none: "reserves nothing", check_then_act: "checks, then acts", ledger: "allocated at order", reserve_on_cart: "held from the cart",
    reserve_on_order: "held from the order", reserve_on_payment: "asks after payment", optimistic: "optimistic commit", row_lock: "locks rows",
    atomic_decrement: "atomic counter", escrow: "sells its own quota", read_modify_write: "writes back its read" },
  { none: "bez rezerwacji", check_then_act: "sprawdza, potem pisze", ledger: "przydział w zamówieniu", reserve_on_cart: "rezerwacja w koszyku",
    reserve_on_order: "rezerwacja w zamówieniu", reserve_on_payment: "pyta po płatności", optimistic: "zapis optymistyczny", row_lock: "blokada wierszy",
    atomic_decrement: "licznik niepodzielny", escrow: "własna pula", read_modify_write: "odczyt, potem zapis" });

export const kindName = (kind: string): string => kinds()[kind] ?? kind;
export const kindMeaning = (kind: string): string => kindSays()[kind] ?? kind;
export const decisionName = (decides: string): string => decisions()[decides] ?? decides;
export const reservationName = (mode: string): string => reservations()[mode] ?? mode;

export const words = both(
  { title: "The architecture", says: "Follow an arrow: every message on it is late by what stands below it, and whoever decides at its end decides on a stock that old.",
    chart: "Systems, what travels between them, and how late it is", core: "core", coreSays: "stock record, promises, routing",
    oversold: "oversold {n}", directly: "asks the core directly", copy: "copy {age} old", lag: "p50 {p50} · p99 {p99}", unused: "nothing was sent",
    lost: "{n} lost", dead: "{n} dead letters", overwritten: "{n} units overwritten", reordered: "{n} out of order",
    colour: "Colour: p99 of the lag", width: "Width: messages", below: "below {limit}", above: "{limit} and more",
    edge: "Edge", from: "from", to: "to", kind: "kind", messages: "messages", lostTitle: "lost", deadTitle: "dead letters",
    overwrittenTitle: "units overwritten", resent: "sent again", duplicated: "arrived twice", reorderedTitle: "out of order", queue: "longest queue", p50: "p50", p90: "p90", p99: "p99", max: "max",
    edges: "Edges", channels: "Channels: what they decide on", channel: "channel", decides: "decides on", reserves: "reserves", age: "age of the copy at the decision",
    units: "units oversold", over: "Lag of {edge} over the day", mean: "mean", most: "longest", time: "from", noLag: "There is no series of its lag.",
    lagNote: "half of the changes took no longer", p99Note: "one change in a hundred took longer", messagesNote: "{kind}: {says}",
    overNote: "own sales that an absolute message did not know of", lostNote: "never arrived", deadNote: "failed for good", queueNote: "messages waited for the rate limit or a stuck consumer",
    none: "The channels of this design keep no copies: there is no edge between systems, each of them asks the core." },
  { title: "Architektura", says: "Idź za strzałką: każdy komunikat spóźnia się o tyle, ile podano pod nią, a kto na jej końcu decyduje, widzi tak stary stan.",
    chart: "Systemy, przepływy między nimi i ich opóźnienia", core: "rdzeń", coreSays: "stan, obietnice, kierowanie zamówień",
    oversold: "ponad stan: {n}", directly: "pyta rdzeń bezpośrednio", copy: "kopia sprzed {age}", lag: "p50 {p50} · p99 {p99}", unused: "nic nie wysłano",
    lost: "utracone: {n}", dead: "niedoręczalne: {n}", overwritten: "nadpisane sztuki: {n}", reordered: "poza kolejnością: {n}",
    colour: "Kolor: p99 opóźnienia", width: "Grubość: liczba komunikatów", below: "poniżej {limit}", above: "{limit} i więcej",
    edge: "Połączenie", from: "z", to: "do", kind: "rodzaj", messages: "komunikaty", lostTitle: "utracone", deadTitle: "niedoręczalne",
    overwrittenTitle: "nadpisane sztuki", resent: "wysłane ponownie", duplicated: "doręczone dwa razy", reorderedTitle: "poza kolejnością", queue: "najdłuższa kolejka", p50: "p50", p90: "p90", p99: "p99", max: "maks.",
    edges: "Połączenia", channels: "Kanały: na czym opierają decyzję", channel: "kanał", decides: "decyzja", reserves: "rezerwacja", age: "wiek kopii w chwili decyzji",
    units: "sztuki ponad stan", over: "Opóźnienie połączenia {edge} w ciągu dnia", mean: "średnie", most: "najdłuższe", time: "od", noLag: "Brak szeregu czasowego jego opóźnienia.",
    lagNote: "połowa zmian dotarła nie później", p99Note: "jedna zmiana na sto szła dłużej", messagesNote: "{kind}: {says}",
    overNote: "własna sprzedaż, o której komunikat ze stanem nie wiedział", lostNote: "nigdy nie dotarły", deadNote: "ostatecznie nieudane", queueNote: "komunikaty czekały na limit lub zablokowanego odbiorcę",
    none: "Kanały tej architektury nie mają własnych kopii: między systemami nie ma połączeń, każdy z nich pyta rdzeń." });
