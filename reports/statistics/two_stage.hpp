// Choosing the best of k designs in two stages: a few replications of each, then as many more as its variance asks for.
// Independent samples; the choice is right with probability P whenever the best is better than the next by the indifference zone
// or more.
#pragma once

#include <cstddef>

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// k >= 2 designs, n0 >= 2 first replications of each, 1/k < right < 1: the probability of choosing right.

// Rinott (1978): the root h of E[E[Phi(h / sqrt((n0 - 1) (1/X + 1/Y))) | Y]^(k - 1)] = right, X and Y chi-square with n0 - 1
// degrees.
double rinott_h(int designs, int first, double right);
// max(n0, ceil((h s / zone)^2)) replications of a design in all; the largest (least) mean over all of them wins.
std::size_t rinott_total(Sample first, double h, double zone);

// Dudewicz & Dalal (1975): the root h of E[F(T + h)^(k - 1)] = right, T Student's t with n0 - 1 degrees and distribution F.
// Smaller than Rinott's h; the price is a weighted mean.
double dudewicz_dalal_h(int designs, int first, double right);
// max(n0 + 1, ceil((h s / zone)^2)).
std::size_t dudewicz_dalal_total(Sample first, double h, double zone);
// What is compared between designs: w mean(first n0) + (1 - w) mean(the rest). `all` holds dudewicz_dalal_total figures.
double dudewicz_dalal_mean(Sample all, std::size_t first, double h, double zone);

}  // namespace lastunit::reports::statistics
