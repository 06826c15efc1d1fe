// From CSV records to order lines: the header's columns, the checks of each row, and what was left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/csv.hpp"
#include "model/demand.hpp"
#include "model/time_format.hpp"

namespace lastunit::model {

struct RawLine {
    std::int64_t at_us = 0;  // since 1970, local
    std::uint32_t order = 0;
    std::uint32_t sku = 0;
    Quantity quantity = 0;
    Money price = 0;
};
struct RawOrder {
    std::string name, channel, place;  // channel and place of its first row
};
struct RawLog {
    std::vector<RawLine> lines;     // in file order
    std::vector<RawOrder> orders;   // by first appearance
    std::vector<std::string> skus;  // by first appearance
    std::uint64_t rows = 0, skipped = 0, bad_rows = 0;
    std::vector<RejectedRow> rejected;  // the first of `bad_rows`, as many as the options allow and at least one
};

// Numbers names in the order in which they appear. Only looked up, never walked.
class NameIndex {
   public:
    // The name's number, and whether it is new.
    std::pair<std::uint32_t, bool> add(std::string_view name);

   private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

class RowReader {
   public:
    RowReader(CsvReader& csv, const ReplayOptions& options, const TimeFormat& time_format)
        : csv_(csv), options_(options), time_format_(time_format) {}

    // Returns what makes the whole file unusable; empty when nothing does.
    std::string read_all(const std::string& path, RawLog& log);

   private:
    struct Column {
        std::string name;
        std::size_t index = 0;
        bool used = false;
    };
    enum class Verdict { line, skipped, broken };

    std::string read_header();
    std::string find_column(const std::string& role, const std::string& name, Column& column) const;
    Verdict read_row(RawLog& log);
    Verdict broken(const Column& column, std::string_view value, std::string_view what);
    std::string_view value(const Column& column) const { return column.used ? csv_.fields()[column.index] : std::string_view(); }
    bool skips_order(std::string_view order) const;
    void add_line(RawLine line, std::string_view order, std::string_view sku, RawLog& log);

    CsvReader& csv_;
    const ReplayOptions& options_;
    const TimeFormat& time_format_;
    std::vector<std::string> header_;
    Column time_, order_, sku_, quantity_, price_, channel_, place_;
    std::string reason_;  // of the last broken row
    NameIndex orders_, skus_;
};

// A decimal number of major units as minor units, rounded half away from zero at the third decimal; nothing when it is not one.
std::optional<Money> parse_price(std::string_view text);

}  // namespace lastunit::model
