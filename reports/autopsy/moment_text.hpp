// A moment of a SKU's history in one sentence.
#pragma once

#include <string>

#include "reports/autopsy/sku_history.hpp"

namespace lastunit::reports {

// `decided`: the instant of the promise, from which "not yet" is told.
std::string text_of(const Moment& moment, const SkuHistory& history, SimTime decided);

std::string clock_text(const model::EventLogHeader& header, SimTime at);  // 10:20:14.300; the day after: 1 d 00:20:14
std::string order_text(std::uint32_t order);                              // order 8812
std::string name_of_node(const model::EventLogHeader& header, NodeId node);
const char* words_of(model::OversoldCause cause, const Focus& focus);

// What moments that are told together have in common: "sold by web", "messages lost on stock-to-web (during partition)".
std::string kind_text(const Moment& moment, const SkuHistory& history);

}  // namespace lastunit::reports
