// The field of the schema that a path in a scenario names.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field_rules.hpp"

namespace lastunit::scenarios {

// Parts as of path_parts(): keys of maps and indices of lists are passed over, whatever they are. Null where the schema has no
// such field. A message that may be written as the value of one of its fields is that field.
const FieldDescriptor* field_at(const std::vector<std::string>& parts);

}  // namespace lastunit::scenarios
