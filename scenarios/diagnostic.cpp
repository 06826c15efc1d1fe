#include "scenarios/diagnostic.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace lastunit::scenarios {

std::string Diagnostic::text() const {
    std::string out = file;
    if (line > 0) out += ":" + std::to_string(line);
    if (column > 0) out += ":" + std::to_string(column);
    if (!out.empty()) out += ": ";
    if (!path.empty()) out += path + ": ";
    return out + message;
}

void Report::error(const Position& at, std::string path, std::string message) {
    errors_.push_back({at.file ? *at.file : "", at.line, at.column, std::move(path), std::move(message)});
}

bool Report::has(const std::string& path) const {
    return std::any_of(errors_.begin(), errors_.end(), [&](const Diagnostic& error) { return error.path == path; });
}

void Report::fatal(const Position& at, std::string path, std::string message) {
    error(at, std::move(path), std::move(message));
    fatal_ = true;
}

std::vector<Diagnostic> Report::sorted() const {
    std::set<std::tuple<std::string, int, int, std::string, std::string>> seen;
    std::vector<Diagnostic> out;
    for (const Diagnostic& d : errors_)
        if (seen.emplace(d.file, d.line, d.column, d.message, d.line > 0 ? "" : d.path).second) out.push_back(d);
    const auto place = [](const Diagnostic& d) { return std::tie(d.file, d.line, d.column); };
    std::stable_sort(out.begin(), out.end(), [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
    return out;
}

}  // namespace lastunit::scenarios
