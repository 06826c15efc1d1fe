// libFuzzer: templates, paths, URLs, cookies and headers; answers in JSON and XML.
#include "tests/drivers/http/garbage.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    lastunit::test::read_parts(std::string(data, data + size));
    lastunit::test::read_answer(std::string(data, data + size));
    return 0;
}
