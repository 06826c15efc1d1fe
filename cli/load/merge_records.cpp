#include "cli/load/merge_records.hpp"

#include <algorithm>
#include <vector>

#include "drivers/load/merge_reports.hpp"
#include "model/time_counts.hpp"

namespace lastunit::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// How much each side weighs in what does not add up.
struct Weights {
    double mine, others;
    double mean(double a, double b) const { return mine + others <= 0 ? a : (a * mine + b * others) / (mine + others); }
};

bool is_a_peak(const std::string& name) { return name == "max" || name.starts_with("most_") || name.starts_with("peak_"); }

void add(Message& into, const Message& more, Weights weights);

void add_single(Message& into, const Message& more, const FieldDescriptor& field, Weights weights) {
    const Reflection& r = *into.GetReflection();
    const bool peak = is_a_peak(field.name());
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_UINT64: {
            const auto a = r.GetUInt64(into, &field), b = more.GetReflection()->GetUInt64(more, &field);
            r.SetUInt64(&into, &field, peak ? std::max(a, b) : a + b);
            break;
        }
        case FieldDescriptor::CPPTYPE_INT64:
            r.SetInt64(&into, &field, r.GetInt64(into, &field) + more.GetReflection()->GetInt64(more, &field));
            break;
        case FieldDescriptor::CPPTYPE_DOUBLE: {
            const double a = r.GetDouble(into, &field), b = more.GetReflection()->GetDouble(more, &field);
            r.SetDouble(&into, &field, peak ? std::max(a, b) : weights.mean(a, b));
            break;
        }
        case FieldDescriptor::CPPTYPE_MESSAGE:
            add(*r.MutableMessage(&into, &field), more.GetReflection()->GetMessage(more, &field), weights);
            break;
        default:
            break;  // names: of all shards the same
    }
}

bool same_strings(const Message& a, const Message& b, const FieldDescriptor& field) {
    const Reflection &of_a = *a.GetReflection(), &of_b = *b.GetReflection();
    if (!field.is_repeated()) return of_a.GetString(a, &field) == of_b.GetString(b, &field);
    if (of_a.FieldSize(a, &field) != of_b.FieldSize(b, &field)) return false;
    for (int i = 0; i < of_a.FieldSize(a, &field); ++i)
        if (of_a.GetRepeatedString(a, &field, i) != of_b.GetRepeatedString(b, &field, i)) return false;
    return true;
}

// An entry of a list is known by its names: of one thing, or of several in their order.
bool same_names(const Message& a, const Message& b) {
    const auto& type = *a.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && !same_strings(a, b, field)) return false;
    }
    return true;
}

void add_list(Message& into, const Message& more, const FieldDescriptor& field, Weights weights) {
    const Reflection &r = *into.GetReflection(), &other = *more.GetReflection();
    for (int i = 0; i < other.FieldSize(more, &field); ++i) {
        const Message& one = other.GetRepeatedMessage(more, &field, i);
        int at = 0;
        while (at < r.FieldSize(into, &field) && !same_names(r.GetRepeatedMessage(into, &field, at), one)) ++at;
        if (at < r.FieldSize(into, &field))
            add(*r.MutableRepeatedMessage(&into, &field, at), one, weights);
        else
            r.AddMessage(&into, &field)->CopyFrom(one);
    }
}

// A sample's statistics weigh by its own size.
void add(Message& into, const Message& more, Weights weights) {
    const auto& type = *into.GetDescriptor();
    if (const FieldDescriptor* count = type.FindFieldByName("count"); count != nullptr && type.name() == "TimeStats")
        weights = {static_cast<double>(into.GetReflection()->GetUInt64(into, count)),
                   static_cast<double>(more.GetReflection()->GetUInt64(more, count))};
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        const bool message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
        if (field.is_repeated()) {
            if (message) add_list(into, more, field, weights);
        } else if (!message || more.GetReflection()->HasField(more, &field)) {
            add_single(into, more, field, weights);
        }
    }
}

void add_kpi(model::Kpi& into, const model::Kpi& more, Weights weights) {
    add(into, more, weights);
    into.set_oversell_rate(
        into.units_accepted() == 0 ? 0 : static_cast<double>(into.oversold_units()) / static_cast<double>(into.units_accepted()));
}

void add_identity(model::Identity& into, const model::Identity& more) {
    into.set_partial(into.partial() || more.partial());
    into.set_events(into.events() + more.events());
    into.set_messages(into.messages() + more.messages());
    into.set_core_commands(into.core_commands() + more.core_commands());
    into.set_simgrid_activities(into.simgrid_activities() + more.simgrid_activities());
    into.set_simulated_s(std::max(into.simulated_s(), more.simulated_s()));
    into.set_wall_s(std::max(into.wall_s(), more.wall_s()));
    into.set_peak_memory_bytes(into.peak_memory_bytes() + more.peak_memory_bytes());
    into.set_peak_pending_events(std::max(into.peak_pending_events(), more.peak_pending_events()));
}

