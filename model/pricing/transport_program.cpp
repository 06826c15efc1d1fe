#include "model/pricing/transport_program.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lastunit::model {
namespace {

constexpr double kNoise = 1e-7;  // a share below is the solver's

}  // namespace

TransportProgram::TransportProgram(std::span<const Money> cost, std::size_t nodes, Money unfilled)
    : nodes_(nodes), origins_(cost.size() / nodes), unit_(static_cast<double>(std::max<Money>(unfilled, 1)) / 10) {
    constexpr double kInf = LinearProgram::kUnbounded;
    for (std::size_t k = 0; k < nodes_; ++k) program_.add_row(-kInf, 0);
    for (std::size_t o = 0; o < origins_; ++o) program_.add_row(0, 0);
    column_.assign(cost.size(), -1);
    cheapest_.assign(origins_, nodes_);
    for (std::size_t o = 0; o < origins_; ++o) {
        const int row = static_cast<int>(nodes_ + o);
        for (std::size_t k = 0; k < nodes_; ++k) {
            const Money here = cost[o * nodes_ + k];
            if (here == kNever) continue;
            const LinearProgram::Entry entries[] = {{static_cast<int>(k), 1}, {row, 1}};
            column_[o * nodes_ + k] = program_.add_column(static_cast<double>(here) / unit_, entries);
            if (cheapest_[o] == nodes_ || here < cost[o * nodes_ + cheapest_[o]]) cheapest_[o] = k;
        }
        const LinearProgram::Entry alone[] = {{row, 1}};
        unfilled_column_.push_back(program_.add_column(static_cast<double>(unfilled) / unit_, alone));
    }
    prices_.assign(nodes_, 0);
    shares_.assign(origins_ * (nodes_ + 1), 0.0);
}

std::span<const double> TransportProgram::shares(std::size_t origin) const {
    return std::span(shares_).subspan(origin * (nodes_ + 1), nodes_ + 1);
}

bool TransportProgram::nothing_scarce(std::span<const double> demand, std::span<const double> stock) {
    load_.assign(nodes_ + 1, 0.0);
    for (std::size_t o = 0; o < origins_; ++o) load_[cheapest_[o]] += demand[o];
    for (std::size_t k = 0; k < nodes_; ++k)
        if (load_[k] > stock[k]) return false;
    return true;
}

bool TransportProgram::solve(std::span<const double> demand, std::span<const double> stock) {
    std::fill(prices_.begin(), prices_.end(), 0);
    std::fill(shares_.begin(), shares_.end(), 0.0);
    const double all = std::accumulate(demand.begin(), demand.end(), 0.0);
    if (all <= 0 || nothing_scarce(demand, stock)) {
        for (std::size_t o = 0; o < origins_; ++o) shares_[o * (nodes_ + 1) + cheapest_[o]] = 1;
        return false;
    }
    constexpr double kInf = LinearProgram::kUnbounded;
    for (std::size_t k = 0; k < nodes_; ++k)
        program_.move_row(static_cast<int>(k), -kInf, std::min(std::max(0.0, stock[k]) / all, 1.0));
    for (std::size_t o = 0; o < origins_; ++o) program_.move_row(static_cast<int>(nodes_ + o), demand[o] / all, demand[o] / all);
    program_.solve(LinearProgram::Method::dual);
    ++solves_;
    read(demand, all);
    return true;
}

void TransportProgram::read(std::span<const double> demand, double all) {
    const std::span<const double> duals = program_.duals();
    for (std::size_t k = 0; k < nodes_; ++k) prices_[k] = std::llround(std::max(0.0, -duals[k]) * unit_);
    const std::span<const double> values = program_.values();
    for (std::size_t o = 0; o < origins_; ++o) {
        double* const share = &shares_[o * (nodes_ + 1)];
        double sum = 0;
        for (std::size_t k = 0; k <= nodes_; ++k) {
            const int column = k < nodes_ ? column_[o * nodes_ + k] : unfilled_column_[o];
            const double value = column < 0 || demand[o] <= 0 ? 0 : values[static_cast<std::size_t>(column)] * all / demand[o];
            share[k] = value < kNoise ? 0 : value;
            sum += share[k];
        }
        if (sum <= 0) share[cheapest_[o]] = sum = 1;
        for (std::size_t k = 0; k <= nodes_; ++k) share[k] /= sum;
    }
}

}  // namespace lastunit::model
