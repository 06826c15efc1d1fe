#include "reports/gates.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>
#include <optional>
#include <string>

#include "reports/field_number.hpp"
#include "reports/load/kpi.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Found {
    double value = 0;
    bool measured = true;  // false: a statistic of an empty sample
};

// `oversold_causes.stale_view`: the units of one cause; `cost_terms.labour`: the money of one term.
std::optional<Found> of_part(const Message& message, const FieldDescriptor& field, std::string_view part) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return std::nullopt;
    const auto& read = *message.GetReflection();
    for (int i = 0; i < read.FieldSize(message, &field); ++i) {
        const Message& one = read.GetRepeatedMessage(message, &field, i);
        if (const auto* count = dynamic_cast<const model::CauseCount*>(&one); count != nullptr && count->cause() == part)
            return Found{static_cast<double>(count->units())};
        if (const auto* count = dynamic_cast<const model::CostCount*>(&one); count != nullptr && count->term() == part)
            return Found{static_cast<double>(count->cost())};
    }
    return std::nullopt;
}

std::optional<Found> find(const Message& message, std::string_view path) {
    const std::size_t dot = path.find('.');
    const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    if (field == nullptr) return std::nullopt;
    if (field->is_repeated())
        return dot == std::string_view::npos ? std::nullopt : of_part(message, *field, path.substr(dot + 1));
    if (dot != std::string_view::npos) {
        if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return std::nullopt;
        return find(message.GetReflection()->GetMessage(message, field), path.substr(dot + 1));
    }
    const auto value = field_number(message, *field);
    if (!value) return std::nullopt;
    const auto* stats = dynamic_cast<const model::TimeStats*>(&message);
    const auto* method = dynamic_cast<const model::MethodKpi*>(&message);
    const bool none_due = method != nullptr && method->promises_due() == 0 && field->name() == "promise_kept_rate";
    const bool absent = field->has_optional_keyword() && !message.GetReflection()->HasField(message, field);
    return Found{*value, !none_due && !absent && (stats == nullptr || stats->count() > 0 || field->name() == "count")};
}

// The figures that a path is about, and the path inside them.
struct Measured {
    const Message* by = nullptr;  // null: of a live run, and this is none
    std::string_view path;
    std::uint64_t orders = 1;  // that rates are of
};

// `channels.web.oversold_units` is one channel's, `load.response_s.p99` the load's.
Measured measured_by(std::string_view path, const model::RunRecord& record, const model::LoadKpi& load) {
    constexpr std::string_view kChannels = "channels.", kLoad = "load.";
    if (path.starts_with(kLoad)) return {record.has_load() ? &load : nullptr, path.substr(kLoad.size())};
    const std::size_t dot = path.find('.', kChannels.size());
    if (path.starts_with(kChannels) && dot != std::string_view::npos)
        for (const auto& channel : record.channels())
            if (channel.name() == path.substr(kChannels.size(), dot - kChannels.size()))
                return {&channel.kpi(), path.substr(dot + 1), channel.kpi().orders_accepted()};
    return {&record.kpi(), path, record.kpi().orders_accepted()};
}

bool holds(double value, model::Gate::Compare compare, double bound) {
    switch (compare) {
        case model::Gate::Compare::less:
            return value < bound;
        case model::Gate::Compare::at_most:
            return value <= bound;
        case model::Gate::Compare::more:
            return value > bound;
        case model::Gate::Compare::at_least:
            return value >= bound;
    }
    return false;
}

// What is measured against the stock of the scenario's nodes.
bool judged_by_nodes(std::string_view path) {
    return path.starts_with("oversold_") || path.starts_with("oversell_") || path.starts_with("undersold_") ||
           path.starts_with("undersell_");
}

}  // namespace

std::vector<model::GateVerdict> judge(const std::vector<model::Gate>& gates, const model::RunRecord& record) {
    const model::LoadKpi load = load_kpi(record.load());
    std::vector<model::GateVerdict> verdicts;
    for (const model::Gate& gate : gates) {
        const Measured measured = measured_by(gate.kpi, record, load);
        model::GateVerdict& verdict = verdicts.emplace_back();
        verdict.set_text(gate.text);
        verdict.set_kpi(gate.kpi);
        verdict.set_bound(gate.bound);
        const auto not_judged = [&](const char* why) {
            verdict.set_not_judged(true);
            verdict.set_text(gate.text + why);
        };
        if (measured.by == nullptr) {
            not_judged(" (judged in a live run)");
            continue;
        }
        const auto found = find(*measured.by, measured.path);
        if (found && std::isfinite(found->value)) verdict.set_value(found->value);
        if (record.identity().partial())
            verdict.set_not_judged(true);
        else if (!is_valid(record.load()))
            not_judged(" (the live run is INVALID)");
        else if (record.load().has_shop_books() && judged_by_nodes(measured.path))
            not_judged(" (a shop has no nodes: load.audit_oversold_units, load.audit_undersold_units are its figures)");
        else if (gate.against == model::Gate::Against::baseline)
            not_judged(" (judged by lastunit gate)");
        else if (!found)
            verdict.set_text(gate.text + " (no such KPI)");
        else if (!found->measured || (measured.orders == 0 && per_order(measured.path)) ||
                 (measured.path == "cost_per_year" && !record.has_year()))
            verdict.set_text(gate.text + " (nothing was measured)");
        else
            verdict.set_passed(std::isfinite(found->value) && holds(found->value, gate.compare, gate.bound));
    }
    return verdicts;
}

bool per_order(std::string_view path) {
    return path == "cost_per_order" || path == "cost_per_year" || path == "shipments_per_order" ||
           (path.ends_with("_rate") && path != "channel_integration_rate");
}

std::string kpi_text(std::string_view path, double value) {
    const auto ends = [path](std::string_view suffix) { return path.ends_with(suffix); };
    if (ends("_rate") || ends("_ratio") || ends("conversion")) return percent(value);
    if (ends("_value") || path == "revenue" || path == "total_cost" || path == "cost_per_year" || path.starts_with("cost_terms."))
        return decimal(value / 100, 2);
    if (path.find("_s.") != std::string_view::npos && !ends(".count")) return span(value);
    return decimal(value, std::floor(value) == value ? 0 : 2);
}

}  // namespace lastunit::reports
