// What becomes of a returned unit.
#pragma once

#include <cstdint>

namespace lastunit::model {

enum class ReturnPath : std::uint8_t {
    restocked,    // on the shelf of the node that it came back to
    forwarded,    // on its way to another node, or there
    marked_down,  // sold off where it came back to
    written_off,
};
inline constexpr unsigned kReturnPaths = 4;
const char* name_of(ReturnPath path);

}  // namespace lastunit::model
