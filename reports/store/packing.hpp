// Records are kept packed: the series of a day are mostly alike from one minute to the next. The one place that knows zlib here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lastunit::reports {

std::string packed(std::string_view bytes);
// `size`: of what was packed. Nothing when it is not that.
std::optional<std::string> unpacked(std::string_view bytes, std::size_t size);

}  // namespace lastunit::reports
