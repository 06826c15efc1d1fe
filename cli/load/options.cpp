#include "cli/load/options.hpp"

#include <cmath>

#include "cli/identity.hpp"
#include "cli/load/live_clock.hpp"
#include "cli/study/shard.hpp"
#include "reports/write.hpp"
#include "scenarios/quantity.hpp"

namespace lastunit::cli {
namespace {

// Beyond these a scenario's microsecond is no time of a computer, or a run takes years.
constexpr double kLeastSpeed = 0.01, kMostSpeed = 100'000;
constexpr std::uint64_t kMostPool = 100'000;
// Unix seconds: 2001 to 2286. Anything else is a slip.
constexpr double kEarliest = 1e9, kLatest = 1e10;

Duration span_of(const std::string& option, const std::string& text) {
    const auto parsed = scenarios::parse_quantity(text, schema::DURATION, "");
    if (!parsed.error.empty()) throw BadInput("--" + option + ": " + parsed.error);
    if (parsed.value < 1) throw BadInput("--" + option + ": must be longer than nothing");
    return {static_cast<std::int64_t>(parsed.value)};
}

std::string history_path(const Arguments& arguments) {
    std::string path = arguments.get("history").value_or("");
    if (path.empty() && arguments.has("out")) path = *arguments.get("out") + "/history.luh";
    if (path.empty()) return path;
    if (path == "-") throw BadInput("--history: a file; it is no text for stdout");
    return path;
}

}  // namespace

void check_http_alone(const Arguments& arguments, const TargetUrl& target, const std::string& option, const std::string& what) {
    if (arguments.has(option) && target.scheme != "http")
        throw BadInput("--" + option + ": " + what + ", --target http:FLOW; '" + target.shown() + "' is none");
}

TargetUrl target_of(const Arguments& arguments) {
    const auto text = arguments.get("target");
    if (!text) throw BadInput("--target: which back end? " + target_forms());
    return parse_target(*text);
}

double speed_of(const std::string& text) {
    const std::string number = text.ends_with('x') ? text.substr(0, text.size() - 1) : text;
    const auto parsed = scenarios::parse_number(number);
    if (!parsed.error.empty() || !std::isfinite(parsed.value) || parsed.value < kLeastSpeed || parsed.value > kMostSpeed)
        throw BadInput("--speed: '" + text +
                       "' is not a factor from 0.01x to 100000x, e.g. 60x: a minute of the scenario in a second");
    return parsed.value;
}

StartAt start_at_of(const std::string& text) {
    if (text.starts_with('+')) return {unix_now_us() + span_of("start-at", text.substr(1)).us};
    const auto parsed = scenarios::parse_number(text);
    if (!parsed.error.empty() || parsed.value < kEarliest || parsed.value > kLatest)
        throw BadInput("--start-at: '" + text +
                       "' is neither seconds since 1970, e.g. $(($(date +%s) + 10)), nor a span from now, e.g. +5s");
    const StartAt at{static_cast<std::int64_t>(parsed.value * 1e6)};
    if (at.unix_us - unix_now_us() > hours(24).us)
        throw BadInput("--start-at: '" + text +
                       "' is more than a day away; seconds since 1970, e.g. $(($(date +%s) + 10)), or +5s");
    return at;
}

LiveOptions live_options(const Arguments& arguments) {
    LiveOptions options;
    options.target = target_of(arguments);
    if (const auto speed = arguments.get("speed")) options.speed = speed_of(*speed);
    if (const auto shard = arguments.get("shard")) {
        const Shard part = parse_shard(*shard);
        options.shard = static_cast<std::uint32_t>(part.index);
        options.shards = static_cast<std::uint32_t>(part.count);
    }
    if (const auto at = arguments.get("start-at")) options.start_at = start_at_of(*at);
    if (const auto pool = arguments.number("pool")) {
        if (*pool > kMostPool) throw BadInput("--pool: at most " + std::to_string(kMostPool) + "; 0: no limit");
        options.pool = static_cast<std::uint32_t>(*pool);
    }
    if (arguments.has("no-prepare")) options.prepare = LiveOptions::Prepare::no;
    options.prepared = arguments.get("prepared").value_or("");
    if (!options.prepared.empty()) options.prepare = LiveOptions::Prepare::no;
    check_http_alone(arguments, options.target, "prepared", "of a shop over HTTP");
    options.cpu_of = watched_processes(arguments);
    check_http_alone(arguments, options.target, "cpu-of", "the processor time per checkout of a shop over HTTP");
    options.history = history_path(arguments);
    if (!options.history.empty() && !arguments.has("out"))
        if (const auto problem = reports::check_writable(options.history)) throw BadInput(*problem);
    return options;
}

Arguments with_horizon(const Arguments& arguments) {
    Arguments out = arguments;
    const auto span = arguments.get("for");
    if (!span) return out;
    span_of("for", *span);
    out.options["set"].push_back("run.horizon=" + *span);
    out.options.erase("for");
    return out;
}

std::string repeat_load_command(const Arguments& arguments, std::uint64_t seed) {
    std::string out = "lastunit load";
    for (const std::string& word : arguments.words) out += " " + shell_quoted(word);
    if (arguments.has("target")) out += " --target " + shell_quoted(target_of(arguments).shown());
    for (const char* option :
         {"speed", "design", "routing", "set", "library", "pool", "shard", "start-at", "for", "generators", "merge", "prepared"})
        for (const std::string& value : arguments.all(option)) out += std::string(" --") + option + " " + shell_quoted(value);
    for (const char* option : {"no-prepare", "predict"})
        if (arguments.has(option)) out += std::string(" --") + option;
    return out + " --seed " + std::to_string(seed);
}

}  // namespace lastunit::cli
