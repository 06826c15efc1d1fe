// A table as comma-separated values (RFC 4180): a header row, CRLF, UTF-8; numbers as JSON writes them.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace lastunit::reports {

class CsvTable {
   public:
    explicit CsvTable(std::initializer_list<std::string_view> header);

    // The next field of the row. Text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage
    // return) gets an apostrophe before it, as OWASP advises.
    CsvTable& text(std::string_view value);
    template <std::integral Count> CsvTable& number(Count value) { return field(std::to_string(value)); }
    CsvTable& number(double value);  // the shortest text that reads back as the same; empty where it is not finite
    CsvTable& number(float value);
    CsvTable& nothing() { return field(""); }
    void end_row();  // as many fields as the header has

    std::size_t rows() const { return rows_; }  // without the header
    std::string take() { return std::move(out_); }

   private:
    CsvTable& field(std::string_view written);

    std::string out_;
    std::size_t columns_, filled_ = 0, rows_ = 0;
};

}  // namespace lastunit::reports
