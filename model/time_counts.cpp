#include "model/time_counts.hpp"

#include <algorithm>
#include <array>

namespace lastunit::model {

namespace {

constexpr std::size_t kReaching = 60, kMost = 72;                                        // buckets
constexpr std::array<std::size_t, 9> kWidths{1, 5, 15, 30, 60, 180, 360, 720, 24 * 60};  // minutes

std::size_t width_for(std::size_t minutes) {
    for (const std::size_t width : kWidths)
        if (minutes <= width * kReaching) return width;
    std::size_t width = kWidths.back();
    while (minutes > width * kReaching) width *= 2;
    return width;
}

// The buckets of one distribution, walked along the ends of another.
class Walk {
   public:
    explicit Walk(const TimeDistribution& of) : of_(of) {}
    double end() const { return of_.upper_s_size() == 0 ? 0 : of_.upper_s(of_.upper_s_size() - 1); }
    // Everything below `upper` that was not taken yet; the last time round there is nothing above.
    std::uint64_t until(double upper) {
        std::uint64_t sum = 0;
        for (; next_ < of_.upper_s_size() && of_.upper_s(next_) <= upper; ++next_) sum += of_.count(next_);
        return sum;
    }
    bool ends_at(double upper) const {
        return upper >= end() || std::binary_search(of_.upper_s().begin(), of_.upper_s().end(), upper);
    }

   private:
    const TimeDistribution& of_;
    int next_ = 0;
};

}  // namespace

void TimeCounts::add(Duration value) {
    const auto minute = static_cast<std::size_t>(std::max<std::int64_t>(0, value.us) / minutes(1).us);
    if (minute >= minutes_.size()) minutes_.resize(minute + 1);
    ++minutes_[minute];
    ++count_;
}

void TimeCounts::merge(const TimeCounts& other) {
    minutes_.resize(std::max(minutes_.size(), other.minutes_.size()));
    for (std::size_t i = 0; i < other.minutes_.size(); ++i) minutes_[i] += other.minutes_[i];
    count_ += other.count_;
}

void TimeCounts::fill(TimeDistribution& out) const {
    if (count_ == 0) return;
    std::size_t until = 0;  // minutes that hold 99 % of them
    for (std::uint64_t seen = 0; seen * 100 < count_ * 99; ++until) seen += minutes_[until];
    const std::size_t width = width_for(until);
    std::size_t buckets = (minutes_.size() + width - 1) / width;
    const bool far = buckets > kMost;
    if (far) buckets = (until + width - 1) / width;
    std::size_t at = 0;
    for (std::size_t i = 0; i < buckets; ++i) {
        const std::size_t end = (i + 1) * width;
        std::uint64_t count = 0;
        for (; at < std::min(end, minutes_.size()); ++at) count += minutes_[at];
        out.add_upper_s(static_cast<double>(end) * 60);
        out.add_count(count);
    }
    if (!far) return;
    std::uint64_t rest = 0;
    for (; at < minutes_.size(); ++at) rest += minutes_[at];
    out.add_upper_s(static_cast<double>((minutes_.size() + width - 1) / width * width) * 60);
    out.add_count(rest);
}

void add_distribution(TimeDistribution& into, const TimeDistribution& more) {
    Walk mine(into), others(more);
    std::vector<double> ends(into.upper_s().begin(), into.upper_s().end());
    ends.insert(ends.end(), more.upper_s().begin(), more.upper_s().end());
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    TimeDistribution sum;
    sum.set_method(into.method());
    for (const double end : ends) {
        if (!mine.ends_at(end) || !others.ends_at(end)) continue;
        sum.add_upper_s(end);
        sum.add_count(mine.until(end) + others.until(end));
    }
    into.Swap(&sum);
}

}  // namespace lastunit::model
