// The table of commands.
#include "cli/audit.hpp"
#include "cli/check.hpp"
#include "cli/command.hpp"
#include "cli/compare.hpp"
#include "cli/explain.hpp"
#include "cli/failures.hpp"
#include "cli/gate.hpp"
#include "cli/gate/options.hpp"
#include "cli/help.hpp"
#include "cli/list.hpp"
#include "cli/risk.hpp"
#include "cli/route.hpp"
#include "cli/run.hpp"
#include "cli/runs.hpp"
#include "cli/search/plan.hpp"
#include "cli/search/reports.hpp"
#include "cli/search/sweep.hpp"
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

const Option kVary{"vary", "PATH=VALUES",
                   "FROM..TO, FROM..TO:POINTS, FROM..TO:POINTS:log, or A,B,C; PATH as with --set or its end, e.g. web.buffer",
                   Repeat::often};

std::vector<Option> joined(std::vector<Option> own, const std::vector<Option>& more) {
    own.insert(own.end(), more.begin(), more.end());
    return own;
}

// Of a study whose next runs depend on what the last ones found; its --replications are its own.
std::vector<Option> unsharded(std::vector<Option> all) {
    std::erase_if(all,
                  [](const Option& one) { return one.name == std::string("shard") || one.name == std::string("replications"); });
    return all;
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
     run,
     Studies::with_replications},
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
     compare,
     Studies::always},
    {"gate",
     "judge a scenario's gates over many runs: PASS, FAIL, or INVALID where they do not say (docs/gates.md)",
     "SCENARIO",
     1,
     1,
     joined(gate_option_rows(), {{"seed", "N", "the first seed (default: the baseline's, or the scenario's)"},
                                 kDesign,
                                 kRouting,
                                 kSet,
                                 kLibrary,
                                 kVerbose}),
     {"lastunit gate black-friday", "lastunit gate ./shop.yaml --write-baseline shop.baseline.json",
      "lastunit gate ./shop.yaml --baseline shop.baseline.json --junit gate.xml --markdown gate.md",
      "lastunit gate ./shop.yaml --baseline shop.baseline.json --identical",
      "lastunit gate ./shop.yaml --baseline-binary ./lastunit-of-main"},
     gate,
     Studies::always},
    {"sweep",
     "vary parameters of a design, and show how its KPIs answer",
     "SCENARIO",
     1,
     1,
     joined(
         joined(
             {kVary,
              {"kpi", "A,B,C",
               "what to show (default: oversell_rate, undersold_units, cost_per_order, fulfilment_time_s.p90 and .p99); "
               "cost, oversell, undersell, time, lost are short for KPIs"},
              {"indices", "METHODS",
               "which parameter matters, instead of the grid: morris (screening), sobol (shares of variance), or morris,sobol: "
               "of those alone that pass the screening"},
              {"trajectories", "N", "of morris (default 10): (N times variables + 1) points"},
              {"base", "N", "of sobol, a power of two (default 32): 8 N times (variables + 2) points, repeated ones once"},
              {"seed", "N", "seed of the first replication (default: the scenario's)"},
              kDesign,
              kRouting,
              kSet,
              kUntil,
              kAtMost,
              kLibrary,
              kVerbose},
             search_file_options()),
         study_options()),
     {"lastunit sweep black-friday --vary \"edges.marketplace.interval=1m..60m\" --vary \"buffer=0..5\"",
      "lastunit sweep black-friday --vary marketplace-feed.interval=1min..4h:6:log --html feed.html",
      "lastunit sweep smoke --vary routing=nearest,cheapest --vary app.hold_ttl=1min..30min:4 --replications 10 --csv -",
      "lastunit sweep black-friday --vary buffer=0..5 --vary app.hold_ttl=5min..1h --indices morris,sobol --kpi oversell,cost"},
     sweep,
     Studies::always},
    {"plan",
     "search the settings of a design for the best that keeps to limits",
     "SCENARIO",
     1,
     1,
     joined({{"minimise", "KPI", "the objective: cost, oversell, undersell, time, lost, or any KPI's path"},
             {"maximise", "KPI", "the same, the largest being the best"},
             {"subject-to", "LIMIT",
              "KPI < bound, on the mean over replications, e.g. \"oversell_rate<0.1%\"; with a tolerance: \"<0.1% +-5%\" "
              "(default 10 %)",
              Repeat::often},
             {"vary", "PATH=VALUES",
              "search this, as in `sweep` (default: buffers, holds, intervals, protection, routing that the design has)",
              Repeat::often},
             {"zone", "WIDTH", "differences of the objective that do not matter: 1% of it (default), or in its unit"},
             {"confidence", "LEVEL", "of the right choice (default 95%)"},
             {"replications", "N", "of each candidate before anything is decided (default 10)"},
             {"at-most", "N", "runs in all (default 5000)"},
             {"candidates", "N", "a grid of at most so many points is not screened first (default 60)"},
             {"seed", "N", "seed of the first replication (default: the scenario's)"},
             kDesign,
             kRouting,
             kSet,
             kLibrary,
             kVerbose},
            joined(search_file_options(), unsharded(study_options()))),
     {"lastunit plan black-friday --minimise cost --subject-to \"oversell_rate<0.1%\"",
      "lastunit plan black-friday --minimise undersell --subject-to \"oversell<0.5%\" --vary \"buffer=0..5\" --html plan.html",
      "lastunit plan smoke --maximise revenue --vary app.buffer=0..5 --zone 0.5% --confidence 99% --at-most 2000"},
     plan,
     Studies::always},
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
     {"lastunit risk ordinary-tuesday --event \"oversold_units >= 20\" --relative-error 20%",
      "lastunit risk flash-drop --design unified --event \"channels.web.oversold_orders >= 1\" --roots 2000 --json risk.json"},
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
    {"audit",
     "prove or refute what a live system sold, from its recorded history",
     "HISTORY...",
     1,
     kAnyNumber,
     {{"json", "FILE", "write verdict, checks and offences as JSON; - for stdout"},
      {"edn", "FILE", "write the history as Jepsen's EDN, for other checkers; - for stdout"},
      {"budget", "N", "configurations visited per cell before it is undecided (300000)"},
      kVerbose},
     {"lastunit audit out/live/history.luh", "lastunit audit shard-1.luh shard-2.luh",
      "lastunit audit history.luh --json audit.json --edn history.edn"},
     audit},
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
