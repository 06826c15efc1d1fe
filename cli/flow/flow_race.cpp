#include "cli/flow/flow_race.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/flow/flow_check.hpp"
#include "cli/flow/flow_source.hpp"
#include "cli/flow/race_files.hpp"
#include "cli/shop_cpu.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/race/report.hpp"
#include "drivers/http/shop.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;

constexpr std::uint64_t kMostShoppers = 20'000, kMostRuns = 1000, kMostUnits = 100'000'000;

std::uint64_t count_of(const Arguments& arguments, const char* option, std::uint64_t preset, std::uint64_t least,
                       std::uint64_t most) {
    const std::uint64_t count = arguments.number(option).value_or(preset);
    if (count < least || count > most)
        throw BadInput("--" + std::string(option) + ": a count from " + std::to_string(least) + " to " + std::to_string(most));
    return count;
}

std::size_t step_of(const http::Steps& steps, const std::string& name, const std::string& option, const std::string& of) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].name == name) return i;
        names.push_back(steps[i].name);
    }
    if (names.empty()) throw BadInput("--" + option + ": the flow has no `" + of + "`");
    throw BadInput("--" + option + ": `" + name + "` is none of the flow's " + of + scenarios::suggest(name, names));
}

std::size_t purchase_step(const http::Plan& plan, const std::string& name, const std::string& option) {
    const std::size_t step = step_of(plan.steps, name, option, "steps");
    if (step > plan.promise)
        throw BadInput("--" + option + ": `" + name + "` comes after the promise `" + plan.steps[plan.promise].name + "`");
    return step;
}

void read_twice(const Arguments& arguments, const http::Plan& plan, http::RaceOptions& options) {
    const char* const kModes[] = {"same-cart", "repeat-submit", "cancel-and-pay", "duplicate-webhook"};
    if (std::count_if(std::begin(kModes), std::end(kModes), [&](const char* mode) { return arguments.has(mode); }) > 1)
        throw BadInput("only one of --same-cart, --repeat-submit, --cancel-and-pay and --duplicate-webhook at a time");
    if (arguments.has("same-cart")) options.twice = http::Twice::same_cart;
    if (const auto step = arguments.get("repeat-submit")) {
        options.twice = http::Twice::repeat_submit;
        options.twice_step = purchase_step(plan, *step, "repeat-submit");
    }
    if (arguments.has("cancel-and-pay")) {
        options.twice = http::Twice::cancel_and_pay;
        if (plan.cancel.empty()) throw BadInput("--cancel-and-pay: the flow has no `cancel` steps");
        const std::string& promise = plan.steps[plan.promise].name;
        if (const std::string name = http::cancel_needs_of_promise(plan); !name.empty())
            throw BadInput("--cancel-and-pay: `cancel` is sent together with `" + promise + "`, and {{" + name +
                           "}} is known only when that is answered: it needs a request that cancels by what an earlier step "
                           "has found, the cart perhaps");
    }
    if (const auto step = arguments.get("duplicate-webhook")) {
        options.twice = http::Twice::duplicate_webhook;
        options.twice_step = step_of(plan.webhooks, *step, "duplicate-webhook", "webhooks");
    }
}

bool reads_books(const http::StepPlan& step) { return step.orders || step.reservations || step.counters; }

http::RaceOptions options_of(const Arguments& arguments, const http::Plan& plan) {
    http::RaceOptions options;
    options.shoppers = count_of(arguments, "shoppers", 60, 1, kMostShoppers);
    options.units = static_cast<std::int64_t>(count_of(arguments, "units", 10, 0, kMostUnits));
    options.quantity = static_cast<Quantity>(count_of(arguments, "quantity", 1, 1, 1000));
    options.sku = flow_sku(arguments, plan.named_skus());
    options.at_once = count_of(arguments, "at-once", 0, 0, kMostShoppers);
    const auto barrier = arguments.get("barrier"), finish = arguments.get("finish-one-by-one");
    if (barrier && finish) throw BadInput("only one of --barrier and --finish-one-by-one");
    if (barrier) options.gate = purchase_step(plan, *barrier, "barrier");
    if (finish) {
        if (arguments.has("at-once")) throw BadInput("--finish-one-by-one: goes without --at-once, which --barrier takes");
        options.gate = purchase_step(plan, *finish, "finish-one-by-one");
        options.at_once = 1;
    }
    read_twice(arguments, plan, options);
    if (options.gate && options.twice == http::Twice::repeat_submit && options.twice_step < *options.gate)
        throw BadInput("--repeat-submit: its step comes before the one where all wait");
    if (plan.read_back.empty()) throw BadInput(plan.file + ": has no `read_back`: without it nothing can be judged");
    if (std::none_of(plan.read_back.begin(), plan.read_back.end(), reads_books))
        throw BadInput(plan.file +
                       ": no step of `read_back` reads `orders`, `reservations` or `counters`: nothing can be judged");
    return options;
}

}  // namespace

int flow_race(const Arguments& arguments) {
    const auto plan = load_flow_or_explain(arguments.words[1], arguments.all("url"), Environment::needed);
    if (!plan) return kBadInput;
    http::RaceOptions options = options_of(arguments, *plan);
    const std::uint64_t runs = count_of(arguments, "runs", 1, 1, kMostRuns);
    const RaceFiles files(arguments);
    ShopCpuMeter cpu(*plan, watched_processes(arguments));
    options.opens = [&cpu] { cpu.start(); };
    options.closes = [&cpu] { cpu.stop(); };
    std::vector<http::JudgedRace> races;
    std::string problem;
    for (std::uint64_t i = 0; i < runs; ++i) {
        options.run = http::new_run_name();
        http::RaceRun run = http::run_race(plan, options);
        problem = http::masked(run.problem, plan->secrets);
        if (!problem.empty()) break;
        http::Verdict verdict = http::judge(run);
        races.push_back({std::move(run), std::move(verdict), cpu.used()});
        if (!files.use_stdout()) std::fputs(http::race_text(*plan, races.back()).c_str(), stdout);
        std::fflush(stdout);
        files.keep_what_is_written(*plan, races);
    }
    // What the runs before have found is not lost with the one that could not be made.
    if (races.size() > 1 && !files.use_stdout()) std::fputs(http::repeats_text(races).c_str(), stdout);
    if (!races.empty()) files.write(*plan, races, problem);
    if (const std::string gone = cpu.gone(); !gone.empty()) std::fprintf(stderr, "lastunit flow: %s\n", gone.c_str());
    if (!problem.empty())
        throw BadInput(
            races.empty() ? problem : "run " + std::to_string(races.size() + 1) + " of " + std::to_string(runs) + ": " + problem);
    const bool found =
        std::any_of(races.begin(), races.end(), [](const http::JudgedRace& race) { return !race.verdict.findings.empty(); });
    const bool open = std::any_of(races.begin(), races.end(), [](const http::JudgedRace& race) {
        return race.verdict.unknown > 0 || !race.verdict.left_open.empty();
    });
    return found ? kGateFailed : open ? kInvalid : kOk;
}

}  // namespace lastunit::cli
