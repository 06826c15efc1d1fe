// The distributions that the methods of this folder need; the one place that knows Boost.Math.
#pragma once

#include <cstdint>
#include <functional>

namespace lastunit::reports::statistics {

double normal_cdf(double x);
double normal_quantile(double p);  // 0 < p < 1

// Student's t. `freedom` > 0, need not be whole (Welch).
double t_cdf(double x, double freedom);
double t_quantile(double p, double freedom);

// Of the square root of a chi-square number: smooth at 0 for any degrees of freedom, which the chi-square density is not.
double chi_density(double x, double freedom);

// P(X <= hits) of `trials` independent trials. 1 from hits = trials on, 0 below 0.
double binomial_cdf(std::int64_t hits, std::int64_t trials, double p);
// The p under which so many hits or more (or fewer) have probability `tail`: the ends of Clopper and Pearson's interval.
double binomial_lower_p(std::int64_t hits, std::int64_t trials, double tail);
double binomial_upper_p(std::int64_t hits, std::int64_t trials, double tail);

// The integral of a smooth function, by Gauss-Legendre quadrature on `panels` pieces.
double integral(const std::function<double(double)>& f, double from, double to, int panels);
// The integral over (0, 1) of a function that may bend sharply at the ends (tanh-sinh quadrature).
double unit_integral(const std::function<double(double)>& f);

// The root of an increasing function above 0: f(0) <= 0 < f(x) for some x. To the last digits.
double positive_root(const std::function<double(double)>& f);

}  // namespace lastunit::reports::statistics
