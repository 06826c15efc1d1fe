// What a number of independent observations says about an exact value.
//
// Every estimate carries a 95 % interval and a z: the distance from the expected value in standard errors, made comparable
// between methods by way of the tail probability (a t of 5.0 with 9 degrees of freedom is a z of 3.4; an exact binomial tail of
// 1e-5 is 4.3).
#pragma once

#include <span>

namespace lastunit::cli::validation {

// What a probability is held to where it is smaller: see Estimate::scale.
inline constexpr double kProbabilityScale = 1.0 / 3;

struct Estimate {
    double value = 0;
    double low = 0, high = 0;  // 95 %
    double z = 0;              // infinite when the observations exclude the expected value
    // Only so few observations count (an event seen now and then) that exact Poisson or binomial tails were used. More
    // replications are worth their time then, whatever the width of the interval.
    bool rare = false;
    // The interval's width is judged against the expected value, or against this when it is larger: a probability of 0.01 need
    // not be known to three digits.
    double scale = 0;
    // A whole number by its nature: the interval says something only when it holds no other.
    bool whole = false;
    double events = 1e300;  // of the counted kind that are awaited, where the estimate rests on a count

    double half_width() const { return (high - low) / 2; }
};

// A sum over independent, equally distributed observations.
struct Moments {
    double n = 0, sum = 0, squares = 0;
    void add(double x) {
        n += 1;
        sum += x;
        squares += x * x;
    }
    double mean() const { return sum / n; }
    double variance() const;  // unbiased
};

// Pairs (y, x) of which the ratio E[y] / E[x] is asked.
struct Pairs {
    double n = 0, y = 0, x = 0, yy = 0, xx = 0, xy = 0;
    void add(double numerator, double denominator);
};

// `hits` of `trials` independent trials: mid-p interval; z from the binomial under the expected probability.
Estimate of_proportion(double hits, double trials, double expected);

// The mean of independent counts. While few of them are above 0, the sum is compared with the Poisson number that has the same
// ratio of variance to mean, by its mid-p interval.
Estimate of_count_mean(const Moments& counts, double expected);

// The variance of independent observations, from their central moments (divided by n).
Estimate of_variance(double n, double second_moment, double fourth_moment, double expected);

// The mean of any independent observations, many of them.
Estimate of_mean(const Moments& observations, double expected);

// The mean of weights (0 where the event did not happen) under importance sampling. Known relative to itself, however small.
Estimate of_weights(const Moments& weights, double expected);

Estimate of_ratio(const Pairs& pairs, double expected);

// Computed, not observed: the interval is the value.
Estimate exactly(double value, double expected);

// One of the two, and nobody knows which: the interval covers both, the distance is that of the closer one.
Estimate either(const Estimate& one, const Estimate& other);

// Of a figure `by` times as small.
Estimate divided(const Estimate& estimate, double by);

// `p` of all standard normal numbers lie below.
double normal_quantile(double p);

// One figure per independent replication: Student's t.
Estimate of_replications(std::span<const double> figures, double expected);

}  // namespace lastunit::cli::validation
