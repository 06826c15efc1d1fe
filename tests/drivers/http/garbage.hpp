// One piece of bytes through what reads what others wrote: flow files; templates with filters, paths, URLs, cookies, headers. For
// the fuzzers (fuzz_flow.cpp, fuzz_parts.cpp) and for the short, repeatable version of them in the tests. Whole answers:
// fuzz_answer.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "drivers/http/cookies.hpp"
#include "drivers/http/extract.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/http_date.hpp"
#include "drivers/http/json_path.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::test {

inline void read_flow(const std::string& bytes) {
    using namespace drivers::http;
    FlowOptions options;
    options.environment = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
    static_cast<void>(load_flow_text(bytes, "fuzz.yaml", options));
}

inline void read_parts(const std::string& bytes) {
    using namespace drivers::http;
    Names names(nullptr);
    names.variable("a");
    const Slots variables{bytes.substr(0, 40)};
    Values values;
    values.variables = &variables;
    for (const Escape escape : {Escape::none, Escape::url, Escape::json}) {
        Template text;
        std::string out;
        if (text.read(bytes, escape, names).empty()) text.render(values, out);
    }
    JsonPath path;
    JsonReader reader;
    const std::size_t half = bytes.size() / 2;
    if (path.read(bytes.substr(0, half), names).empty() && reader.read(bytes.substr(half))) {
        static_cast<void>(path.first(reader.root(), values));
        static_cast<void>(path.missing(reader.root(), values));
    }
    if (const auto url = parse_url(bytes)) static_cast<void>(resolve(bytes, *url));
    CookieJar jar;
    const Url shop = *parse_url("http://shop.test/a");
    jar.set(bytes, shop);
    static_cast<void>(jar.for_request(shop));
    static_cast<void>(link_of(bytes, "next"));
    static_cast<void>(retry_after(bytes, 0));
    static_cast<void>(masked(bytes, {"secret of some length", "short"}));
}

inline void read_all(const std::string& bytes) {
    read_flow(bytes);
    read_parts(bytes);
}

}  // namespace lastunit::test
