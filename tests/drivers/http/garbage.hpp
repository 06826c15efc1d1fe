// One piece of bytes through what reads what others wrote: flow files; templates with filters, paths, URLs, cookies, headers;
// answers in JSON and XML. For the fuzzers (fuzz_flow.cpp, fuzz_parts.cpp) and for the short, repeatable version of them in the
// tests. Whole answers over a socket: fuzz_answer.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "drivers/http/books.hpp"
#include "drivers/http/cookies.hpp"
#include "drivers/http/document.hpp"
#include "drivers/http/extract.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/http_date.hpp"
#include "drivers/http/json_path.hpp"
#include "drivers/http/url.hpp"
#include "drivers/http/xml.hpp"

namespace lastunit::test {

inline void read_flow(const std::string& bytes) {
    using namespace drivers::http;
    FlowOptions options;
    options.environment = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
    static_cast<void>(load_flow_text(bytes, "fuzz.yaml", options));
}

// What comes of XML is JSON, unless its characters are none; a path leads through it or not.
inline void read_xml_path(const drivers::http::JsonPath& path, const std::string& bytes, drivers::http::Values values) {
    using namespace drivers::http;
    std::string json;
    JsonReader reader;
    if (!json_of_xml(bytes, json).empty() || !reader.read(json)) return;
    values.notation = Notation::xml;
    static_cast<void>(path.first(reader.root(), values));
    static_cast<void>(path.missing(reader.root(), values));
    static_cast<void>(path.leads(reader.root(), values));
    static_cast<void>(path.leads_to_nothing(reader.root(), values));
    path.each(reader.root(), values, [](const JsonValue& value) { static_cast<void>(whole_of(value)); });
}

inline void read_parts(const std::string& bytes) {
    using namespace drivers::http;
    Names names(nullptr);
    names.variable("a");
    const Slots variables{bytes.substr(0, 40)};
    Values values;
    values.variables = &variables;
    for (const Escape escape : {Escape::none, Escape::url, Escape::json, Escape::xml}) {
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
    read_xml_path(path, bytes.substr(half), values);
    if (const auto url = parse_url(bytes)) static_cast<void>(resolve(bytes, *url));
    CookieJar jar;
    const Url shop = *parse_url("http://shop.test/a");
    jar.set(bytes, shop);
    static_cast<void>(jar.for_request(shop));
    static_cast<void>(link_of(bytes, "next"));
    static_cast<void>(retry_after(bytes, 0));
    static_cast<void>(masked(bytes, {"secret of some length", "short"}));
}

// An answer of a shop: its first line the content type, the rest its body. Read by that type, as JSON and as XML; by rules,
// extractions and as books.
inline void read_answer(const std::string& bytes) {
    using namespace drivers::http;
    static const char* const kFlow = R"(urls: {shop: "http://shop.test"}
identity: "{{unique.email}}"
steps: {buy: {post: "/buy/{{unique.email}}", rules: [{answer: accepted, status: [2xx]}]}}
promise: buy
read_back:
  all:
    get: /all
    extract: {x: {json: "s.o[sku=TEE].n[-1]"}, y: {json: "s.@t"}}
    rules: [{answer: conflict, json: "s.o[*].n", at_most: 1}, {answer: accepted, json: s.o.sku, contains: TEE}]
    orders: {rows: s.o, id: "@id", shopper: who, lines: "l[*].i", sku: sku, units: n}
    reservations: {rows: "s.o[*]", sku: sku, units: n.#text, sign: magnitude, only: [{json: "l[0]", absent: true}]}
    counters: {rows: $, sku: s.o.sku, available: s.o.n, reserved: s.r}
)";
    static const std::shared_ptr<const Plan> plan = load_flow_text(kFlow, "answers.yaml", {}).plan;
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    Response response;
    response.status = 200;
    response.headers.emplace_back("Content-Type", bytes.substr(0, line));
    response.body = bytes.substr(std::min(line + 1, bytes.size()));
    const StepPlan& step = plan->read_back.at(0);
    const std::vector<SkuEntry> skus{{"TEE", {}}};
    DocumentReader reader;
    for (const ReadAs as : {ReadAs::by_content_type, ReadAs::json, ReadAs::xml}) {
        const DocumentReader::Read read = reader.read(response, as);
        Values values;
        values.notation = read.notation;
        const Asked asked{&response, read.root, &values, read.problem};
        for (const Rule& rule : step.rules) static_cast<void>(holds(rule.conditions, asked));
        for (const ExtractPlan& one : step.extract) static_cast<void>(extracted(one, asked, CookieJar{}));
        Books books;
        Reading reading;
        SeenRows seen;
        if (read.root) static_cast<void>(take(step, *read.root, values, skus, nullptr, {books, reading, &seen}));
    }
}

inline void read_all(const std::string& bytes) {
    read_flow(bytes);
    read_parts(bytes);
}

}  // namespace lastunit::test
