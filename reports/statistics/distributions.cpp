#include "reports/statistics/distributions.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>

namespace lastunit::reports::statistics {

namespace math = boost::math;

double normal_cdf(double x) { return math::cdf(math::normal(), x); }
double normal_quantile(double p) { return math::quantile(math::normal(), p); }

double t_cdf(double x, double freedom) { return math::cdf(math::students_t(freedom), x); }
double t_quantile(double p, double freedom) { return math::quantile(math::students_t(freedom), p); }

double chi_density(double x, double freedom) {
    if (x <= 0) return freedom == 1 && x == 0 ? std::sqrt(2 / math::constants::pi<double>()) : 0;
    const double half = freedom / 2;
    return std::exp((freedom - 1) * std::log(x) - x * x / 2 - (half - 1) * std::log(2.0) - std::lgamma(half));
}

double binomial_cdf(std::int64_t hits, std::int64_t trials, double p) {
    if (hits < 0) return 0;
    if (hits >= trials) return 1;
    return math::cdf(math::binomial(static_cast<double>(trials), p), static_cast<double>(hits));
}

double binomial_lower_p(std::int64_t hits, std::int64_t trials, double tail) {
    if (hits <= 0) return 0;
    return math::binomial::find_lower_bound_on_p(static_cast<double>(trials), static_cast<double>(hits), tail);
}

double binomial_upper_p(std::int64_t hits, std::int64_t trials, double tail) {
    if (hits >= trials) return 1;
    return math::binomial::find_upper_bound_on_p(static_cast<double>(trials), static_cast<double>(hits), tail);
}

double integral(const std::function<double(double)>& f, double from, double to, int panels) {
    double sum = 0;
    const double width = (to - from) / panels;
    for (int i = 0; i < panels; ++i)
        sum += math::quadrature::gauss<double, 20>::integrate(f, from + i * width, from + (i + 1) * width);
    return sum;
}

double unit_integral(const std::function<double(double)>& f) {
    math::quadrature::tanh_sinh<double> quadrature;
    return quadrature.integrate(f, 0.0, 1.0, 1e-12);
}

double positive_root(const std::function<double(double)>& f) {
    double high = 1;
    while (f(high) <= 0) high *= 2;
    std::uintmax_t most = 200;
    const auto bracket = math::tools::toms748_solve(f, 0.0, high, math::tools::eps_tolerance<double>(46), most);
    return (bracket.first + bracket.second) / 2;
}

}  // namespace lastunit::reports::statistics
