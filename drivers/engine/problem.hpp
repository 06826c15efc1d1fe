// The world failing where a data folder begins its life: a file that cannot be read, a journal that contradicts itself. The
// message is one line that names the file, the position and what would help.
#pragma once

#include <stdexcept>
#include <string>

namespace lastunit::drivers {

class Problem : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
};

// "PATH: what: strerror(error)"
Problem problem_with(const std::string& path, const std::string& what, int error);

}  // namespace lastunit::drivers
