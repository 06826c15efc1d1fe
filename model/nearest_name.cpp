#include "model/nearest_name.hpp"

#include <algorithm>
#include <numeric>

namespace lastunit::model {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr std::size_t kSlip = 2;       // letters that a hand gets wrong
constexpr std::size_t kLeastWord = 3;  // shorter, it is in everything

bool ends_word(char c) { return c == '_' || c == '.' || c == '-' || c == ' '; }

// Where `name` stands in `candidate` as one or several of its words; npos where it does not.
std::size_t word_at(std::string_view name, std::string_view candidate) {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    for (auto from = candidate.begin();;) {
        const auto found = std::search(from, candidate.end(), name.begin(), name.end(), same);
        if (found == candidate.end()) return std::string_view::npos;
        const auto end = found + static_cast<std::ptrdiff_t>(name.size());
        const bool begins = found == candidate.begin() || ends_word(found[-1]);
        if (begins && (end == candidate.end() || ends_word(*end))) return static_cast<std::size_t>(found - candidate.begin());
        from = found + 1;
    }
}

// The name in which it is a word: at the start before elsewhere, then the shortest.
std::string with_word(std::string_view name, const std::vector<std::string>& names) {
    const std::string* best = nullptr;
    bool best_starts = false;
    if (name.size() < kLeastWord) return "";
    for (const std::string& candidate : names) {
        const std::size_t at = word_at(name, candidate);
        if (at == std::string_view::npos) continue;
        const bool starts = at == 0;
        if (best != nullptr && (best_starts > starts || (best_starts == starts && best->size() <= candidate.size()))) continue;
        best = &candidate;
        best_starts = starts;
    }
    return best == nullptr ? "" : *best;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& names) {
    std::string best;
    std::size_t best_distance = SIZE_MAX;
    for (const std::string& candidate : names) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    if (best_distance > kSlip)
        if (std::string longer = with_word(name, names); !longer.empty()) return longer;
    return best_distance <= std::max(name.size(), best.size()) / 2 ? best : "";
}

}  // namespace lastunit::model
