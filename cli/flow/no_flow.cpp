// Of a build without the HTTP driver.
#include "cli/flow/flow.hpp"

namespace lastunit::cli {

std::vector<Option> flow_options() { return {}; }

int flow(const Arguments&) {
    throw BadInput(
        "this lastunit was built without HTTP: install libssl-dev, libsimdjson-dev and libpugixml-dev, and build it again with "
        "-DLASTUNIT_HTTP=ON");
}

}  // namespace lastunit::cli
