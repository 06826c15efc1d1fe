// libFuzzer: templates, JSON paths, URLs, cookies and headers.
#include "tests/drivers/http/garbage.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    lastunit::test::read_parts(std::string(data, data + size));
    return 0;
}
