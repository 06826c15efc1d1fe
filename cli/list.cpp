#include "cli/list.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/library.hpp"
#include "scenarios/library.hpp"

namespace lastunit::cli {

int list(const Arguments& arguments) {
    const scenarios::Library library(library_folders(arguments));
    const auto entries = library.list();
    std::size_t width = 0;
    for (const auto& entry : entries) width = std::max(width, entry.name.size());
    for (const auto& entry : entries) std::printf("%-*s  %s\n", static_cast<int>(width), entry.name.c_str(), entry.title.c_str());
    if (entries.empty()) std::fputs("no scenarios in the library\n", stderr);
    return kOk;
}

}  // namespace lastunit::cli
