#include "model/pricing/linear_program.hpp"

#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/ClpSolve.hpp>

#include "core/assert.hpp"

namespace lastunit::model {
namespace {

double bound(double value) { return std::isinf(value) ? std::copysign(COIN_DBL_MAX, value) : value; }

}  // namespace

struct LinearProgram::Solver {
    ClpSimplex model;
};

LinearProgram::LinearProgram() : solver_(std::make_unique<Solver>()) { solver_->model.setLogLevel(0); }
LinearProgram::~LinearProgram() = default;

int LinearProgram::add_row(double low, double high) {
    LASTUNIT_ASSERT(solver_->model.numberColumns() == 0 && cost_.empty(), "rows come before columns");
    low_.push_back(bound(low));
    high_.push_back(bound(high));
    return static_cast<int>(low_.size()) - 1;
}

int LinearProgram::add_column(double cost, std::span<const Entry> entries) {
    for (const Entry& entry : entries) {
        row_.push_back(entry.row);
        value_.push_back(entry.value);
    }
    cost_.push_back(cost);
    begin_.push_back(static_cast<int>(row_.size()));
    return solver_->model.numberColumns() + static_cast<int>(cost_.size()) - 1;
}

void LinearProgram::move_row(int row, double low, double high) {
    low_[static_cast<std::size_t>(row)] = bound(low);
    high_[static_cast<std::size_t>(row)] = bound(high);
    if (row < solver_->model.numberRows()) solver_->model.setRowBounds(row, bound(low), bound(high));
}

void LinearProgram::load() {
    ClpSimplex& model = solver_->model;
    if (model.numberRows() == 0) {
        model.resize(static_cast<int>(low_.size()), 0);
        for (std::size_t row = 0; row < low_.size(); ++row) model.setRowBounds(static_cast<int>(row), low_[row], high_[row]);
    }
    if (cost_.empty()) return;
    const std::vector<double> zero(cost_.size(), 0.0), unlimited(cost_.size(), COIN_DBL_MAX);
    model.addColumns(static_cast<int>(cost_.size()), zero.data(), unlimited.data(), cost_.data(), begin_.data(), row_.data(),
                     value_.data());
    cost_.clear();
    begin_.assign(1, 0);
    row_.clear();
    value_.clear();
}

void LinearProgram::solve(Method method) {
    load();
    if (method == Method::dual)
        solver_->model.dual(0, 1);
    else
        solver_->model.primal(0, 1);
    LASTUNIT_ASSERT(solver_->model.isProvenOptimal(), "the linear program has no optimum");
}

double LinearProgram::objective() const { return solver_->model.objectiveValue(); }

std::span<const double> LinearProgram::values() const {
    return {solver_->model.primalColumnSolution(), static_cast<std::size_t>(solver_->model.numberColumns())};
}

std::span<const double> LinearProgram::duals() const {
    return {solver_->model.dualRowSolution(), static_cast<std::size_t>(solver_->model.numberRows())};
}

std::vector<double> LinearProgram::interior_duals() const {
    ClpSimplex barrier(solver_->model);
    barrier.setLogLevel(0);
    barrier.allSlackBasis(true);
    ClpSolve how;
    how.setSolveType(ClpSolve::useBarrierNoCross);
    how.setPresolveType(ClpSolve::presolveOn);
    barrier.initialSolve(how);
    const double optimum = solver_->model.objectiveValue();
    if (std::abs(barrier.objectiveValue() - optimum) > 1e-4 * std::abs(optimum)) return {};
    return {barrier.dualRowSolution(), barrier.dualRowSolution() + barrier.numberRows()};
}

}  // namespace lastunit::model
