#include "scenarios/routing_names.hpp"

#include <google/protobuf/descriptor.h>

#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

std::vector<std::string> routing_names() {
    std::vector<std::string> names;
    const auto& all = *schema::Design::Routing_descriptor();
    for (int i = 0; i < all.value_count(); ++i) names.push_back(all.value(i)->name());
    return names;
}

}  // namespace lastunit::scenarios
