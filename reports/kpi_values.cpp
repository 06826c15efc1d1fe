#include "reports/kpi_values.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>

#include "reports/field_number.hpp"
#include "reports/load/kpi.hpp"

namespace lastunit::reports {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Causes, ways of returns, terms of cost.
void add_parts(const Message& message, const FieldDescriptor& field, const std::string& path, std::vector<KpiValue>& out) {
    const auto& read = *message.GetReflection();
    for (int i = 0; i < read.FieldSize(message, &field); ++i) {
        const Message& one = read.GetRepeatedMessage(message, &field, i);
        if (const auto* cause = dynamic_cast<const model::CauseCount*>(&one); cause != nullptr)
            out.push_back({path + "." + cause->cause(), static_cast<double>(cause->units())});
        if (const auto* cost = dynamic_cast<const model::CostCount*>(&one); cost != nullptr)
            out.push_back({path + "." + cost->term(), static_cast<double>(cost->cost())});
    }
}

void add(const Message& message, const std::string& prefix, std::vector<KpiValue>& out) {
    const auto* stats = dynamic_cast<const model::TimeStats*>(&message);
    const auto& schema = *message.GetDescriptor();
    for (int i = 0; i < schema.field_count(); ++i) {
        const FieldDescriptor& field = *schema.field(i);
        const std::string path = prefix + field.name();
        if (field.has_optional_keyword() && !message.GetReflection()->HasField(message, &field))
            continue;
        else if (field.is_repeated())
            add_parts(message, field, path, out);
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
    if (record.has_load()) add(load_kpi(record.load()), "load.", out);
    return out;
}

}  // namespace lastunit::reports
