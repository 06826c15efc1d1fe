#include "cli/risk/paths.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "cli/risk/count_path.hpp"

namespace lastunit::cli {

double Splitting::paths_per_root() const {
    double product = 1;
    for (const std::int64_t into : copies) product *= static_cast<double>(into);
    return product;
}

void PathCounts::add(const PathCounts& other) {
    hits += other.hits;
    paths += other.paths;
    reached.resize(std::max(reached.size(), other.reached.size()));
    for (std::size_t i = 0; i < other.reached.size(); ++i) reached[i] += other.reached[i];
    overdue.times += other.overdue.times, overdue.stock += other.overdue.stock, overdue.sold += other.overdue.sold;
    overdue.seconds += other.overdue.seconds;
    furthest.insert(furthest.end(), other.furthest.begin(), other.furthest.end());
}

std::string PathCounts::text() const {
    std::ostringstream out;
    out << hits << ' ' << paths << ' ' << reached.size();
    for (const std::int64_t count : reached) out << ' ' << count;
    out.precision(17);
    out << ' ' << overdue.times << ' ' << overdue.stock << ' ' << overdue.sold << ' ' << overdue.seconds << ' '
        << furthest.size();
    for (const Furthest& one : furthest) out << ' ' << one.importance << ' ' << one.weight;
    out << '\n';
    return out.str();
}

PathCounts PathCounts::read(const std::string& text) {
    std::istringstream in(text);
    PathCounts out;
    std::size_t levels = 0, paths = 0;
    in >> out.hits >> out.paths >> levels;
    if (in) out.reached.resize(levels);
    for (std::int64_t& count : out.reached) in >> count;
    in >> out.overdue.times >> out.overdue.stock >> out.overdue.sold >> out.overdue.seconds >> paths;
    if (in) out.furthest.resize(paths);
    for (Furthest& one : out.furthest) in >> one.importance >> one.weight;
    if (!in) throw std::runtime_error("the counts of a path cannot be read");
    return out;
}

void count_path(const Splitting& splitting, const sim::LevelWatch& watch, PathCounts& into) {
    ++into.paths;
    PathCounts seen;
    seen.overdue = watch.overdue;
    into.add(seen);
    std::int64_t paths = 1;
    for (std::size_t level = watch.passed; watch.happened && level < splitting.levels.size(); ++level) {
        into.reached[level] += paths;
        paths *= splitting.copies[level];
    }
    if (watch.happened) into.hits += paths;
    if (watch.happened || watch.passed == splitting.levels.size())
        into.furthest.push_back({watch.happened ? PathCounts::kEvent : watch.highest, paths});
}

PathCounts count_replayed(const Splitting& splitting, const PathRun& run) {
    PathCounts counts;
    counts.reached.assign(splitting.levels.size(), 0);
    std::vector<std::vector<std::uint32_t>> to_do{{}};  // by the branches with which they begin
    while (!to_do.empty()) {
        const std::vector<std::uint32_t> given = std::move(to_do.back());
        to_do.pop_back();
        sim::LevelWatch watch;
        watch.event = splitting.event;
        watch.levels = splitting.levels;
        watch.toll_per_s = splitting.toll_per_s;
        watch.reached = [&](std::size_t level) {
            if (level < given.size()) return given[level];
            ++counts.reached[level];
            return std::uint32_t{0};
        };
        run(watch);
        count_path(splitting, watch, counts);
        for (std::size_t level = given.size(); level < watch.passed; ++level) {
            std::vector<std::uint32_t> other = given;
            other.resize(level, 0);
            for (std::int64_t branch = 1; branch < splitting.copies[level]; ++branch) {
                to_do.push_back(other);
                to_do.back().push_back(static_cast<std::uint32_t>(branch));
            }
        }
    }
    return counts;
}

}  // namespace lastunit::cli
