// One written value into one field of a message.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "scenarios/quantity.hpp"

namespace lastunit::scenarios {

// Sets the field (adds to it when it is a list) of a number, text, bool, enum or Distribution. Returns why it could not, or
// nothing.
std::string set_scalar(google::protobuf::Message& out, const google::protobuf::FieldDescriptor& field, const std::string& text,
                       const std::string& currency);

}  // namespace lastunit::scenarios
