// Operations of a history in a person's words.
#pragma once

#include <string>

#include "reports/audit/culprit.hpp"
#include "reports/audit/facts.hpp"

namespace lastunit::reports::audit {

// "process 12 (web) holds 1 of sku-7 at dc (hold 77): applied", without its times.
std::string words_of(const Evidence& evidence, const Recorded& op);
// "12.301 s to 12.310 s", from the first operation of the history; "12.301 s, no answer".
std::string times_of(const Evidence& evidence, const Recorded& op);
std::string moment_of(const Evidence& evidence, SimTime at);

// Of answers that fit into no order.
Facts facts_of(const Evidence& evidence, CellIndex cell, const Culprit& culprit, const CellOperation& failed);

}  // namespace lastunit::reports::audit
