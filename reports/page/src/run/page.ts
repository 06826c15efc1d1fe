// The report of one run.
import { documentOf } from "../documents";
import type { Autopsy, RunRecord } from "../../generated/record";
import { autopsySection } from "../autopsy/section";
import type { Content } from "../ui/frame";
import { both } from "../ui/language";
import { span, clock, whole } from "../ui/numbers";
import { h } from "../ui/dom";
import { architectureSection } from "./architecture/architecture";
import { daySection } from "./day/day";
import { costSection } from "./cost/cost";
import { fulfilmentSection } from "./fulfilment/fulfilment";
import { referenceSection } from "./reference/reference";
import { banners, headline } from "./headline";
import { journeysSection } from "./journeys/journeys";
import { networkSection } from "./network/network";
import { liveSection } from "./live";
import { whySection } from "./why";

const words = both(
    { design: "Design", seed: "seed", shoppers: "shoppers for {horizon} from {start}", simulated: "{span} simulated" },
    {
        design: "Architektura",
        seed: "ziarno",
        shoppers: "klienci przez {horizon} od {start}",
        simulated: "symulowano {span}",
    },
);

export function runPage(): Content {
    const record = documentOf<RunRecord>("run")!;
    const autopsies = documentOf<Autopsy[]>("autopsies") ?? [];
    const id = record.identity;
    const w = words();
    return {
        title: id.scenario_title || id.scenario,
        subtitle: [
            w.design,
            " ",
            h("b", {}, id.design),
            `, ${w.seed} ${whole(id.seed)}, `,
            w.shoppers.replace("{horizon}", span(id.horizon_s)).replace("{start}", clock(id.start_of_day_s)),
            ", ",
            w.simulated.replace("{span}", span(id.simulated_s)),
        ],
        banners: banners(record),
        headline: () => headline(record),
        sections: [
            () => liveSection(record),
            () => daySection(record),
            () => whySection(record, autopsies),
            () => autopsySection(record, autopsies),
            () => journeysSection(record),
            () => networkSection(record),
            () => fulfilmentSection(record),
            () => costSection(record),
            () => architectureSection(record),
            () => referenceSection(record),
        ],
    };
}
