#include "model/replay.hpp"

#include <algorithm>

#include "model/csv.hpp"
#include "model/replay_rows.hpp"
#include "model/time_format.hpp"

namespace lastunit::model {

namespace {

constexpr std::int64_t kDayUs = hours(24).us;

// [from, until) in microseconds since 1970.
struct Window {
    std::int64_t from_us = 0;
    std::int64_t until_us = INT64_MAX;
    bool holds(std::int64_t us) const { return us >= from_us && us < until_us; }
};

std::int64_t midnight(std::int64_t us) { return us - (us % kDayUs + kDayUs) % kDayUs; }

Window window_of(const RawLog& raw, const ReplayOptions& options) {
    Window window;
    if (!options.from.empty()) {
        window.from_us = TimeFormat("%Y-%m-%d").parse(options.from).value_or(0);
    } else {
        const auto earlier = [](const RawLine& a, const RawLine& b) { return a.at_us < b.at_us; };
        const auto earliest = std::min_element(raw.lines.begin(), raw.lines.end(), earlier);
        window.from_us = earliest == raw.lines.end() ? 0 : midnight(earliest->at_us);
    }
    if (options.length.us > 0) window.until_us = window.from_us + options.length.us;
    return window;
}

// Gathers the SKUs of the window in the order of their first appearance, with units and mean price.
class SkuTable {
   public:
    explicit SkuTable(std::vector<std::string>& names) : names_(names), index_(names.size(), kUnseen) {}

    std::uint32_t add(const RawLine& line) {
        std::uint32_t& index = index_[line.sku];
        if (index == kUnseen) {
            index = static_cast<std::uint32_t>(skus_.size());
            skus_.push_back({std::move(names_[line.sku]), 0, 0});
            value_.push_back(0);
        }
        skus_[index].units += line.quantity;
        value_[index] += static_cast<double>(line.price) * line.quantity;
        return index;
    }

    std::vector<ReplaySku> finish() {
        for (std::size_t i = 0; i < skus_.size(); ++i)
            skus_[i].price = static_cast<Money>(value_[i] / static_cast<double>(skus_[i].units) + 0.5);
        return std::move(skus_);
    }

   private:
    static constexpr std::uint32_t kUnseen = UINT32_MAX;
    std::vector<std::string>& names_;
    std::vector<std::uint32_t> index_;
    std::vector<ReplaySku> skus_;
    std::vector<double> value_;
};

// Brings the rows of each order together and puts the orders in the order of time.
ReplayLog assemble(RawLog& raw, const Window& window) {
    ReplayLog log;
    SkuTable skus(raw.skus);
    std::vector<ReplayOrder> orders(raw.orders.size());
    std::vector<std::uint32_t> sku_of(raw.lines.size());
    for (std::size_t i = 0; i < raw.lines.size(); ++i) {
        const RawLine& line = raw.lines[i];
        if (!window.holds(line.at_us)) {
            ++log.outside_window;
            continue;
        }
        sku_of[i] = skus.add(line);
        ReplayOrder& order = orders[line.order];
        if (order.lines++ == 0) order.at = SimTime{line.at_us - window.from_us};
    }
    std::vector<std::uint32_t> by_time;
    for (std::uint32_t i = 0; i < orders.size(); ++i)
        if (orders[i].lines > 0) by_time.push_back(i);
    std::stable_sort(by_time.begin(), by_time.end(), [&](auto a, auto b) { return orders[a].at < orders[b].at; });

    std::vector<std::uint32_t> next_line(orders.size());
    std::uint32_t used = 0;
    for (const std::uint32_t i : by_time) {
        orders[i].first_line = next_line[i] = used;
        used += orders[i].lines;
    }
    log.lines.resize(used);
    for (std::size_t i = 0; i < raw.lines.size(); ++i)
        if (const RawLine& line = raw.lines[i]; window.holds(line.at_us))
            log.lines[next_line[line.order]++] = {sku_of[i], line.quantity};

    log.orders.reserve(by_time.size());
    for (const std::uint32_t i : by_time) {
        orders[i].name = std::move(raw.orders[i].name);
        orders[i].channel = std::move(raw.orders[i].channel);
        orders[i].place = std::move(raw.orders[i].place);
        log.orders.push_back(std::move(orders[i]));
    }
    log.skus = skus.finish();
    return log;
}

std::string too_many_bad(const std::string& path, const RawLog& raw, const ReplayOptions& options) {
    const RejectedRow& first = raw.rejected.front();
    std::string text = path + ":" + std::to_string(first.line) + ": " + first.reason;
    if (raw.bad_rows > 1) text += "; " + std::to_string(raw.bad_rows) + " of " + std::to_string(raw.rows) + " rows are broken";
    return text + " (at most " + std::to_string(options.max_bad_rows) + " allowed)";
}

std::string nothing_left(const std::string& path, const RawLog& raw, const ReplayLog& log, const Window& window) {
    std::string text = path + ": no order line to replay: " + std::to_string(raw.rows) + " rows, " + std::to_string(raw.skipped) +
                       " skipped, " + std::to_string(raw.rejected.size()) + " broken, " + std::to_string(log.outside_window) +
                       " outside the window from " + day_text(window.from_us);
    if (window.until_us != INT64_MAX) text += " for " + std::to_string((window.until_us - window.from_us) / 1'000'000) + " s";
    return text;
}

}  // namespace

std::variant<ReplayLog, ReplayError> load_replay(const std::string& path, const ReplayOptions& options) {
    if (!options.from.empty() && !TimeFormat("%Y-%m-%d").parse(options.from))
        return ReplayError{"first day '" + options.from + "' is not a date like 2009-12-22"};
    const TimeFormat time_format(options.columns.time_format);
    if (!time_format.defect().empty())
        return ReplayError{"time format '" + options.columns.time_format + "': " + time_format.defect()};

    CsvReader csv(path);
    RowReader rows(csv, options, time_format);
    RawLog raw;
    if (const std::string mistake = rows.read_all(path, raw); !mistake.empty()) return ReplayError{mistake};
    if (raw.bad_rows > options.max_bad_rows) return ReplayError{too_many_bad(path, raw, options)};

    const Window window = window_of(raw, options);
    ReplayLog log = assemble(raw, window);
    if (log.lines.empty()) return ReplayError{nothing_left(path, raw, log, window)};
    log.rows = raw.rows;
    log.skipped = raw.skipped;
    log.first_day = day_text(window.from_us);
    log.rejected = std::move(raw.rejected);
    return log;
}

}  // namespace lastunit::model
