// How many replications a study makes: a number, or until its figures are known well enough.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/study/study.hpp"
#include "reports/statistics/sequential.hpp"

namespace lastunit::cli {

// --until "oversell_rate +-5%": a KPI, and how wide its interval may be to either side, as a share of its mean or in its own
// unit.
struct Until {
    std::string text;  // as given
    std::string kpi;
    reports::statistics::Precision precision;  // floor and ceiling of the study
};

struct Replications {
    std::size_t least = 1;
    std::vector<Until> until;  // all of them, in every arm; empty: `least` is the number
    std::size_t most = 1;
};

// --replications, --until, --at-most; `preset` where neither of the first two is given. With --until, --replications is where it
// starts (10). Throws BadInput.
Replications replications_of(const Arguments& arguments, std::size_t preset);
bool asks_for_replications(const Arguments& arguments);

// Runs them in rounds whose sizes follow from the figures alone. Afterwards every arm has equally many, but for those that
// failed.
void replicate(Study& study, const Replications& wanted);

// "--until oversell_rate +-5%: reached with 40 replications", one for each Until, or one for each arm that did not reach it.
std::vector<std::string> how_it_ended(const Study& study, const Replications& wanted);

}  // namespace lastunit::cli
