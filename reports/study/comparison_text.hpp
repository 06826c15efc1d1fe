// The sentences of a comparison: what terminal, Markdown and page say alike.
#pragma once

#include <string>
#include <vector>

#include "reports/study/comparison.hpp"

namespace lastunit::reports {

struct Sentence {
    std::string text;
    std::string big;  // the same in a few words: "unified: 41 % less"
    Finding finding = Finding::not_shown;
};

// "unified oversells 41 % less than hub-and-stream, 95 % interval 37 to 45 %, same shoppers, 20 replications": of the first KPI,
// one for each arm, or for many arms the best one and how many are shown to be better and worse.
std::vector<Sentence> headline(const StudyComparison& study);

// "The same 61,204 shoppers under 3 designs, 20 replications, seeds 1 to 20".
std::string caption(const StudyComparison& study);
// What the intervals hold for, in a sentence.
std::string about_intervals(const StudyComparison& study);

std::string interval_text(std::string_view path, const statistics::Interval& interval);  // of a mean: "380 to 444"
std::string difference_interval_text(std::string_view path, const statistics::Interval& interval);
std::string ratio_interval_text(const statistics::Interval& ratio);  // "-45 to -37 %"
std::string p_text(double p);                                        // "<0.001", "0.034"
// "-" when the difference is shown; "never": none was seen at all.
std::string still_needed_text(const ArmDifference& difference);
std::string place_text(const StudyComparison& study, const FrontPlace& place);  // "on the front"
std::string gate_text(const StudyComparison& study, const BrokenGate& gate);
std::string left_out_text(const StudyComparison& study);          // empty: nothing was
std::string seeds_text(const std::vector<std::uint64_t>& seeds);  // "seeds 1 to 20"

}  // namespace lastunit::reports
