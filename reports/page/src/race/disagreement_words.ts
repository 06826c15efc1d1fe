// What disagrees with what in the shop's books, in Polish: by the form of drivers/http/disagreement.hpp and its numbers. English is the
// record's own sentence.
import { formy, plural } from "../ui/language";
import { whole } from "../ui/numbers";
import { saidOf, type Said } from "../ui/said";
import { answers, type Disagreement } from "./document";
import { answerName } from "./words";

const units = formy("sztukę", "sztuki", "sztuk"),
    shoppers = formy("klient", "klientów", "klientów");
const some = (n: number): string => `${whole(n)} ${plural(n, units)}`;

function turnedAway(of: Disagreement): string {
    return of.turned_away
        .map(({ step, answer, shoppers: n }) => {
            const known = answers.find((one) => one === answer);
            return `${whole(n)} ${plural(n, shoppers)} w kroku „${step}”: ${known ? answerName(known) : answer}`;
        })
        .join(", ");
}

const sentences: Record<string, (of: Disagreement) => string> = {
    sold_beyond_stock: (of) => `sprzedano ${some(of.units)} z ${whole(of.beside)}`,
    sold_beyond_stock_at_one_time: (of) =>
        `w jednej chwili sprzedanych było ${whole(of.units)} z ${whole(of.beside)}; część później anulowano`,
    left_unsold: (of) => `zostawiono ${some(of.units)}, a klientów odesłano (${turnedAway(of)})`,
    ordered_though_refused: (of) =>
        `zamówiono ${some(of.units)} dla klientów, którym odpowiedziano, że zamówienia nie ma`,
    ordered_though_cancelled: (of) => `zamówiono ${some(of.units)}, choć ich anulowanie przyjęto`,
    accepted_without_order: (of) => `przyjęto ${some(of.units)}, a takiego zamówienia w systemie nie ma`,
    ordered_beyond_asked: (of) => `zamówiono o ${some(of.units)} więcej, niż raz zamawiano`,
    ordered_without_stock: (of) => `zamówiono ${some(of.units)}, zarezerwowano lub zdjęto ${whole(of.beside)}`,
    counter_left_rows: (of) =>
        `zarezerwowano lub zdjęto ${some(of.units)}, a licznik zmienił się o ${whole(of.beside)}`,
    counter_left_orders: (of) => `zamówiono ${some(of.units)}, a licznik zmienił się o ${whole(of.beside)}`,
};

// `of`: absent or null in records of older versions.
export const disagreementText = (sentence: string, of: Disagreement | null | undefined): Said =>
    saidOf(sentence, () => (of ? (sentences[of.form]?.(of) ?? null) : null));
