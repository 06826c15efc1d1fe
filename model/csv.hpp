// Comma-separated values, record by record (RFC 4180): quotes, doubled quotes, commas and line ends inside quotes, LF or CRLF, a
// UTF-8 byte order mark. Empty lines are passed over.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/byte_source.hpp"

namespace lastunit::model {

class CsvReader {
   public:
    explicit CsvReader(const std::string& path) : source_(path) {}

    // Reads one record; false at the end of the file or after an error.
    bool next();
    // The fields of the record, unquoted; valid until the next call.
    std::span<const std::string_view> fields() const { return fields_; }
    // The 1-based line of the (unpacked) file on which the record begins.
    std::uint64_t line() const { return line_; }
    // What is wrong with this record's quoting or length; empty when nothing is. Its fields are then not to be trusted.
    const std::string& defect() const { return defect_; }
    // Why the file could not be read; empty when it could.
    const std::string& error() const { return source_.error(); }

   private:
    enum class Ending { field, record, file };
    bool refill();
    bool read_record();
    Ending read_field();
    Ending read_quoted();
    Ending read_plain();
    void keep(const char* from, const char* to);

    ByteSource source_;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    bool started_ = false;
    std::uint64_t next_line_ = 1;
    std::uint64_t line_ = 0;
    std::string defect_;
    std::string text_;               // the record's fields, end to end
    std::vector<std::size_t> ends_;  // of each field in `text_`
    std::vector<std::string_view> fields_;
};

}  // namespace lastunit::model
