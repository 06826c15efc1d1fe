// The table of commands.
#include "cli/check.hpp"
#include "cli/command.hpp"
#include "cli/compare.hpp"
#include "cli/explain.hpp"
#include "cli/failures.hpp"
#include "cli/help.hpp"
#include "cli/list.hpp"
#include "cli/risk.hpp"
#include "cli/route.hpp"
#include "cli/run.hpp"
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

const std::vector<Command> kCommands{
    {"run",
     "simulate a scenario and report what it oversells",
     "SCENARIO",
     1,
     1,
     {{"seed", "N", "seed of the run (default: the scenario's)"},
      kDesign,
      kRouting,
      kSet,
      {"json", "FILE", "write the run record as JSON; - for stdout"},
      {"html", "FILE", "write the report as one HTML page"},
      {"out", "DIR", "make DIR and write run.json, run.pb and report.html into it"},
      {"log", "[=FILE]", "write the event log for `explain` into DIR of --out, or to FILE (black-friday: 6 MB, 15 % more CPU)"},
      {"quiet", nullptr, "no summary and no progress"},
      kLibrary,
      kVerbose},
     {"lastunit run black-friday --out out/friday", "lastunit run black-friday --out out/friday --log",
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
     {{"designs", "A,B,C", "names or files, `own` for the scenario's own, `all` for the library's (default)"},
      {"routing", "P,Q",
       "under each of these routing policies; designs then default to the scenario's own; nearest, "
       "cheapest, fewest_splits, rules, primal_dual, bid_price, independent, correlated, dilated, force_open"},
      {"seed", "N", "seed of the runs (default: the scenario's)"},
      kSet,
      {"json", "FILE", "write identity, key figures, channels and edges of each run; - for stdout"},
      {"markdown", "FILE", "write the table as Markdown; - for stdout"},
      kLibrary,
      kVerbose},
     {"lastunit compare black-friday", "lastunit compare black-friday --designs own,unified,./ours.yaml --markdown designs.md",
      "lastunit compare black-friday --routing nearest,cheapest",
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
      kLibrary,
      kVerbose},
     {"lastunit validate analytic_cases.json", "lastunit validate analytic_cases.json --only e1_mmc --effort thorough",
      "lastunit validate fulfilment_instances.json --effort quick"},
     validate},
    {"risk",
     "say how probable a rare oversell is, down to one in millions",
     "SCENARIO",
     1,
     1,
     {{"event", "KPI>=N",
       "what is watched for: oversold_units, oversold_orders or oversold_value, of the run, of channels.NAME or of skus.NAME"},
      {"relative-error", "SHARE", "go on until half the interval is this share of the estimate (default 10%)"},
      {"roots", "N", "simulate so many independent roots; with --relative-error: at most so many (default 1000000)"},
      {"levels", "LIST", "auto: a pilot places them (default); none: plain runs; or as a report has said them"},
      {"pilot", "N", "roots of the pilot (default 100)"},
      {"copies", "HOW", "fork or replay (default: the faster): how a path is split; the result is the same"},
      {"workers", "N", "processes at a time (default: one per core); the result is the same"},
      {"seed", "N", "of the first root (default: the scenario's)"},
      kDesign,
      kRouting,
      kSet,
      {"json", "FILE", "write the result as JSON; - for stdout"},
      kLibrary,
      kVerbose},
     {"lastunit risk validation/k3_buffer_tail --event 'oversold_units >= 1'",
      "lastunit risk ordinary-tuesday --event 'oversold_units >= 20' --relative-error 20%",
      "lastunit risk flash-drop --design unified --event 'channels.web.oversold_orders >= 1' --roots 2000 --json risk.json"},
     risk},
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
