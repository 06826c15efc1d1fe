// Names that several sections of a race use.
import { both, fill, forms, formy } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Answer, Race } from "./document";

export const words = both(
    {
        run: "Run",
        runN: "run {n}",
        step: "step",
        shopper: "shopper",
        shoppers: "shoppers",
        requests: "requests",
        status: "status",
        answer: "answer",
        answered: "answered",
        noAnswer: "no answer",
        units: forms("unit", "units"),
        runs: forms("run", "runs"),
    },
    {
        run: "Przebieg",
        runN: "przebieg {n}",
        step: "krok",
        shopper: "klient",
        shoppers: "klienci",
        requests: "żądania",
        status: "status",
        answer: "odpowiedź",
        answered: "odpowiedź",
        noAnswer: "bez odpowiedzi",
        units: formy("sztuka", "sztuki", "sztuk"),
        runs: formy("przebieg", "przebiegi", "przebiegów"),
    },
);

const answerWords = both<Record<Answer, string>>(
    { accepted: "accepted", out_of_stock: "out of stock", conflict: "conflict", error: "error", unknown: "unknown" },
    { accepted: "przyjęte", out_of_stock: "brak towaru", conflict: "konflikt", error: "błąd", unknown: "nieznane" },
);
export const answerName = (answer: Answer): string => answerWords()[answer];

const modeWords = both(
    {
        all: "all at once",
        one: "one at a time",
        some: "{n} at a time",
        gate: "all wait before “{step}”, then {how}",
        same_cart: "two devices pay the same cart at once",
        repeat_submit: "“{step}” is sent twice at once",
        cancel_and_pay: "paid and cancelled at once",
        duplicate_webhook: "the webhook “{step}” is sent twice at once",
    },
    {
        all: "wszyscy naraz",
        one: "po jednym",
        some: "po {n} naraz",
        gate: "wszyscy czekają przed krokiem „{step}”, potem {how}",
        same_cart: "dwa urządzenia płacą naraz za ten sam koszyk",
        repeat_submit: "krok „{step}” wysyłany naraz dwa razy",
        cancel_and_pay: "zapłata i anulowanie naraz",
        duplicate_webhook: "webhook „{step}” wysyłany naraz dwa razy",
    },
);

export function modeText(race: Race): string {
    const w = modeWords();
    const how = race.at_once === 0 ? w.all : race.at_once === 1 ? w.one : fill(w.some, { n: whole(race.at_once) });
    const come = race.wait_before ? fill(w.gate, { step: race.wait_before, how }) : how;
    return race.twice ? `${come}; ${fill(w[race.twice], { step: race.twice_step ?? "" })}` : come;
}
