#include "reports/kpi_values.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>

#include "reports/field_number.hpp"

namespace lastunit::reports {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void add_causes(const Message& message, const FieldDescriptor& field, const std::string& path, std::vector<KpiValue>& out) {
    if (field.message_type() != model::CauseCount::descriptor()) return;
    const auto& read = *message.GetReflection();
    for (int i = 0; i < read.FieldSize(message, &field); ++i) {
        const auto& count = dynamic_cast<const model::CauseCount&>(read.GetRepeatedMessage(message, &field, i));
        out.push_back({path + "." + count.cause(), static_cast<double>(count.units())});
    }
}

void add(const Message& message, const std::string& prefix, std::vector<KpiValue>& out) {
    const auto* stats = dynamic_cast<const model::TimeStats*>(&message);
    const auto& schema = *message.GetDescriptor();
    for (int i = 0; i < schema.field_count(); ++i) {
        const FieldDescriptor& field = *schema.field(i);
        const std::string path = prefix + field.name();
        if (field.is_repeated())
            add_causes(message, field, path, out);
        else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
            add(message.GetReflection()->GetMessage(message, &field), path + ".", out);
        else if (stats != nullptr && stats->count() == 0 && field.name() != "count")
            continue;
        else if (const auto value = field_number(message, field); value && std::isfinite(*value))
            out.push_back({path, *value});
    }
}

}  // namespace

std::vector<KpiValue> kpi_values(const model::RunRecord& record) {
    std::vector<KpiValue> out;
    add(record.kpi(), "", out);
    for (const auto& channel : record.channels()) add(channel.kpi(), "channels." + channel.name() + ".", out);
    return out;
}

}  // namespace lastunit::reports
