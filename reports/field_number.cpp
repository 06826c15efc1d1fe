#include "reports/field_number.hpp"

#include <google/protobuf/descriptor.h>

namespace lastunit::reports {

using google::protobuf::FieldDescriptor;

std::optional<double> field_number(const google::protobuf::Message& message, const FieldDescriptor& field) {
    if (field.is_repeated()) return std::nullopt;
    const auto& read = *message.GetReflection();
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            return read.GetInt32(message, &field);
        case FieldDescriptor::CPPTYPE_INT64:
            return static_cast<double>(read.GetInt64(message, &field));
        case FieldDescriptor::CPPTYPE_UINT32:
            return read.GetUInt32(message, &field);
        case FieldDescriptor::CPPTYPE_UINT64:
            return static_cast<double>(read.GetUInt64(message, &field));
        case FieldDescriptor::CPPTYPE_DOUBLE:
            return read.GetDouble(message, &field);
        case FieldDescriptor::CPPTYPE_FLOAT:
            return read.GetFloat(message, &field);
        default:
            return std::nullopt;
    }
}

}  // namespace lastunit::reports
