// Words of the journeys' section.
import { both } from "../ui/language";
import type { Funnel } from "../../generated/record";

export type Step = keyof Funnel;
export const steps: Step[] = ["arrived", "browsed", "saw_available", "carted", "reached_checkout", "placed", "paid", "received"];

const stepNames = both<Record<Step, string>>(
  { arrived: "came", browsed: "looked at items", saw_available: "saw one available", carted: "put it into the cart", reached_checkout: "reached the checkout", placed: "placed the order",
    paid: "paid", received: "received goods" },
  { arrived: "weszli", browsed: "oglądali towar", saw_available: "zobaczyli dostępny", carted: "dodali do koszyka", reached_checkout: "doszli do kasy", placed: "złożyli zamówienie",
    paid: "zapłacili", received: "otrzymali towar" });

const kinds = both<Record<string, [name: string, says: string]>>(
  { single_channel: ["one channel", "began and ended in the same channel"], cross_channel: ["several channels", "changed channel on the way, all online or all in stores"],
    webrooming: ["webrooming (ROPO)", "looked online, bought in the store"], showrooming: ["showrooming", "looked in the store, bought online"],
    pickup: ["click and collect", "bought online, fetched at a store or locker"], reserve_in_store: ["reserve in store", "reserved online, paid in the store"],
    endless_aisle: ["endless aisle", "the shelf was empty, ordered at the store's kiosk"] },
  { single_channel: ["jeden kanał", "zaczęli i skończyli w tym samym kanale"], cross_channel: ["kilka kanałów", "po drodze zmienili kanał, w obrębie internetu albo sklepów"],
    webrooming: ["webrooming (ROPO)", "oglądali w internecie, kupili w sklepie"], showrooming: ["showrooming", "oglądali w sklepie, kupili w internecie"],
    pickup: ["kup online, odbierz", "kupili w internecie, odebrali w sklepie lub automacie"], reserve_in_store: ["rezerwacja w sklepie", "zarezerwowali w internecie, zapłacili w sklepie"],
    endless_aisle: ["wirtualna półka", "półka była pusta, zamówili w kiosku w sklepie"] });

export const stepName = (step: Step): string => stepNames()[step];
export const journeyName = (name: string): string => kinds()[name]?.[0] ?? name;
export const journeySays = (name: string): string => kinds()[name]?.[1] ?? "";

export const words = both(
  { title: "Journeys", says: "Look for where shoppers change channel, and whether those who do buy more often than those who stay.",
    conversion: "Conversion", conversionNote: "of all shoppers bought", cross: "Cross-channel conversion", crossNote: "of those who changed channel bought",
    integration: "Channel integration", integrationNote: "of shoppers used two channels or more", ropo: "ROPO ratio", ropoNote: "of purchases in stores began online", lostCarts: "Carts lost by a switch", lostCartsNote: "did not follow the shopper into the next channel",
    paths: "Channels, one after the other", pathsSays: "From left to right: the first channel, the next ones, and whether the shopper bought.", fallback: "This record knows single switches, not whole journeys: on the left the channel left, on the right the channel entered.",
    whose: "Shoppers", switched: "Changed channel", bought: "Changed channel and bought", all: "All", single: "{n} ({share}) used one channel only and are not drawn; {bought} of them bought.",
    depth: "Journeys are drawn up to their {n}th channel.", buys: "bought", leaves: "left", other: "rarer journeys", shoppers: "shoppers", buyers: "buyers", rate: "bought", path: "channels", toward: "went on",
    nothing: "Nobody changed channel.", funnel: "From coming to receiving", funnelSays: "Bar: share of those who came. Behind it: how many of the step before took this step.", everyone: "all", ofBefore: "{share} of before", step: "step",
    noPersonas: "This record has no funnel by persona.", kinds: "Orders by kind of journey", kind: "kind", meaning: "meaning", orders: "orders", share: "share",
    matrix: "Changes of channel", matrixSays: "From the row's channel to the column's; below the count, the share that bought there.", matrixBare: "From the row's channel to the column's.", from: "from", to: "to", count: "changes", came: "came" },
  { title: "Ścieżki klientów", says: "Zwróć uwagę, gdzie klienci zmieniają kanał i czy ci, którzy to robią, kupują częściej niż ci, którzy zostają.",
    conversion: "Konwersja", conversionNote: "wszystkich klientów kupiło", cross: "Konwersja międzykanałowa", crossNote: "zmieniających kanał kupiło",
    integration: "Integracja kanałów", integrationNote: "klientów użyło co najmniej dwóch kanałów", ropo: "Wskaźnik ROPO", ropoNote: "zakupów w sklepach zaczęło się w internecie", lostCarts: "Koszyki utracone przy zmianie", lostCartsNote: "nie przeszły z klientem do następnego kanału",
    paths: "Kanały jeden po drugim", pathsSays: "Od lewej do prawej: pierwszy kanał, kolejne, a na końcu, czy klient kupił.", fallback: "Ten zapis zna pojedyncze przejścia, nie całe ścieżki: po lewej kanał opuszczony, po prawej następny.",
    whose: "Klienci", switched: "Zmienili kanał", bought: "Zmienili kanał i kupili", all: "Wszyscy", single: "Jednego kanału użyło {n} ({share}); nie są narysowani, kupiło {bought} z nich.",
    depth: "Ścieżki narysowano do {n}. kanału.", buys: "kupili", leaves: "odeszli", other: "rzadsze ścieżki", shoppers: "klienci", buyers: "kupujący", rate: "kupiło", path: "kanały", toward: "poszli dalej",
    nothing: "Nikt nie zmienił kanału.", funnel: "Od wejścia do odbioru", funnelSays: "Słupek: udział w liczbie tych, którzy weszli. Za nim: jaka część z poprzedniego kroku zrobiła ten krok.", everyone: "wszyscy", ofBefore: "{share} poprzednich", step: "krok",
    noPersonas: "Ten zapis nie zawiera lejka według person.", kinds: "Zamówienia według rodzaju ścieżki", kind: "rodzaj", meaning: "znaczenie", orders: "zamówienia", share: "udział",
    matrix: "Przejścia między kanałami", matrixSays: "Z kanału wiersza do kanału kolumny; pod liczbą udział tych, którzy tam kupili.", matrixBare: "Z kanału wiersza do kanału kolumny.", from: "z", to: "do", count: "przejścia", came: "weszli" });
