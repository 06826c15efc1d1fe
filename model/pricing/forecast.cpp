#include "model/pricing/forecast.hpp"

#include <cmath>

namespace lastunit::model {

Money Forecast::in_money(double units) const { return std::llround(units * static_cast<double>(money_unit)); }

std::vector<double> Forecast::demand(double left) const {
    std::vector<double> out = rate;
    for (double& orders_of_kind : out) orders_of_kind *= left;
    return out;
}

}  // namespace lastunit::model
