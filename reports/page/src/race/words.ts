// Names that several sections of a race use.
import { both, fill, forms, formy } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Answer, FindingKind, Race } from "./document";

export const words = both(
  {
    run: "Run", runN: "run {n}", step: "step", shopper: "shopper", shoppers: "shoppers", requests: "requests", status: "status", answer: "answer", answered: "answered",
    noAnswer: "no answer", units: forms("unit", "units"), runs: forms("run", "runs"),
  },
  {
    run: "Przebieg", runN: "przebieg {n}", step: "krok", shopper: "klient", shoppers: "klienci", requests: "żądania", status: "status", answer: "odpowiedź", answered: "odpowiedź",
    noAnswer: "bez odpowiedzi", units: formy("sztuka", "sztuki", "sztuk"), runs: formy("przebieg", "przebiegi", "przebiegów"),
  });

const answerWords = both<Record<Answer, string>>(
  { accepted: "accepted", out_of_stock: "out of stock", conflict: "conflict", error: "error", unknown: "unknown" },
  { accepted: "przyjęte", out_of_stock: "brak towaru", conflict: "konflikt", error: "błąd", unknown: "nieznane" });
export const answerName = (answer: Answer): string => answerWords()[answer];

interface FindingWords {
  name: string;
  means: string;
  look: string; // where the mistake usually is
}
// The table of docs/is-my-shop-safe.md.
const findingWords = both<Record<FindingKind, FindingWords>>(
  {
    oversold: { name: "Oversold", means: "More was sold than there was.", look: "Stock is checked in one step and taken in another, without a lock or a condition on the update." },
    undersold: { name: "Undersold", means: "Units were left while shoppers who wanted them were turned away.", look: "Locks that time out, holds that nobody gives back." },
    phantom_order: { name: "Phantom order", means: "There is an order whose shopper was told that there is none.", look: "The answer says refused after the commit; a lock’s timeout after the work." },
    missing_order: { name: "Missing order", means: "A shopper was told of an order that is not there.", look: "The answer leaves before the commit." },
    duplicate_order: { name: "Duplicate order", means: "One purchase became several orders.", look: "No idempotency key, or one that is not looked up in the same transaction." },
    lost_update: { name: "Lost update", means: "The stock counter moved by less than was taken.", look: "Read, subtract, write: make it one conditional UPDATE … WHERE available >= n, or lock the row." },
    unallocated_order: { name: "Unallocated order", means: "There are orders for which nothing was taken from stock.", look: "The order is committed although the allocation failed." },
  },
  {
    oversold: { name: "Nadsprzedaż", means: "Sprzedano więcej, niż było.", look: "Stan sprawdza się w jednym kroku, a zdejmuje w innym, bez blokady i bez warunku w aktualizacji." },
    undersold: { name: "Niedosprzedaż", means: "Zostały sztuki, a klientów, którzy je chcieli, odesłano.", look: "Blokady, które wygasają, i rezerwacje, których nikt nie zwalnia." },
    phantom_order: { name: "Zamówienie-widmo", means: "Jest zamówienie, choć klientowi powiedziano, że go nie ma.", look: "Odmowa wychodzi po zatwierdzeniu transakcji; czas oczekiwania na blokadę mija już po wykonaniu pracy." },
    missing_order: { name: "Brak zamówienia", means: "Klientowi potwierdzono zamówienie, którego nie ma.", look: "Odpowiedź wychodzi przed zatwierdzeniem transakcji." },
    duplicate_order: { name: "Podwójne zamówienie", means: "Z jednego zakupu powstało kilka zamówień.", look: "Brak klucza idempotencji albo klucz sprawdzany poza tą samą transakcją." },
    lost_update: { name: "Utracona aktualizacja", means: "Licznik zapasu zmienił się o mniej, niż zdjęto.", look: "Odczyt, odejmowanie, zapis: potrzebny jeden warunkowy UPDATE … WHERE available >= n albo blokada wiersza." },
    unallocated_order: { name: "Zamówienie bez towaru", means: "Są zamówienia, dla których niczego nie zdjęto ze stanu.", look: "Zamówienie zatwierdza się mimo nieudanej alokacji." },
  });
export const findingText = (kind: FindingKind): FindingWords => findingWords()[kind];

const modeWords = both(
  {
    all: "all at once", one: "one at a time", some: "{n} at a time", gate: "all wait before “{step}”, then {how}", same_cart: "two devices pay the same cart at once",
    repeat_submit: "“{step}” is sent twice at once", cancel_and_pay: "paid and cancelled at once", duplicate_webhook: "the webhook “{step}” is sent twice at once",
  },
  {
    all: "wszyscy naraz", one: "po jednym", some: "po {n} naraz", gate: "wszyscy czekają przed krokiem „{step}”, potem {how}", same_cart: "dwa urządzenia płacą naraz za ten sam koszyk",
    repeat_submit: "krok „{step}” wysyłany naraz dwa razy", cancel_and_pay: "zapłata i anulowanie naraz", duplicate_webhook: "webhook „{step}” wysyłany naraz dwa razy",
  });

export function modeText(race: Race): string {
  const w = modeWords();
  const how = race.at_once === 0 ? w.all : race.at_once === 1 ? w.one : fill(w.some, { n: whole(race.at_once) });
  const come = race.wait_before ? fill(w.gate, { step: race.wait_before, how }) : how;
  return race.twice ? `${come}; ${fill(w[race.twice], { step: race.twice_step ?? "" })}` : come;
}
