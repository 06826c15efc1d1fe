// Reads the time of a row by a format of strptime's letters, without a locale or a time zone: the text is local time as it
// stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lastunit::model {

// %Y %y %m %d %j %H %I %M %S %f (fraction of a second, 1 to 9 digits) %p (AM, PM) %F (%Y-%m-%d) %T (%H:%M:%S) %%; %Y takes four
// digits, the others up to their width. %y: 69..99 are 1969..1999. Every other character stands for itself.
class TimeFormat {
   public:
    explicit TimeFormat(std::string format);

    // Why the format cannot be used: an unknown letter, or no complete date in it. Empty: it can.
    const std::string& defect() const { return defect_; }
    // Microseconds since 1970-01-01 00:00 local; nothing when the text does not match or is not a date.
    std::optional<std::int64_t> parse(std::string_view text) const;

   private:
    std::string format_;  // %F and %T written out
    std::string defect_;
};

// "YYYY-MM-DD" of the day that contains the instant.
std::string day_text(std::int64_t us_since_1970);

}  // namespace lastunit::model
