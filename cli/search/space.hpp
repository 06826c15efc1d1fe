// The points of a sweep or a search: a value of each variable, and the scenario that they make.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/search/variable.hpp"
#include "cli/study/study.hpp"
#include "cli/study/task.hpp"

namespace lastunit::cli {

// The number of a value of each variable, in their order.
using Point = std::vector<std::size_t>;

// The effective scenario of a command line, under --design and with --set. Mistakes are printed; nothing then.
struct Effective {
    scenarios::Tree tree;
    std::uint64_t seed = 1;  // --seed, or the scenario's
};
std::optional<Effective> effective_scenario(const Arguments& arguments);

class SearchSpace {
   public:
    SearchSpace(const Arguments& arguments, std::vector<Variable> variables);

    const std::vector<Variable>& variables() const { return variables_; }
    double size() const;                                          // points of the whole grid
    std::vector<Point> grid() const;                              // all, the last variable fastest
    std::vector<std::string> settings(const Point& point) const;  // the parts of its name
    std::string name(const Point& point) const;                   // "buffer=3, interval=5min"
    std::vector<std::string> changes(const Point& point) const;   // PATH=VALUE
    // The point's arm. Throws BadInput with the point's name and the loader's own message.
    Arm arm(const Point& point) const;
    // A place of the unit cube: each variable's values take equal shares of its side.
    Point at(const std::vector<double>& cube) const;

   private:
    Arguments arguments_;
    std::string design_;
    std::vector<Variable> variables_;
    std::vector<std::string> labels_;  // of the variables, as short as tells them apart
};

// Which arm of a study is which point. A point that was there already is not loaded again.
class SearchArms {
   public:
    SearchArms(const SearchSpace& space, Study& study) : space_(space), study_(study) {}
    std::size_t of(const Point& point);
    const Point& point(std::size_t arm) const { return points_[arm]; }

   private:
    const SearchSpace& space_;
    Study& study_;
    std::map<Point, std::size_t> arms_;
    std::vector<Point> points_;
};

// The variables of --vary; none when there is none. Throws BadInput, also when two change the same field.
std::vector<Variable> variables_of(const Arguments& arguments, const scenarios::Tree& tree);

}  // namespace lastunit::cli
