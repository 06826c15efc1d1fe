#include "cli/list.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/library.hpp"
#include "scenarios/library.hpp"

namespace lastunit::cli {

namespace {

void print(const std::vector<scenarios::LibraryEntry>& entries, int width) {
    for (const auto& entry : entries) std::printf("  %-*s  %s\n", width, entry.name.c_str(), entry.title.c_str());
    if (entries.empty()) std::puts("  none");
}

}  // namespace

int list(const Arguments& arguments) {
    const scenarios::Library library(library_folders(arguments));
    const auto entries = library.list(), designs = library.list_designs();
    std::size_t width = 0;
    for (const auto* list : {&entries, &designs})
        for (const auto& entry : *list) width = std::max(width, entry.name.size());
    std::puts("scenarios (lastunit run NAME):");
    print(entries, static_cast<int>(width));
    std::puts("\ndesigns, any of them for any scenario (lastunit run SCENARIO --design NAME):");
    print(designs, static_cast<int>(width));
    return kOk;
}

}  // namespace lastunit::cli
