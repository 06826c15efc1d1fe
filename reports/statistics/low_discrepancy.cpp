#include "reports/statistics/low_discrepancy.hpp"

#include <boost/random/sobol.hpp>
#include <cstdint>

namespace lastunit::reports::statistics {

std::vector<std::vector<double>> shifted_sobol(std::size_t dimensions, std::size_t count, model::Stream& random) {
    std::vector<std::uint64_t> shift(dimensions);
    for (std::uint64_t& one : shift) {
        const std::uint64_t high = random();
        one = high << 32U | random();
    }
    boost::random::sobol sequence(dimensions);
    std::vector<std::vector<double>> out(count, std::vector<double>(dimensions));
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t d = 0; d < dimensions; ++d) {
            // The sequence begins behind its point 0, the origin: put in here, or the first 2^m would not be a net.
            const std::uint64_t digits = (i == 0 ? 0 : sequence()) ^ shift[d];
            out[i][d] = (static_cast<double>(digits >> 12U) + 0.5) * 0x1p-52;
        }
    return out;
}

}  // namespace lastunit::reports::statistics
