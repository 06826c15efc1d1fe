#include "scenarios/field_rules.hpp"

#include <limits>

#include "scenarios/quantity.hpp"
#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

schema::Unit unit_of(const FieldDescriptor& field) { return field.options().GetExtension(schema::unit); }
std::string key_of(const FieldDescriptor& field) { return field.options().GetExtension(schema::key); }
std::string defines_of(const FieldDescriptor& field) { return field.options().GetExtension(schema::defines); }
std::string refers_of(const FieldDescriptor& field) { return field.options().GetExtension(schema::refers); }
bool is_required(const FieldDescriptor& field) { return field.options().GetExtension(schema::required); }
bool is_word(const FieldDescriptor& field) { return field.options().GetExtension(schema::word); }
bool or_one(const FieldDescriptor& field) { return field.options().GetExtension(schema::or_one); }
bool sums_to_one(const FieldDescriptor& field) { return field.options().GetExtension(schema::sums_to_one); }

std::optional<std::string> preset_of(const FieldDescriptor& field) {
    if (!field.options().HasExtension(schema::preset)) return std::nullopt;
    return field.options().GetExtension(schema::preset);
}

std::pair<std::size_t, std::size_t> entries_of(const FieldDescriptor& field) {
    const auto& options = field.options();
    const std::size_t most = options.HasExtension(schema::most_entries) ? options.GetExtension(schema::most_entries)
                                                                        : std::numeric_limits<std::size_t>::max();
    return {options.GetExtension(schema::least_entries), most};
}

bool is_distribution(const google::protobuf::Descriptor* type) { return type == schema::Distribution::descriptor(); }

const FieldDescriptor* direct_field(const google::protobuf::Descriptor* type) {
    for (int i = 0; i < type->field_count(); ++i)
        if (type->field(i)->options().GetExtension(schema::direct)) return type->field(i);
    return nullptr;
}

std::vector<std::string> field_names(const google::protobuf::Descriptor* type, const std::string& except) {
    std::vector<std::string> names;
    for (int i = 0; i < type->field_count(); ++i)
        if (type->field(i)->name() != except && !is_word(*type->field(i))) names.push_back(type->field(i)->name());
    return names;
}

std::string range_error(const FieldDescriptor& field, double value, const std::string& currency) {
    const auto& options = field.options();
    const auto text = [&](double bound) { return format_quantity(bound, unit_of(field), currency); };
    if (options.HasExtension(schema::above) && !(value > options.GetExtension(schema::above)))
        return "has to be above " + text(options.GetExtension(schema::above)) + ", not " + text(value);
    if (options.HasExtension(schema::min) && !(value >= options.GetExtension(schema::min)))
        return "has to be at least " + text(options.GetExtension(schema::min)) + ", not " + text(value);
    if (options.HasExtension(schema::max) && !(value <= options.GetExtension(schema::max)))
        return "has to be at most " + text(options.GetExtension(schema::max)) + ", not " + text(value);
    return "";
}

}  // namespace lastunit::scenarios
