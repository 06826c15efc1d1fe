// What goes over the wire under load, counted by the flow's steps: constant memory, but for two bits a step of each shopper.
#pragma once

#include <unordered_map>
#include <vector>

#include "drivers/http/observer.hpp"
#include "drivers/http/step_counts.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers::http {

class StepTally : public Observer {
   public:
    explicit StepTally(const Plan& plan);  // which has to live as long

    void answered(const Actor& actor, const StepPlan& step, const StepResult& result) override;

    // `flow_steps`, without secrets.
    void fill(model::LoadReport& report) const;

   private:
    bool first(std::vector<bool>& marks, const Actor& actor, std::size_t place) const;

    const Plan& plan_;
    const StepPlaces places_;
    std::unordered_map<const StepPlan*, std::size_t> place_of_;
    std::vector<StepCounts> counts_;
    std::vector<bool> sent_, passed_;  // by shopper, then step
};

}  // namespace lastunit::drivers::http
