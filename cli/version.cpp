#include "cli/version.hpp"

#include <cstdio>

#include "cli/commit.hpp"

namespace lastunit::cli {

const char* version_number() { return LASTUNIT_VERSION; }
const char* commit() { return LASTUNIT_COMMIT; }
const char* build_name() { return LASTUNIT_BUILD; }

int version(const Arguments&) {
    std::printf("lastunit %s\ncommit %s\nbuild %s\n", version_number(), commit(), build_name());
    return kOk;
}

}  // namespace lastunit::cli