// Every shard has the whole catalogue.
void add_classes(model::RunRecord& into, const model::RunRecord& more) {
    std::vector<std::uint64_t> skus;
    for (const model::SkuClassKpi& part : into.sku_classes()) skus.push_back(part.skus());
    add_list(into, more, *model::RunRecord::descriptor()->FindFieldByName("sku_classes"), {1, 1});
    for (std::size_t i = 0; i < skus.size(); ++i) into.mutable_sku_classes(static_cast<int>(i))->set_skus(skus[i]);
}

void add_worst_skus(model::RunRecord& into, const model::RunRecord& more) {
    add_list(into, more, *model::RunRecord::descriptor()->FindFieldByName("worst_skus"), {1, 1});
    auto& skus = *into.mutable_worst_skus();
    std::sort(skus.begin(), skus.end(), [](const model::SkuKpi& a, const model::SkuKpi& b) {
        if (a.oversold_units() != b.oversold_units()) return a.oversold_units() > b.oversold_units();
        return a.undersold_units() != b.undersold_units() ? a.undersold_units() > b.undersold_units() : a.sku() < b.sku();
    });
}

void add_paths(model::RunRecord& into, const model::RunRecord& more) {
    add_list(into, more, *model::RunRecord::descriptor()->FindFieldByName("paths"), {1, 1});
    if (more.has_other_paths()) add(*into.mutable_other_paths(), more.other_paths(), {1, 1});
    auto& paths = *into.mutable_paths();
    std::sort(paths.begin(), paths.end(), [](const model::JourneyPath& a, const model::JourneyPath& b) {
        if (a.shoppers() != b.shoppers()) return a.shoppers() > b.shoppers();
        return std::lexicographical_compare(a.channels().begin(), a.channels().end(), b.channels().begin(), b.channels().end());
    });
}

void add_times(model::RunRecord& into, const model::RunRecord& more) {
    for (const model::TimeDistribution& times : more.times()) {
        auto& known = *into.mutable_times();
        const auto same = std::find_if(known.begin(), known.end(), [&](const auto& of) { return of.method() == times.method(); });
        if (same == known.end())
            *into.add_times() = times;
        else
            model::add_distribution(*same, times);
    }
}

// Lists have a length: what is behind it was only kept so that the next shard can add to it.
void shorten(model::RunRecord& record) {
    constexpr int kSkus = 10, kPaths = 60;
    if (record.worst_skus_size() > kSkus) record.mutable_worst_skus()->DeleteSubrange(kSkus, record.worst_skus_size() - kSkus);
    if (record.paths_size() <= kPaths) return;
    for (int i = kPaths; i < record.paths_size(); ++i) {
        record.mutable_other_paths()->set_shoppers(record.other_paths().shoppers() + record.paths(i).shoppers());
        record.mutable_other_paths()->set_buyers(record.other_paths().buyers() + record.paths(i).buyers());
    }
    record.mutable_paths()->DeleteSubrange(kPaths, record.paths_size() - kPaths);
}

void add_record(model::RunRecord& into, const model::RunRecord& more) {
    const Weights weights{static_cast<double>(into.kpi().shoppers()), static_cast<double>(more.kpi().shoppers())};
    add_identity(*into.mutable_identity(), more.identity());
    for (int i = 0; i < into.channels_size() && i < more.channels_size(); ++i) {
        model::ChannelKpi& channel = *into.mutable_channels(i);
        const Weights own{static_cast<double>(channel.kpi().shoppers()), static_cast<double>(more.channels(i).kpi().shoppers())};
        add_kpi(*channel.mutable_kpi(), more.channels(i).kpi(), own);
        add(*channel.mutable_view_age_s(), more.channels(i).view_age_s(), own);
    }
    add(*into.mutable_funnel(), more.funnel(), weights);
    const auto& type = *model::RunRecord::descriptor();
    for (const char* list : {"journeys", "switches", "personas"}) add_list(into, more, *type.FindFieldByName(list), weights);
    add_classes(into, more);
    add_worst_skus(into, more);
    add_paths(into, more);
    add_times(into, more);
    add_kpi(*into.mutable_kpi(), more.kpi(), weights);
}

}  // namespace

model::RunRecord merge_records(std::span<const model::RunRecord> shards) {
    model::RunRecord out = shards.front();
    std::vector<model::LoadReport> loads;
    for (const model::RunRecord& shard : shards) {
        loads.push_back(shard.load());
        if (&shard != shards.data()) add_record(out, shard);
    }
    shorten(out);
    *out.mutable_load() = drivers::merge_reports(loads);
    out.clear_nodes(), out.clear_edges(), out.clear_places(), out.clear_carriers();
    out.clear_year(), out.clear_balance(), out.clear_series(), out.clear_gates();
    out.clear_network();
    out.mutable_identity()->clear_fingerprint();
    return out;
}

}  // namespace lastunit::cli
