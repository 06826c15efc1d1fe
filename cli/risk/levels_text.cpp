#include "cli/risk/levels_text.hpp"

#include <charconv>
#include <sstream>

#include "cli/command.hpp"

namespace lastunit::cli {
namespace {

constexpr std::int64_t kMostCopies = 1'000'000;

std::int64_t number(const std::string& option, std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || stop != text.data() + text.size())
        throw BadInput("--levels: '" + option +
                       "' is not auto, none or a list like -14:4,-2:5 (importance:copies, as a study says them)");
    return value;
}

Splitting parse(const std::string& option, const sim::RareEvent& event) {
    Splitting out;
    out.event = event;
    std::istringstream list(option);
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
    std::string out;
    for (std::size_t i = 0; i < splitting.levels.size(); ++i)
        out += (i == 0 ? "" : ",") + std::to_string(splitting.levels[i]) + ":" + std::to_string(splitting.copies[i]);
    return out.empty() ? "none" : out;
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
