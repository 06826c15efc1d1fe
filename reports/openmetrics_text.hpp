// OpenMetrics 1.0 as text: families with their samples. Every sample has the labels of the run before its own.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/load_report.pb.h"

namespace lastunit::reports {

using MetricsLabels = std::vector<std::pair<std::string, std::string>>;

class MetricsText {
   public:
    explicit MetricsText(MetricsLabels run) : run_(std::move(run)) {}

    // `name` without the prefix `lastunit_`; `type`: gauge or summary. The samples that follow are its own.
    void family(std::string_view name, std::string_view type, std::string_view help);
    void sample(double value, const MetricsLabels& more = {}, std::string_view suffix = "");
    void gauge(std::string_view name, std::string_view help, double value);
    std::string take();  // with its end mark

   private:
    MetricsLabels run_;
    std::string name_, out_;
};

// Quantiles, sum and count of a summary, seconds.
void latency_samples(const model::LatencyHistogram& histogram, MetricsText& text, const MetricsLabels& more = {});

}  // namespace lastunit::reports
