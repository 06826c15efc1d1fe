// The run record as JSON, for people's scripts and CI.
//
// Field names are those of model/run_record.proto, in its order; every field is there, also when it is zero, so that a reader
// needs no defaults. Integers are numbers (not strings, as Protobuf's own mapping has them): a reader that keeps numbers as
// doubles is exact up to 2^53. Floating-point numbers are the shortest text that reads back as the same value; a value that is
// not finite is null, and so is what only some records have: `load`, in it `audit`, `prediction`, `shop_cpu` and `shop_books`. A
// latency histogram begins with quantiles in milliseconds that are not in the schema.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/autopsy.pb.h"
#include "model/run_record.pb.h"

namespace lastunit::reports {

// lines: objects one field a line, arrays of numbers on one line, a final newline; compact: no white space. Always valid JSON and
// valid UTF-8.
enum class Layout : std::uint8_t { lines, compact };
std::string to_json(const model::RunRecord& record, Layout layout = Layout::lines);
std::string to_json(const model::Autopsy& autopsy, Layout layout = Layout::lines);  // model/autopsy.proto

struct ParsedRecord {
    std::optional<model::RunRecord> record;
    std::string error;  // when there is no record
};
// Reads what `to_json` wrote. Fields that this version does not know are passed over: the schema only grows.
ParsedRecord parse_json(std::string_view text);

// A string as a JSON string, quotes included. `<`, `>` and `&` are escaped as well, so that it may stand inside an HTML script
// element.
std::string json_string(std::string_view text);
// A number as JSON; null when it is not finite.
std::string json_number(double number);
std::string json_number(float number);

}  // namespace lastunit::reports
