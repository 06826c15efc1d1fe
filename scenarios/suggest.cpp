#include "scenarios/suggest.hpp"

#include <algorithm>
#include <utility>

#include "model/nearest_name.hpp"

namespace lastunit::scenarios {
namespace {

// Two neighbours swapped, the commonest slip, are two edits: too many for nearest_name in a short name.
std::string unswapped(std::string name, const std::vector<std::string>& valid) {
    for (std::size_t i = 1; i < name.size(); ++i) {
        std::swap(name[i - 1], name[i]);
        if (std::find(valid.begin(), valid.end(), name) != valid.end()) return name;
        std::swap(name[i - 1], name[i]);
    }
    return "";
}

}  // namespace

std::string nearest(const std::string& name, const std::vector<std::string>& valid) {
    constexpr std::size_t kLongest = 80;  // longer names are not typing mistakes
    if (name.size() > kLongest) return "";
    const std::string swapped = unswapped(name, valid);
    return swapped.empty() ? model::nearest_name(name, valid) : swapped;
}

std::string suggest(const std::string& name, const std::vector<std::string>& valid) {
    constexpr std::size_t kFew = 24;
    const std::string best = nearest(name, valid);
    if (!best.empty()) return "; did you mean `" + best + "`?";
    if (valid.empty() || valid.size() > kFew) return "";
    std::string list;
    for (const std::string& candidate : valid) list += (list.empty() ? "" : ", ") + candidate;
    return "; one of " + list;
}

}  // namespace lastunit::scenarios
