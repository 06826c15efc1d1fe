#include "scenarios/field_path.hpp"

#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

const FieldDescriptor* field_at(const std::vector<std::string>& parts) {
    const google::protobuf::Descriptor* message = schema::Scenario::descriptor();
    const FieldDescriptor* field = nullptr;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (message == nullptr) return nullptr;
        field = message->FindFieldByName(parts[i]);
        if (field == nullptr) return nullptr;
        const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !is_distribution(field->message_type());
        message = is_message ? field->message_type() : nullptr;
        if (field->is_repeated() && ++i + 1 == parts.size() && is_message) return nullptr;  // the key or index
    }
    if (message == nullptr || field->is_repeated()) return field;
    const FieldDescriptor* direct = direct_field(message);
    return direct != nullptr ? direct : field;
}

}  // namespace lastunit::scenarios
