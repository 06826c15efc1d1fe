// Changes to a scenario, with a case's unit of time turned into the scenario's.
#pragma once

#include <cstdint>
#include <string>

#include "cli/validation/experiment.hpp"
#include "core/types.hpp"

namespace lastunit::cli::validation {

// Cases count time in a unit of their own. Here it is stretched so that the mean time between two shoppers (of one SKU, of one
// queue) is a simulated minute: times are whole microseconds, and a minute makes their rounding invisible.
class Clock {
   public:
    explicit Clock(double rate) : us_per_unit_(60e6 * rate) {}  // shoppers per unit

    double us(double units) const { return units * us_per_unit_; }
    double units(Duration span) const { return static_cast<double>(span.us) / us_per_unit_; }
    double units(SimTime at) const { return static_cast<double>(at.us) / us_per_unit_; }

    std::string time(double units) const;                                              // "90000000us"
    std::string exponential(double mean_units) const;                                  // "exponential(90000000us)"
    std::string with_cv(const std::string& kind, double mean_units, double cv) const;  // "lognormal(90000000us, cv 1.5)"
    std::string rate(double per_unit) const;                                           // "0.016666666666666666/s"

   private:
    double us_per_unit_;
};

std::string digits(double value);  // the shortest text that is read back as this value

class Settings {
   public:
    explicit Settings(double horizon_units, const Clock& clock);
    Settings& set(const std::string& path, const std::string& value);
    Settings& set(const std::string& path, std::int64_t value) { return set(path, std::to_string(value)); }
    const Overrides& overrides() const { return overrides_; }

   private:
    Overrides overrides_;
};

}  // namespace lastunit::cli::validation
