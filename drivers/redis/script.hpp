// The one script behind the mode `lua`: the files of lua/ one after the other.
#pragma once

#include <string>

namespace lastunit::drivers::redis {

const std::string& script_text();
// SHA-1 of the text in hexadecimal, by which EVALSHA names it. The same for everybody who runs this build.
const std::string& script_sha();

}  // namespace lastunit::drivers::redis
