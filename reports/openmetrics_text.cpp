#include "reports/openmetrics_text.hpp"

#include "reports/json.hpp"
#include "reports/load/latency.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

// OpenMetrics 1.0, ABNF of escaped strings.
std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : valid_utf8(value)) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

}  // namespace

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = "lastunit_" + std::string(name);
    out_ += "# TYPE " + name_ + " " + std::string(type) + "\n# HELP " + name_ + " " + std::string(help) + "\n";
}

void MetricsText::sample(double value, const MetricsLabels& more, std::string_view suffix) {
    const std::string number = json_number(value);
    out_ += name_ + std::string(suffix) + "{";
    std::string_view comma = "";
    for (const MetricsLabels* labels : {&std::as_const(run_), &more})
        for (const auto& [label, text] : *labels) {
            out_ += std::string(comma) + label + "=" + quoted(text);
            comma = ",";
        }
    out_ += "} " + (number == "null" ? "NaN" : number) + "\n";
}

void MetricsText::gauge(std::string_view name, std::string_view help, double value) {
    family(name, "gauge", help);
    sample(value);
}

std::string MetricsText::take() { return std::move(out_) + "# EOF\n"; }

void latency_samples(const model::LatencyHistogram& histogram, MetricsText& text, const MetricsLabels& more) {
    for (const auto& [label, q] :
         {std::pair{"0.5", 0.5}, {"0.9", 0.9}, {"0.95", 0.95}, {"0.99", 0.99}, {"0.999", 0.999}, {"1", 1.0}}) {
        if (histogram.total() == 0) continue;
        MetricsLabels labels = more;
        labels.emplace_back("quantile", label);
        text.sample(quantile_s(histogram, q), labels);
    }
    text.sample(static_cast<double>(histogram.sum_ns()) / 1e9, more, "_sum");
    text.sample(static_cast<double>(histogram.total()), more, "_count");
}

}  // namespace lastunit::reports
