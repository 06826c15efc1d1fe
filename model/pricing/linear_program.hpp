// A linear program that is solved again and again: minimise cost x, x >= 0, low <= row <= high. Columns may be added and rows
// moved between two solves, which start from the last basis.
//
// COIN-OR CLP (Forrest & Lougee-Heimer, "CBC User Guide", INFORMS Tutorials, 2005): its headers are seen by this file's source
// alone. Tolerances are the solver's, 1e-7: keep numbers near 1.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace lastunit::model {

class LinearProgram {
   public:
    static constexpr double kUnbounded = std::numeric_limits<double>::infinity();
    struct Entry {
        int row = 0;
        double value = 0;
    };
    enum class Method : std::uint8_t {
        dual,    // after rows were moved
        primal,  // after columns were added
    };

    LinearProgram();
    ~LinearProgram();
    LinearProgram(const LinearProgram&) = delete;
    LinearProgram& operator=(const LinearProgram&) = delete;

    // All rows come before the first column.
    int add_row(double low, double high);
    int add_column(double cost, std::span<const Entry> entries);
    void move_row(int row, double low, double high);

    // The program has an optimum; that it has is asserted.
    void solve(Method method);

    double objective() const;
    std::span<const double> values() const;  // of the columns
    std::span<const double> duals() const;   // of the rows

    // Duals from the interior of the optimal face: a barrier method without crossover. Where the duals are not unique, a simplex
    // ends in some corner, and which one is an accident. Empty where the barrier did not come within 1e-4 of the optimum.
    std::vector<double> interior_duals() const;

   private:
    void load();

    struct Solver;
    std::unique_ptr<Solver> solver_;
    std::vector<double> low_, high_;  // rows, until the first column
    std::vector<double> cost_;        // columns not yet loaded
    std::vector<int> begin_{0}, row_;
    std::vector<double> value_;
};

}  // namespace lastunit::model
