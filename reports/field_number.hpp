// A number of any message, by its descriptor.
#pragma once

#include <google/protobuf/message.h>

#include <optional>

namespace lastunit::reports {

// Nothing for a field that is no number, or repeated.
std::optional<double> field_number(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

}  // namespace lastunit::reports
