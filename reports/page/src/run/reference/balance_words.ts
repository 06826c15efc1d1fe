// Sentences of reports/balance in Polish, phrase by phrase; whatever has no translation stays as it is.
import { language } from "../../ui/language";
import { termName } from "../cost/terms";

const phrases: Record<string, string> = {
  "units accepted": "sztuki przyjęte",
  shipped: "wysłane",
  "handed over": "wydane",
  cancelled: "anulowane",
  forgotten: "zapomniane",
  open: "otwarte",
  "units uncollected or taken back are part of units cancelled": "sztuki nieodebrane i wycofane są częścią anulowanych",
  "stock at start": "zapas na początku",
  replenished: "uzupełniony",
  returned: "zwrócony",
  "stock at end": "zapas na końcu",
  left: "ubył",
  shrunk: "zaginął",
  aside: "odłożony",
  "between nodes": "między węzłami",
  "given up": "spisany",
  "stock returned": "zapas zwrócony",
  "returns by path": "zwroty według dróg",
  "in inspection": "w kontroli",
  "stock that left": "zapas, który ubył",
  "units shipped": "sztuki wysłane",
  "orders accepted": "przyjęte zamówienia",
  completed: "zrealizowane",
  shoppers: "klienci",
  bought: "kupili",
  active: "w trakcie",
  "holds taken": "założone blokady",
  confirmed: "potwierdzone",
  released: "zwolnione",
  expired: "wygasłe",
  live: "czynne",
  "causes of oversold units": "przyczyny nadsprzedaży",
  "oversold units": "sztuki ponad stan",
  "causes of undersold units": "przyczyny niedosprzedaży",
  "undersold units": "sztuki niedosprzedane",
  "channels whose causes do not add up": "kanały, których przyczyny się nie sumują",
  none: "zero",
  "sum over channels": "suma po kanałach",
  total: "ogółem",
  "oversold orders": "zamówienia z nadsprzedażą",
  "oversold value": "wartość nadsprzedaży",
  "lost sales units": "sztuki utraconej sprzedaży",
  "cancelled orders": "anulowane zamówienia",
  "cancelled units": "anulowane sztuki",
  "units taken back": "sztuki wycofane",
  "units forgotten": "sztuki zapomniane",
  "failed picks": "nieudane kompletacje",
  "terms of cost": "składniki kosztu",
  "total cost": "koszt całkowity",
  "channels whose terms of cost do not add up": "kanały, których składniki kosztu się nie sumują",
  "sum over nodes": "suma po węzłach",
  "cost of a year": "koszt roku",
  "its terms": "jego składniki",
  "running costs": "koszty utrzymania",
  KPI: "KPI",
  year: "rok",
  balance: "bilans",
  "units collected": "sztuki odebrane",
  "sold at the till": "sprzedane przy kasie",
  "units cancelled": "sztuki anulowane",
  "units open": "sztuki otwarte",
  "holds expired": "wygasłe blokady",
  "sum over time": "suma po czasie",
  "shoppers arriving": "nowi klienci",
  "refused units": "sztuki, których odmówiono",
};

function phrase(text: string): string {
  if (text.startsWith("cost of ") && !(text in phrases)) return `koszt: ${termName(text.slice("cost of ".length))}`;
  return phrases[text] ?? text;
}

// "sum over nodes = balance: units collected + sold at the till = handed over"
export function balanceSentence(sentence: string): string {
  if (language() !== "pl") return sentence;
  return sentence
    .split(/( = | \+ |: )/)
    .map((part, i) => (i % 2 === 1 ? part : phrase(part)))
    .join("");
}
