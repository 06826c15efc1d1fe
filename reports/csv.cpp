#include "reports/csv.hpp"

#include <cmath>

#include "core/assert.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

namespace {

bool looks_like_a_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

}  // namespace

CsvTable::CsvTable(std::initializer_list<std::string_view> header) : columns_(header.size()) {
    for (const std::string_view name : header) text(name);
    end_row();
    rows_ = 0;
}

CsvTable& CsvTable::text(std::string_view value) {
    std::string clean = valid_utf8(value);
    if (looks_like_a_formula(clean)) clean.insert(clean.begin(), '\'');
    return field(clean.find_first_of(",\"\r\n") == std::string::npos ? clean : quoted(clean));
}

CsvTable& CsvTable::number(double value) { return std::isfinite(value) ? field(json_number(value)) : nothing(); }
CsvTable& CsvTable::number(float value) { return std::isfinite(value) ? field(json_number(value)) : nothing(); }

CsvTable& CsvTable::field(std::string_view written) {
    LASTUNIT_ASSERT(filled_ < columns_, "a row has no more fields than the header");
    if (filled_++ > 0) out_ += ',';
    out_ += written;
    return *this;
}

void CsvTable::end_row() {
    LASTUNIT_ASSERT(filled_ == columns_, "a row has as many fields as the header");
    out_ += "\r\n";
    filled_ = 0;
    ++rows_;
}

}  // namespace lastunit::reports
