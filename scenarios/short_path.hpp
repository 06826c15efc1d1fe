// Paths as people say them: "edges.marketplace.interval", "web.buffer", "buffer".
#pragma once

#include <string>
#include <vector>

#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

struct FoundPaths {
    std::vector<std::string> paths;  // as --set has them; several: to be changed together
    std::string error;               // empty = found
};

// In the effective tree of a scenario. In this order, the first that fits:
//   a whole path: design.edges.feed.interval, run.horizon
//   an edge of the design by the channel that it feeds (or, where none does, whose sales it carries): edges.marketplace.interval
//   the end of a path of the design, else of the scenario: feed.interval, channels.web.buffer, routing
//   a field's name alone: that field of every channel (or every edge) of the design that states it, together; where none states
//   it, of every channel that sells from what it sees
// `*` stands for any one part, and then all that fit are meant together. What fits several fields otherwise is an error that
// names them.
FoundPaths find_paths(const Tree& root, const std::string& given);

}  // namespace lastunit::scenarios
