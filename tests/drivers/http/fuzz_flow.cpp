// libFuzzer, with clang: cmake -DLASTUNIT_FUZZ=ON, then build/.../lastunit_fuzz_flow CORPUS, e.g. a copy of docs/flows.
#include "tests/drivers/http/garbage.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    lastunit::test::read_flow(std::string(data, data + size));
    return 0;
}
