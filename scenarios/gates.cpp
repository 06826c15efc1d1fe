#include "scenarios/gates.hpp"

#include <google/protobuf/descriptor.h>

#include <vector>

#include "model/cause.hpp"
#include "model/cost_term.hpp"
#include "model/return_path.hpp"
#include "model/run_record.pb.h"
#include "scenarios/quantity.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

using google::protobuf::FieldDescriptor;

// What a KPI counts in, and how the record holds it beside what parse_quantity gives.
struct Measure {
    schema::Unit unit = schema::NONE;
    double scale = 1;
};

Measure measure_of(const std::string& name, const FieldDescriptor& field) {
    if (name == "cost_per_order") return {schema::MONEY, 0.01};
    const bool share = name.ends_with("_rate") || name.ends_with("_ratio") || name.ends_with("conversion");
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) return {share ? schema::SHARE : schema::NONE, 1};
    const bool value = name.ends_with("_value") || name == "revenue" || name == "total_cost" || name == "cost_per_year";
    return {value ? schema::MONEY : schema::NONE, 1};
}

struct Kpis {
    std::vector<std::string> names;
    std::vector<Measure> measures;
};

// Causes, paths and cost terms, each a KPI of its own.
void add_parts(Kpis& kpis, const std::string& whole) {
    const auto add = [&](const char* part, Measure measure) {
        kpis.names.push_back(whole + "." + part);
        kpis.measures.push_back(measure);
    };
    if (whole == "oversold_causes")
        for (unsigned i = 0; i < model::kOversoldCauses; ++i) add(model::name_of(static_cast<model::OversoldCause>(i)), {});
    if (whole == "undersold_causes")
        for (unsigned i = 0; i < model::kUndersoldCauses; ++i) add(model::name_of(static_cast<model::UndersoldCause>(i)), {});
    if (whole == "returns_by_path")
        for (unsigned i = 0; i < model::kReturnPaths; ++i) add(model::name_of(static_cast<model::ReturnPath>(i)), {});
    if (whole == "cost_terms")
        for (unsigned i = 0; i < model::kCostTerms; ++i) add(model::name_of(static_cast<model::CostTerm>(i)), {schema::MONEY, 1});
}

// Of TimeStats, in seconds, and of MethodKpi, which has one inside.
void add_inside(const FieldDescriptor& message, const std::string& path, Kpis& kpis) {
    const bool times = message.message_type() == model::TimeStats::descriptor();
    for (int k = 0; k < message.message_type()->field_count(); ++k) {
        const FieldDescriptor& inner = *message.message_type()->field(k);
        const std::string name = path + "." + inner.name();
        if (inner.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
            add_inside(inner, name, kpis);
            continue;
        }
        const bool time = times && inner.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE;
        kpis.names.push_back(name);
        kpis.measures.push_back(time ? Measure{schema::DURATION, 1e-6} : measure_of(inner.name(), inner));
    }
}

void add_fields(const google::protobuf::Descriptor& type, const std::string& prefix, Kpis& kpis) {
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        const std::string name = prefix + field.name();
        if (field.is_repeated()) {
            add_parts(kpis, name);
            continue;
        }
        if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
            kpis.names.push_back(name);
            kpis.measures.push_back(measure_of(field.name(), field));
            continue;
        }
        add_inside(field, name, kpis);
    }
}

Kpis all_kpis() {
    Kpis kpis;
    add_fields(*model::Kpi::descriptor(), "", kpis);
    add_fields(*model::LoadKpi::descriptor(), "load.", kpis);
    return kpis;
}

// `channels.web.oversold_units` is a KPI of one channel.
std::string without_channel(const std::string& path) {
    constexpr std::string_view kPrefix = "channels.";
    const std::size_t dot = path.find('.', kPrefix.size());
    return path.starts_with(kPrefix) && dot != std::string::npos ? path.substr(dot + 1) : path;
}

// `p99(fulfilment_time)` is `fulfilment_time_s.p99`. Anything else stays as it is.
std::string path_of(const std::string& name) {
    const std::size_t open = name.find('(');
    if (open == std::string::npos || !name.ends_with(')')) return name;
    const std::string statistic = name.substr(0, open);
    std::string of = name.substr(open + 1, name.size() - open - 2);
    if (!of.ends_with("_s")) of += "_s";
    return of + "." + statistic;
}

std::string trim(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// What stands after the sign: `0.1%`, `48h`, `baseline`, `baseline + 2%`, `baseline - 1h`. Returns what is wrong with it.
std::string read_bound(const std::string& text, const Measure& measure, const std::string& currency, model::Gate& gate) {
    constexpr std::string_view kBaseline = "baseline";
    std::string amount = text;
    double sign = 1;
    if (text.starts_with(kBaseline)) {
        gate.against = model::Gate::Against::baseline;
        amount = trim(text.substr(kBaseline.size()));
        if (amount.empty()) return "";
        if (amount[0] != '+' && amount[0] != '-')
            return "expected `baseline`, `baseline + 2%` or `baseline - 2%`, not `" + text + "`";
        sign = amount[0] == '-' ? -1 : 1;
        amount = trim(amount.substr(1));
        if (amount.ends_with('%')) {
            const Parsed<double> share = parse_quantity(amount, schema::SHARE, currency);
            gate.share = sign * share.value;
            return share.error;
        }
    }
    const Parsed<double> bound = parse_quantity(amount, measure.unit, currency);
    gate.bound = sign * bound.value * measure.scale;
    return bound.error;
}

}  // namespace

std::variant<model::Gate, std::string> parse_gate(const std::string& text, const std::string& currency) {
    using Compare = model::Gate::Compare;
    const std::size_t sign = text.find_first_of("<>");
    if (sign == std::string::npos) return "expected `KPI < bound` with <, <=, > or >=, e.g. `oversell_rate < 0.1%`";
    const bool equal = sign + 1 < text.size() && text[sign + 1] == '=';
    model::Gate gate;
    gate.text = text;
    gate.kpi = path_of(trim(text.substr(0, sign)));
    gate.compare = text[sign] == '<' ? (equal ? Compare::at_most : Compare::less) : (equal ? Compare::at_least : Compare::more);
    const Kpis kpis = all_kpis();
    const std::string name = without_channel(gate.kpi);
    for (std::size_t i = 0; i < kpis.names.size(); ++i) {
        if (kpis.names[i] != name) continue;
        const std::string wrong = read_bound(trim(text.substr(sign + (equal ? 2 : 1))), kpis.measures[i], currency, gate);
        if (!wrong.empty()) return "the bound of `" + gate.kpi + "`: " + wrong;
        return gate;
    }
    return "unknown KPI `" + gate.kpi + "`" + suggest(name, kpis.names);
}

}  // namespace lastunit::scenarios
