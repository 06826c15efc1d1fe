// A moment of a SKU's history in parts, beside its sentence: what a picture needs, or another language.
#pragma once

#include "model/autopsy.pb.h"
#include "reports/autopsy/decisive.hpp"
#include "reports/autopsy/sku_history.hpp"

namespace lastunit::reports {

// Everything from `edge` to `kept`, as far as the moment has it. A sale has the message by which the core hears of it.
void add_parts(const Moment& moment, const SkuHistory& history, model::StoryMoment& out);

// Why moment `i` is decisive; nothing is added to one that is not.
void add_roles(const Decisive& found, std::size_t i, model::StoryMoment& out);

}  // namespace lastunit::reports
