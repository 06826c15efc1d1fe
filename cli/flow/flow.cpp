#include "cli/flow/flow.hpp"

#include "cli/flow/flow_check.hpp"
#include "cli/flow/flow_race.hpp"
#include "cli/page_language.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {

std::vector<Option> flow_options() {
    return {{"url", "[NAME=]URL", "another address for a base URL of the flow; several, with commas, share the shoppers",
             Repeat::often},
            {"sku", "NAME", "what is bought (default: the first SKU that the flow maps by name)"},
            {"trace", nullptr, "check: set up, buy once and read back, and show every request, answer and extraction"},
            {"units", "N", "units in stock (10)"},
            {"shoppers", "N", "race: how many there are (60)"},
            {"quantity", "N", "race: units that each of them wants (1)"},
            {"at-once", "N", "race: under way at a time; 1: one after the other (default: all)"},
            {"barrier", "STEP", "race: all wait before this step for all others, then --at-once of them go on at a time"},
            {"finish-one-by-one", "STEP", "race: all come to this step one after the other, and then finish one after the other"},
            {"same-cart", nullptr, "race: each shopper pays one cart from two devices at once"},
            {"repeat-submit", "STEP", "race: this step is sent twice at once"},
            {"cancel-and-pay", nullptr, "race: each shopper pays and cancels at once"},
            {"duplicate-webhook", "NAME", "race: this webhook of the flow is sent twice at once"},
            {"runs", "N", "race: so many times; says in how many runs each finding appeared"},
            {"cpu-of", "PID[,PID...]",
             "race: processor time per accepted checkout, of these processes of this machine and all that descends from them",
             Repeat::often},
            {"json", "FILE", "race: numbers, findings and every request as JSON; - for stdout"},
            {"html", "FILE",
             "race: the same as a page: the four numbers, the funnel by step, and each finding's requests on a time axis"},
            kLanguage,
            {"markdown", "FILE", "race: verdict, findings with a story each, and the funnel by step, for a pull request"},
            {"junit", "FILE", "race: JUnit XML, a test case for each kind of finding; - for stdout, as for the other files"},
            {"charts", "FOLDER", "race: the page's charts as SVG files, and PNG where rsvg-convert is installed"}};
}

int flow(const Arguments& arguments) {
    const std::string& what = arguments.words[0];
    if (what == "check") return flow_check(arguments);
    if (what == "race") return flow_race(arguments);
    throw BadInput("'" + what + "' is nothing that can be done with a flow" + scenarios::suggest(what, {"check", "race"}));
}

}  // namespace lastunit::cli
