#include "model/replay_rows.hpp"

#include <algorithm>
#include <charconv>

#include "model/nearest_name.hpp"

namespace lastunit::model {

namespace {

// A value as a message shows it: one line, not too long.
std::string shown(std::string_view value) {
    constexpr std::size_t kLongest = 60;
    std::string text(value.substr(0, kLongest));
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    return "'" + text + (value.size() > kLongest ? "...'" : "'");
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || stop != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::pair<std::uint32_t, bool> NameIndex::add(std::string_view name) {
    if (const auto found = numbers_.find(name); found != numbers_.end()) return {found->second, false};
    const auto number = static_cast<std::uint32_t>(numbers_.size());
    numbers_.emplace(name, number);
    return {number, true};
}

std::optional<Money> parse_price(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view decimals = text.substr(std::min(point + 1, text.size()));
    const auto all_digits = [](std::string_view part) { return part.find_first_not_of("0123456789") == std::string_view::npos; };
    constexpr std::size_t kMostDigits = 12;
    if (whole.empty() || whole.size() > kMostDigits || !all_digits(whole) || !all_digits(decimals)) return std::nullopt;
    const auto digit = [&](std::size_t i) { return i < decimals.size() ? decimals[i] - '0' : 0; };
    const Money minor = *parse_integer(whole) * 100 + digit(0) * 10 + digit(1) + (digit(2) >= 5 ? 1 : 0);
    return negative ? -minor : minor;
}

std::string RowReader::read_all(const std::string& path, RawLog& log) {
    if (const std::string mistake = read_header(); !mistake.empty()) return path + ": " + mistake;
    const std::size_t named = std::max<std::size_t>(options_.max_bad_rows, 1);
    while (csv_.next()) {
        ++log.rows;
        switch (read_row(log)) {
            case Verdict::line:
                break;
            case Verdict::skipped:
                ++log.skipped;
                break;
            case Verdict::broken:
                ++log.bad_rows;
                if (log.rejected.size() < named) log.rejected.push_back({csv_.line(), reason_});
                break;
        }
    }
    return csv_.error().empty() ? "" : path + ":" + std::to_string(csv_.line()) + ": " + csv_.error();
}

std::string RowReader::read_header() {
    if (!csv_.next()) return csv_.error().empty() ? "the file is empty: its first line must name the columns" : csv_.error();
    if (!csv_.defect().empty()) return "the header: " + csv_.defect();
    for (const std::string_view name : csv_.fields()) header_.emplace_back(trimmed(name));
    const ReplayColumns& columns = options_.columns;
    std::string mistakes;
    for (const auto& [role, name, column] :
         {std::tuple("time", &columns.time, &time_), std::tuple("order", &columns.order, &order_),
          std::tuple("sku", &columns.sku, &sku_), std::tuple("quantity", &columns.quantity, &quantity_),
          std::tuple("price", &columns.price, &price_), std::tuple("channel", &columns.channel, &channel_),
          std::tuple("place", &columns.place, &place_)}) {
        const bool optional = column == &price_ || column == &channel_ || column == &place_;
        if (name->empty() && optional) continue;
        if (const std::string mistake = find_column(role, *name, *column); !mistake.empty())
            mistakes += (mistakes.empty() ? "" : "; ") + mistake;
    }
    return mistakes.empty() ? "" : mistakes + "; the header has: " + listed(header_);
}

std::string RowReader::find_column(const std::string& role, const std::string& name, Column& column) const {
    if (name.empty()) return "no column is named for the " + role;
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found != header_.end()) {
        column = {name, static_cast<std::size_t>(found - header_.begin()), true};
        return "";
    }
    const std::string nearest = nearest_name(name, header_);
    return "no column '" + name + "' for the " + role + (nearest.empty() ? "" : " (did you mean '" + nearest + "'?)");
}

RowReader::Verdict RowReader::read_row(RawLog& log) {
    if (!csv_.defect().empty()) {
        reason_ = csv_.defect();
        return Verdict::broken;
    }
    if (csv_.fields().size() != header_.size()) {
        reason_ = std::to_string(csv_.fields().size()) + " fields where the header has " + std::to_string(header_.size());
        return Verdict::broken;
    }
    // Skipping comes first: a cancelled order may be odd in every other column.
    const std::string_view order = value(order_);
    if (order.empty()) return broken(order_, order, "empty");
    if (skips_order(order)) return Verdict::skipped;
    const auto quantity = parse_integer(value(quantity_));
    if (!quantity || *quantity > INT32_MAX || *quantity < INT32_MIN)
        return broken(quantity_, value(quantity_), "not a whole number of units");
    if (*quantity <= 0 && options_.skip_non_positive) return Verdict::skipped;
    if (*quantity <= 0) return broken(quantity_, value(quantity_), "not a positive quantity");
    const std::string_view sku = value(sku_);
    if (sku.empty()) return broken(sku_, sku, "empty");
    const auto at_us = time_format_.parse(value(time_));
    if (!at_us) return broken(time_, value(time_), "not a time like " + options_.columns.time_format);
    const auto price = price_.used ? parse_price(value(price_)) : 0;
    if (!price || *price < 0) return broken(price_, value(price_), price ? "a negative price" : "not a price");
    add_line({*at_us, 0, 0, static_cast<Quantity>(*quantity), *price}, order, sku, log);
    return Verdict::line;
}

RowReader::Verdict RowReader::broken(const Column& column, std::string_view value, std::string_view what) {
    reason_ = "column '" + column.name + "': " + (value.empty() ? "" : shown(value) + " is ") + std::string(what);
    if (value.empty() && what != "empty") reason_ = "column '" + column.name + "': empty";
    return Verdict::broken;
}

bool RowReader::skips_order(std::string_view order) const {
    const auto& prefixes = options_.skip_order_prefixes;
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return !prefix.empty() && order.starts_with(prefix); });
}

void RowReader::add_line(RawLine line, std::string_view order, std::string_view sku, RawLog& log) {
    const auto [order_number, new_order] = orders_.add(order);
    if (new_order) log.orders.push_back({std::string(order), std::string(value(channel_)), std::string(value(place_))});
    const auto [sku_number, new_sku] = skus_.add(sku);
    if (new_sku) log.skus.emplace_back(sku);
    line.order = order_number;
    line.sku = sku_number;
    log.lines.push_back(line);
}

}  // namespace lastunit::model
