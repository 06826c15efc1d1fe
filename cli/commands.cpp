// The table of commands.
#include "cli/check.hpp"
#include "cli/command.hpp"
#include "cli/compare.hpp"
#include "cli/explain.hpp"
#include "cli/failures.hpp"
#include "cli/help.hpp"
#include "cli/list.hpp"
#include "cli/route.hpp"
#include "cli/run.hpp"
#include "cli/runs.hpp"
#include "cli/study/study.hpp"
#include "cli/validate.hpp"
#include "cli/version.hpp"

namespace lastunit::cli {
namespace {

constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

const Option kSet{"set", "PATH=VALUE", "change one field of the scenario", Repeat::often};
const Option kDesign{"design", "DESIGN", "run it under this design, a name or a file, instead of the scenario's own"};
// Policies as in scenarios/scenario.proto; a test compares.
const Option kRouting{"routing", "POLICY",
                      "route by it instead of the design's own: nearest, cheapest, fewest_splits, rules, "
                      "primal_dual, bid_price, independent, correlated, dilated, force_open"};
const Option kLibrary{"library", "DIR", "look for scenarios here first", Repeat::often};
const Option kVerbose{"verbose", nullptr, "say on stderr what is being done"};

const Option kStore{"store", "FILE", "the SQLite file (default: LASTUNIT_STORE, or the user's data folder)"};
const Option kUntil{"until", "WIDTH",
                    "as many replications as it takes, e.g. \"oversell_rate +-5%\"; --replications is where it starts (10)",
                    Repeat::often};
const Option kAtMost{"at-most", "N", "with --until: never more replications than these (1000)"};

std::vector<Option> joined(std::vector<Option> own, const std::vector<Option>& more) {
    own.insert(own.end(), more.begin(), more.end());
    return own;
}

const std::vector<Command> kCommands{
    {"run",
     "simulate a scenario and report what it oversells",
     "SCENARIO",
     1,
     1,
     joined({{"seed", "N", "seed of the run (default: the scenario's)"},
             kDesign,
             kRouting,
             kSet,
             {"json", "FILE", "write the run record as JSON; - for stdout"},
             {"html", "FILE", "write the report as one HTML page"},
             {"out", "DIR", "make DIR and write run.json, run.pb and report.html into it"},
             {"log", "[=FILE]",
              "write the event log for `explain` into DIR of --out, or to FILE (black-friday: 6 MB, 15 % more CPU)"},
             {"quiet", nullptr, "no summary and no progress"},
             kUntil,
             kAtMost,
             kLibrary,
             kVerbose},
            study_options()),
     {"lastunit run black-friday --out out/friday", "lastunit run black-friday --replications 20",
      "lastunit run black-friday --until \"oversell_rate +-5%\"", "lastunit run black-friday --out out/friday --log",
      "lastunit run black-friday --design polling-hub", "lastunit run black-friday --routing cheapest",
      "lastunit run ordinary-tuesday --seed 7 --json - --quiet | jq .kpi.oversold_units",
      "lastunit run flash-drop --set run.horizon=5min --html drop.html", "lastunit run ./my-retailer.yaml --out out/mine"},
     run},
    {"explain",
     "say why a unit of a run was oversold, and what would have avoided it",
     "RUN",
     1,
     1,
     {{"oversold", "N", "the run's oversold unit of this number, from 1, in the order of acceptance"},
      {"order", "ID", "the order of this number"},
      {"worst", "COUNT", "list the SKUs and orders that were oversold most, by value"},
      {"sku", "NAME", "with --worst: of this SKU alone"},
      {"json", "FILE", "write the autopsy as JSON; - for stdout"},
      {"no-counterfactuals", nullptr, "do not simulate the run again with changes"},
      kVerbose},
     {"lastunit explain out/friday --worst 10", "lastunit explain out/friday --oversold 1",
      "lastunit explain out/friday --order 8812 --no-counterfactuals --json why.json"},
     explain},
    {"compare",
     "simulate the same shoppers under several designs, side by side",
     "SCENARIO",
     1,
     1,
     joined(
         {{"designs", "A,B,C", "names or files, `own` for the scenario's own, `all` for the library's (default)"},
          {"routing", "P,Q",
           "under each of these routing policies; designs then default to the scenario's own; nearest, "
           "cheapest, fewest_splits, rules, primal_dual, bid_price, independent, correlated, dilated, force_open"},
          {"against", "NAME", "the design that the others are held against (default: the first)"},
          {"kpi", "PATH",
           "compare by this KPI instead of the usual ones: oversell_rate, fulfilment_time_s.p99, channels.web.revenue",
           Repeat::often},
          {"pareto", "KPI,KPI",
           "draw the front over these (default: oversold_units,undersold_units,cost_per_order,fulfilment_time_s.p90)"},
          {"seeds", "HOW", "`common`: the same shoppers under every design (default); `independent`: to see what that is worth"},
          {"seed", "N", "first seed of the runs (default: the scenario's)"},
          kSet,
          {"json", "FILE",
           "write differences with their intervals, and each replication's figures; of one replication the key figures, channels "
           "and edges of each run; - for stdout"},
          {"markdown", "FILE", "write the tables as Markdown; - for stdout"},
          {"html", "FILE", "write the comparison as one HTML page"},
          {"quiet", nullptr, "no report on the terminal"},
          kUntil,
          kAtMost,
          kLibrary,
          kVerbose},
         study_options()),
     {"lastunit compare black-friday", "lastunit compare black-friday --designs esb-push,event-stream,unified --replications 20",
      "lastunit compare black-friday --designs own,unified --until \"oversell_rate +-5%\" --html friday.html",
      "lastunit compare black-friday --designs own,unified,./ours.yaml --markdown designs.md",
      "lastunit compare black-friday --routing nearest,cheapest --replications 10 --kpi cost_per_order --kpi split_rate",
      "lastunit compare flash-drop --designs all --seed 7 --json - | jq '.designs[].kpi.oversold_units'"},
     compare},
    {"route",
     "plan one order and say why it comes from there",
     "ORDER",
     1,
     1,
     {{"scenario", "SCENARIO", "the retailer: a file, or a name of the library"},
      kDesign,
      kRouting,
      {"stock", "FILE", "stock on record: CSV with the columns node, sku, units (default: the scenario's initial stock)"},
      {"at", "TIME", "local time of day, e.g. 14:30 (default: the scenario's start of day)"},
      {"seed", "N", "of the initial stock (default: the scenario's)"},
      {"json", "[=FILE]", "answer as JSON, on stdout or into FILE"},
      kSet,
      kLibrary,
      kVerbose},
     {"lastunit route order.yaml --scenario black-friday",
      "lastunit route order.yaml --scenario black-friday --routing cheapest --at 17:45",
      "lastunit route order.yaml --scenario ./my-retailer.yaml --stock stock.csv --json | jq .nodes"},
     route},
    {"check",
     "read scenarios and name every mistake, without running them",
     "FILE...",
     1,
     kAnyNumber,
     {kDesign, kRouting, kSet, kLibrary, kVerbose},
     {"lastunit check my-retailer.yaml", "lastunit check black-friday flash-drop",
      "lastunit check black-friday --design ./ours.yaml", "lastunit check black-friday --set run.horizon=2h"},
     check},
    {"list",
     "list the scenarios and designs of the library",
     "",
     0,
     0,
     {kLibrary, kVerbose},
     {"lastunit list", "lastunit list --library ./our-scenarios"},
     list},
    {"validate",
     "simulate reference cases and compare with their exact values",
     "FILE",
     1,
     1,
     {{"effort", "LEVEL", "quick, normal (default) or thorough: how many replications"},
      {"only", "NAME",
       "only the cases of this family, or one case: e1_mmc, e1_mmc#2; an instance or a policy: instance#3, dilated",
       Repeat::often},
      {"seed", "N", "another set of replications (default 1)"},
      {"coverage", "STUDIES",
       "instead: simulate each case in so many small studies and say how many of their 95 % intervals hold the exact value "
       "(1000: as "
       "long as --effort normal)"},
      kLibrary,
      kVerbose},
     {"lastunit validate analytic_cases.json", "lastunit validate analytic_cases.json --only e1_mmc --effort thorough",
      "lastunit validate fulfilment_instances.json --effort quick",
      "lastunit validate analytic_cases.json --coverage 1000 --only c2_race_poisson"},
     validate},
    {"failures",
     "run the published failures: each flawed design must be flagged, each sound one must not",
     "[NN|NAME...]",
     0,
     kAnyNumber,
     {{"seeds", "N", "runs of each design, seeds 1 to N (default 100)"},
      {"list", nullptr, "what failed and where it was reported, without running anything"},
      {"json", "FILE", "write the results as JSON; - for stdout"},
      {"library", "DIR", "the failures (NN-name.yaml) of this folder instead of those that came with lastunit", Repeat::often},
      kVerbose},
     {"lastunit failures", "lastunit failures 05 last-unit-race --seeds 20", "lastunit failures --list",
      "lastunit failures --library ./our-failures --json results.json"},
     failures},
    {"runs",
     "list the runs that were kept",
     "",
     0,
     0,
     {{"scenario", "NAME", "only of this scenario, by name or hash"},
      {"design", "NAME", "only of this design"},
      {"last", "N", "only the last N"},
      kStore,
      kVerbose},
     {"lastunit runs --last 10", "lastunit runs --scenario black-friday --store study.sqlite"},
     runs},
    {"show",
     "report a run that was kept",
     "ID",
     1,
     1,
     {{"json", "FILE", "write the run record as JSON; - for stdout"},
      {"html", "FILE", "write the report as one HTML page"},
      {"out", "DIR", "make DIR and write run.json, run.pb and report.html into it"},
      {"scenario", nullptr, "print the scenario as it was run, as YAML that can be run again"},
      kStore,
      kVerbose},
     {"lastunit show 12", "lastunit show 12 --html report.html", "lastunit show 12 --scenario > as-it-was.yaml"},
     show},
    {"export",
     "write every KPI of the runs that were kept as a table",
     "",
     0,
     0,
     {{"csv", "[=FILE]", "one row per run, on stdout or into FILE"},
      {"json", "[=FILE]", "the same as JSON"},
      {"scenario", "NAME", "only of this scenario, by name or hash"},
      {"design", "NAME", "only of this design"},
      kStore,
      kVerbose},
     {"lastunit export --csv > runs.csv", "lastunit export --json=runs.json --scenario black-friday"},
     export_runs},
    {"merge",
     "join the stores of a study's parts",
     "INTO STORE...",
     2,
     kAnyNumber,
     {kVerbose},
     {"lastunit merge study.sqlite shard-1.sqlite shard-2.sqlite"},
     merge},
    {"version", "print version, commit and build", "", 0, 0, {}, {"lastunit version"}, version},
    {"help", "explain a command", "[COMMAND]", 0, 1, {}, {"lastunit help", "lastunit help run"}, help},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

const Command* find_command(const std::string& name) {
    for (const Command& command : kCommands)
        if (name == command.name) return &command;
    return nullptr;
}

}  // namespace lastunit::cli
