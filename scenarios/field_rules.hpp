// The options of a field (options.proto), read from its descriptor.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/options.pb.h"

namespace lastunit::scenarios {

using FieldDescriptor = google::protobuf::FieldDescriptor;

schema::Unit unit_of(const FieldDescriptor&);
std::string key_of(const FieldDescriptor&);      // empty: not written as a map
std::string defines_of(const FieldDescriptor&);  // empty: defines no names
std::string refers_of(const FieldDescriptor&);   // empty: free text
std::optional<std::string> preset_of(const FieldDescriptor&);
bool is_required(const FieldDescriptor&);
bool is_word(const FieldDescriptor&);
bool or_one(const FieldDescriptor&);  // a list whose only entry may be written alone
bool sums_to_one(const FieldDescriptor&);
std::pair<std::size_t, std::size_t> entries_of(const FieldDescriptor&);  // least, most

bool is_distribution(const google::protobuf::Descriptor*);
const FieldDescriptor* direct_field(const google::protobuf::Descriptor*);  // null: has to be written as a map
// What may be written inside the message; `except` is the field that holds the entry's key.
std::vector<std::string> field_names(const google::protobuf::Descriptor*, const std::string& except);

// Empty, or why the value is outside the field's range.
std::string range_error(const FieldDescriptor&, double value, const std::string& currency);

}  // namespace lastunit::scenarios
