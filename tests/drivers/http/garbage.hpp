// One piece of bytes through everything that reads what others wrote: flow files, templates, paths, URLs, cookies, answers. For
// the fuzzer (fuzz_http.cpp) and for the short, repeatable version of it in the tests.
#pragma once

#include <cstdint>
#include <string>

#include "drivers/http/cookies.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/json_path.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::test {

inline void read_all(const std::string& bytes) {
    using namespace drivers::http;
    FlowOptions options;
    options.environment = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
    static_cast<void>(load_flow_text(bytes, "fuzz.yaml", options));
    Names names(nullptr);
    names.variable("a");
    for (const Escape escape : {Escape::none, Escape::url, Escape::json}) {
        Template text;
        std::string out;
        if (text.read(bytes, escape, names).empty()) text.render({}, out);
    }
    JsonPath path;
    JsonReader reader;
    const std::size_t half = bytes.size() / 2;
    if (path.read(bytes.substr(0, half), names).empty() && reader.read(bytes.substr(half))) {
        static_cast<void>(path.first(reader.root(), {}));
        static_cast<void>(path.missing(reader.root(), {}));
    }
    if (const auto url = parse_url(bytes)) static_cast<void>(resolve(bytes, *url));
    CookieJar jar;
    const Url shop = *parse_url("http://shop.test/a");
    jar.set(bytes, shop);
    static_cast<void>(jar.for_request(shop));
}

}  // namespace lastunit::test
