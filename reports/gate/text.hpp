// What terminal, Markdown, JUnit and JSON say alike.
#pragma once

#include <string>

#include "reports/gate/result.hpp"

namespace lastunit::reports::gate {

// "PASS oversell gate of black-friday: 5 gates, 10 replications, design hub-and-stream"; what fails or cannot be judged is named.
std::string headline(const Result& result);
std::string figure(const Case& one, double value);  // of the case's KPI, in its unit
std::string interval_text(const Case& one);         // "[0.61 %, 0.72 %]", "[-3.1 %, +4.2 %]" of a change, "" of none

// Lines: title, table, notes, the command that repeats it. Pure text, ends with a newline.
std::string markdown(const Result& result);
// One test case per gate: FAIL is a failure, INVALID an error, as Jenkins, GitLab and the GitHub actions for it read them.
std::string junit(const Result& result);
std::string json(const Result& result);

}  // namespace lastunit::reports::gate
