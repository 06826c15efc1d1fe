#include "cli/risk/levels_text.hpp"

#include <charconv>
#include <sstream>

#include "cli/command.hpp"
#include "cli/validation/settings.hpp"
#include "scenarios/quantity.hpp"

namespace lastunit::cli {
namespace {

constexpr std::int64_t kMostCopies = 1'000'000;

std::int64_t number(const std::string& option, std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || stop != text.data() + text.size())
        throw BadInput("--levels: '" + option +
                       "' is not auto, none or a list like -14:4,-2:5 (importance:copies, as a report says them)");
    return value;
}

double toll_of(const std::string& option, const std::string& text) {
    const auto parsed = scenarios::parse_number(text);
    if (!parsed.error.empty() || parsed.value < 0) number(option, "");
    return parsed.value;
}

Splitting parse(const std::string& option, const sim::RareEvent& event) {
    Splitting out;
    out.event = event;
    const std::size_t at = option.find('@');
    if (at != std::string::npos) out.toll_per_s = toll_of(option, option.substr(0, at));
    std::istringstream list(at == std::string::npos ? option : option.substr(at + 1));
    for (std::string level; std::getline(list, level, ',');) {
        const std::size_t colon = std::min(level.find(':'), level.size());
        out.levels.push_back(number(option, std::string_view(level).substr(0, colon)));
        out.copies.push_back(
            number(option, colon < level.size() ? std::string_view(level).substr(colon + 1) : std::string_view{}));
        if (out.copies.back() < 1 || out.copies.back() > kMostCopies)
            throw BadInput("--levels: '" + level + "': choose 1 to 1000000 copies");
        if (out.levels.size() > 1 && out.levels.back() <= out.levels[out.levels.size() - 2])
            throw BadInput("--levels: '" + option + "': importances have to ascend");
    }
    if (out.levels.empty()) number(option, "");
    return out;
}

}  // namespace

std::string levels_text(const Splitting& splitting) {
    std::string out = splitting.toll_per_s == 0 ? "" : validation::digits(splitting.toll_per_s) + "@";
    for (std::size_t i = 0; i < splitting.levels.size(); ++i)
        out += (i == 0 ? "" : ",") + std::to_string(splitting.levels[i]) + ":" + std::to_string(splitting.copies[i]);
    return splitting.levels.empty() ? "none" : out;
}

Pilot pilot_or_given(RootPlan& plan, const sim::RareEvent& event, const std::string& option, std::uint64_t first_seed,
                     std::size_t roots) {
    if (option == "auto") return place_levels(plan, event, first_seed, roots);
    Pilot out;
    out.splitting.event = event;
    if (option != "none") out.splitting = parse(option, event);
    Splitting unsplit;
    unsplit.event = event;
    const Roots plain = simulate_roots(plan, unsplit, first_seed, roots);  // for what a run costs
    choose_copying(plan, out, plain);
    return out;
}

}  // namespace lastunit::cli
