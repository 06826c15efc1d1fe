// How one case is simulated: settings of its family's scenario, and what is observed while they run.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/validation/estimate.hpp"
#include "model/run_record.pb.h"
#include "model/scenario.hpp"
#include "scenarios/loader.hpp"
#include "sim/probe.hpp"

namespace lastunit::cli::validation {

struct Effort;

// Why an output of a case is not compared.
struct NotCompared {
    std::string reason;
};
using Reading = std::variant<Estimate, NotCompared>;

// How far a policy's expected cost lies above the least possible one, as a share of it.
struct PolicyGap {
    std::string policy;
    double above = 0;
};

using Overrides = std::vector<scenarios::Override>;

// An experiment watches its runs as a probe and keeps what it saw of all replications. One without a setting computes: it is
// ended once without a run.
class Experiment : public sim::Probe {
   public:
    // Changes to the family's scenario. Most experiments run one setting; those that compare two run both in each replication,
    // with the same seed, so that both see the same shoppers.
    virtual std::vector<Overrides> settings() const = 0;
    virtual double shoppers() const = 0;  // expected, per replication
    // How many times the usual effort it may spend: what is near saturation is known badly after any usual time.
    virtual double times_effort() const { return 1; }

    // A further scenario, which the experiment simulates by itself, once, before the others.
    virtual std::optional<Overrides> apart() const { return std::nullopt; }
    virtual void simulate_apart(const model::Scenario&, const Effort&, [[maybe_unused]] std::uint64_t seed) {}

    virtual void begin(std::size_t setting) = 0;       // a run of this setting begins
    virtual bool over() const { return false; }        // nothing more is asked of this run: it is stopped
    virtual void recorded(const model::RunRecord&) {}  // what the run recorded, partial where it was stopped
    virtual void end() = 0;                            // and is over

    virtual std::vector<PolicyGap> gaps() const { return {}; }
    // What the observations say about one output of the case.
    virtual Reading read(const std::string& output, double expected) const = 0;
};

}  // namespace lastunit::cli::validation
