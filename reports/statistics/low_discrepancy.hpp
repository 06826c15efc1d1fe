// Points that fill the unit cube more evenly than chance.
#pragma once

#include <cstddef>
#include <vector>

#include "model/random.hpp"

namespace lastunit::reports::statistics {

// The first `count` points of Sobol's sequence (Joe & Kuo's directions, up to 3,667 dimensions), moved by one random digital
// shift (xor): uniformly distributed each, evenly spread together, and independent between shifts, so that several shifts give an
// honest interval. Powers of two fill best. Coordinates lie strictly between 0 and 1.
std::vector<std::vector<double>> shifted_sobol(std::size_t dimensions, std::size_t count, model::Stream& random);

}  // namespace lastunit::reports::statistics
