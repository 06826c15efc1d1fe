// What is said of each kind of finding: its name, what it means, how much of it there was, and what its story shows.
import { both, fill, forms, formy, plural, type Forms } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Finding, FindingKind, RaceRun } from "./document";

export interface FindingWords {
    name: string;
    means: string;
    look: string; // where the mistake usually is
    headline: string; // after the name, of the run with most units of it: {n} units, {sold} of {stock} sold
    small: string; // under the headline, after "in 3 of 3 runs"
    counted: string; // what the units of the finding are, on a card
    proof: string; // what to see in its story
    apart?: string; // of a pair whose requests at {step} were never under way at the same time; without: nothing to say
}
// Kinds, meanings and places to look: the table of docs/is-my-shop-safe.md.
export const findingWords = both<Record<FindingKind, FindingWords>>(
    {
        oversold: {
            name: "Oversold",
            means: "More was sold than there was.",
            look: "Stock is checked in one step and taken in another, without a lock or a condition on the update.",
            headline: "{sold} {units} sold of {stock}",
            small: "more shoppers have a confirmed unit than there were units; the requests that prove it are below.",
            counted: "Units too many",
            proof: "By what they were told, or by the orders, both of these shoppers have the last unit: only one of them can get it.",
            apart: "Their “{step}” requests were never under way at the same time: this is no race, but a check that is missing.",
        },
        undersold: {
            name: "Undersold",
            means: "Units were left while shoppers who wanted them were turned away.",
            look: "Locks that time out, holds that nobody gives back.",
            headline: "{n} of {stock} {stockUnits} left unsold",
            small: "shoppers who wanted these units were turned away; their requests are below.",
            counted: "Units left unsold",
            proof: "This shopper went away with nothing while units were left: the last bar is the answer that did it. “Answers by step” counts the others.",
        },
        phantom_order: {
            name: "Phantom order",
            means: "There is an order whose shopper was told that there is none.",
            look: "The answer says refused after the commit; a lock’s timeout after the work.",
            headline: "{n} {units} ordered for shoppers who were refused",
            small: "the shop has orders of shoppers whom it told that there is none; their requests are below.",
            counted: "Units in phantom orders",
            proof: "The last answer of this shopper is a refusal, and the shop has an order of the same shopper.",
        },
        missing_order: {
            name: "Missing order",
            means: "A shopper was told of an order that is not there.",
            look: "The answer leaves before the commit.",
            headline: "{n} {units} confirmed, and no order",
            small: "shoppers were told of orders that the shop does not have; their requests are below.",
            counted: "Units without their order",
            proof: "This shopper was told yes, and the shop has no order of the shopper.",
        },
        duplicate_order: {
            name: "Duplicate order",
            means: "One purchase became several orders.",
            look: "No idempotency key, or one that is not looked up in the same transaction.",
            headline: "{n} {units} ordered beyond what was asked for",
            small: "one purchase became more than one order; the requests behind it are below.",
            counted: "Units ordered twice",
            proof: "One shopper, one purchase: every accepted request of the deciding step made an order of its own.",
            apart: "The two “{step}” requests were never under way at the same time: the shop does not look whether it has done this already.",
        },
        lost_update: {
            name: "Lost update",
            means: "The stock counter did not move by what was taken.",
            look: "Read, subtract, write: make it one conditional UPDATE … WHERE available >= n, or lock the row.",
            headline: "the stock counter is {n} {units} off",
            small: "it moved by something else than what was taken: it will offer too much, or too little.",
            counted: "Units that the counter is off by",
            proof: "Both were sold a unit. Where the requests overlap, both read the same count, and the second write undid the first.",
            apart: "These two “{step}” requests were never under way at the same time: look at the other pairs in the JSON, and at jobs that write the counter later.",
        },
        unallocated_order: {
            name: "Unallocated order",
            means: "There are orders for which nothing was taken from stock.",
            look: "The order is committed although the allocation failed.",
            headline: "{n} {units} ordered, and nothing taken for them",
            small: "the shop has more in orders than it took from stock; the requests are below.",
            counted: "Units without stock",
            proof: "Both have an order, and stock was taken for fewer units than were ordered.",
            apart: "Their “{step}” requests were never under way at the same time: this needs no race.",
        },
    },
    {
        oversold: {
            name: "Nadsprzedaż",
            means: "Sprzedano więcej, niż było.",
            look: "Stan sprawdza się w jednym kroku, a zdejmuje w innym, bez blokady i bez warunku w aktualizacji.",
            headline: "sprzedano {sold} {units} z {stock}",
            small: "więcej klientów ma potwierdzoną sztukę, niż było sztuk; żądania, które tego dowodzą, są poniżej.",
            counted: "Sztuki ponad stan",
            proof: "Według odpowiedzi albo zamówień obaj ci klienci mają ostatnią sztukę, a dostać ją może tylko jeden.",
            apart: "Ich żądania „{step}” nigdy nie trwały w tym samym czasie: to nie wyścig, lecz brak sprawdzenia.",
        },
        undersold: {
            name: "Niedosprzedaż",
            means: "Zostały sztuki, a klientów, którzy je chcieli, odesłano.",
            look: "Blokady, które wygasają, i rezerwacje, których nikt nie zwalnia.",
            headline: "nie sprzedano {n} z {stock} {stockUnits}",
            small: "klientów, którzy chcieli je kupić, odesłano; ich żądania są poniżej.",
            counted: "Sztuki niesprzedane",
            proof: "Ten klient odszedł z niczym, choć zostały sztuki: ostatni pasek to odpowiedź, która o tym zdecydowała. Pozostałe liczy wykres „Odpowiedzi według kroków”.",
        },
        phantom_order: {
            name: "Zamówienie-widmo",
            means: "Jest zamówienie, choć klientowi powiedziano, że go nie ma.",
            look: "Odmowa wychodzi po zatwierdzeniu transakcji; czas oczekiwania na blokadę mija już po wykonaniu pracy.",
            headline: "zamówiono {n} {units} dla klientów, którym odmówiono",
            small: "sklep ma zamówienia klientów, którym powiedział, że ich nie ma; żądania tych klientów są poniżej.",
            counted: "Sztuki w zamówieniach-widmach",
            proof: "Ostatnia odpowiedź dla tego klienta to odmowa, a sklep ma jego zamówienie.",
        },
        missing_order: {
            name: "Brak zamówienia",
            means: "Klientowi potwierdzono zamówienie, którego nie ma.",
            look: "Odpowiedź wychodzi przed zatwierdzeniem transakcji.",
            headline: "potwierdzono {n} {units}, a zamówień nie ma",
            small: "klientom potwierdzono zamówienia, których sklep nie ma; ich żądania są poniżej.",
            counted: "Sztuki bez zamówienia",
            proof: "Temu klientowi sklep odpowiedział „tak”, a jego zamówienia nie ma.",
        },
        duplicate_order: {
            name: "Podwójne zamówienie",
            means: "Z jednego zakupu powstało kilka zamówień.",
            look: "Brak klucza idempotencji albo klucz sprawdzany poza tą samą transakcją.",
            headline: "zamówiono o {n} {units} więcej, niż chciano",
            small: "z jednego zakupu powstało więcej niż jedno zamówienie; żądania, które za tym stoją, są poniżej.",
            counted: "Sztuki zamówione podwójnie",
            proof: "Jeden klient, jeden zakup: z każdego przyjętego żądania decydującego kroku powstało osobne zamówienie.",
            apart: "Oba żądania „{step}” nigdy nie trwały w tym samym czasie: sklep nie sprawdza, czy już to zrobił.",
        },
        lost_update: {
            name: "Utracona aktualizacja",
            means: "Licznik zapasu nie zmienił się o tyle, ile zdjęto.",
            look: "Odczyt, odejmowanie, zapis: potrzebny jeden warunkowy UPDATE … WHERE available >= n albo blokada wiersza.",
            headline: "licznik zapasu myli się o {n} {units}",
            small: "zmienił się inaczej, niż zdjęto: zaoferuje za dużo albo za mało.",
            counted: "O ile sztuk myli się licznik",
            proof: "Obu klientom sprzedano po sztuce. Gdzie żądania się pokrywają, oba odczytały ten sam stan, a drugi zapis cofnął pierwszy.",
            apart: "Te dwa żądania „{step}” nigdy nie trwały w tym samym czasie: warto obejrzeć inne pary w pliku JSON oraz zadania, które zapisują licznik później.",
        },
        unallocated_order: {
            name: "Zamówienie bez towaru",
            means: "Są zamówienia, dla których niczego nie zdjęto ze stanu.",
            look: "Zamówienie zatwierdza się mimo nieudanej alokacji.",
            headline: "zamówiono {n} {units}, dla których niczego nie zdjęto",
            small: "w zamówieniach jest więcej sztuk, niż zdjęto ze stanu; żądania są poniżej.",
            counted: "Sztuki bez pokrycia",
            proof: "Obaj klienci mają zamówienia, a ze stanu zdjęto mniej sztuk, niż zamówiono.",
            apart: "Ich żądania „{step}” nigdy nie trwały w tym samym czasie: wyścig nie jest tu potrzebny.",
        },
    },
);
export const findingText = (kind: FindingKind): FindingWords => findingWords()[kind];

// Of several kinds the one that hurts most is named first: what shoppers were promised, then their orders, then the books.
export const bySeverity: FindingKind[] = [
    "oversold",
    "missing_order",
    "phantom_order",
    "duplicate_order",
    "unallocated_order",
    "lost_update",
    "undersold",
];

const units = both<{ object: Forms; genitive: Forms }>(
    { object: forms("unit", "units"), genitive: forms("unit", "units") },
    { object: formy("sztukę", "sztuki", "sztuk"), genitive: formy("sztuki", "sztuk", "sztuk") },
);
export const unitsObject = (n: number): string => plural(n, units().object);

// "Undersold: 7 of 20 units left unsold".
export function headlineText(finding: Finding, run: RaceRun): string {
    const text = findingText(finding.kind),
        sold = run.stock + finding.units,
        n = finding.kind === "oversold" ? sold : finding.units;
    const said = fill(text.headline, {
        n: whole(finding.units),
        sold: whole(sold),
        stock: whole(run.stock),
        units: unitsObject(n),
        stockUnits: plural(run.stock, units().genitive),
    });
    return `${text.name}: ${said}`;
}
