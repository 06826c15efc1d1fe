// e10: the mean wait of the first n customers of a line that opens empty. One replication per opening.
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

class FirstCustomers : public FigureExperiment {
   public:
    FirstCustomers(const Case& c, double rate, double mean_service, std::int32_t workers, std::int32_t customers)
        : FigureExperiment(c), clock_(rate), customers_(customers) {
        const double shoppers = customers + 6.5 * std::sqrt(customers) + 15;
        Settings settings(shoppers / rate, clock_);
        settings.set("demand.streams.all.rate", clock_.rate(rate))
            .set("network.nodes.dc.pick.workers", workers)
            .set("network.nodes.dc.pick.service", clock_.exponential(mean_service));
        simulate(settings.overrides(), shoppers);
    }

    void begin(std::size_t) override { seen_ = 0, wait_ = 0; }
    // First come first served: services begin in the order of arrival.
    void service_began(NodeId, sim::StationKind kind, SimTime, Duration waited, Duration) override {
        if (kind != sim::StationKind::pick || seen_ == customers_) return;
        ++seen_;
        wait_ += clock_.units(waited);
    }

   private:
    std::optional<double> figure(const std::string& output) override {
        return output == "avg_delay" && seen_ == customers_ ? std::optional(wait_ / customers_) : std::nullopt;
    }

    Clock clock_;
    std::int32_t customers_, seen_ = 0;
    double wait_ = 0;
};

}  // namespace

std::unique_ptr<Experiment> first_customers(const Case& c, const Effort&) {
    const Inputs& in = c.inputs;
    return std::make_unique<FirstCustomers>(c, in.positive("lam"), 1 / in.positive("mu"), in.whole("c", 1, 1'000'000),
                                            in.whole("n", 1));
}

}  // namespace lastunit::cli::validation
