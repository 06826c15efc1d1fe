// Paths as people say them.
#include <catch2/catch.hpp>

#include "scenarios/short_path.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::scenarios {
namespace {

using Paths = std::vector<std::string>;

Tree tree(const std::string& text) {
    Report report;
    Tree out = read_yaml(text, "test", Origin::file, report);
    REQUIRE(report.empty());
    return out;
}

const char* const kDesign = R"(
run: {horizon: 2h}
channels: {web: {kind: web}, shop: {kind: marketplace}, till: {kind: pos}}
design:
  routing: cheapest
  by_kind: {web: {buffer: 3}}
  channels:
    web: {reservation: none, buffer: 3}
    shop: {reservation: none, buffer: 2}
    till: {reservation: none, decides_on: shelf}
  edges:
    feed: {to: shop, kind: snapshot, interval: 15min}
    orders: {from: shop, kind: poll, interval: 5min}
    stock web: {to: web, kind: poll, interval: 1min}
)";

TEST_CASE("short paths: whole ones, ends of them, edges by their channel, fields of all channels") {
    const Tree root = tree(kDesign);
    const auto found = [&](const std::string& given) { return find_paths(root, given).paths; };
    CHECK(found("run.horizon") == Paths{"run.horizon"});
    CHECK(found("design.channels.web.node_buffer") == Paths{"design.channels.web.node_buffer"});
    CHECK(found("web.buffer") == Paths{"design.channels.web.buffer"});
    CHECK(found("channels.web.hold_ttl") == Paths{"design.channels.web.hold_ttl"});  // not stated, and there all the same
    CHECK(found("feed.interval") == Paths{"design.edges.feed.interval"});
    CHECK(found("stock web.interval") == Paths{"design.edges.stock web.interval"});
    CHECK(found("routing") == Paths{"design.routing"});
    // The edge that feeds the channel, not the one that carries its sales.
    CHECK(found("edges.shop.interval") == Paths{"design.edges.feed.interval"});
    CHECK(found("buffer") == Paths{"design.channels.web.buffer", "design.channels.shop.buffer"});
    // Stated nowhere: of all that sell from a view; the till looks at the shelf.
    CHECK(found("node_buffer") == Paths{"design.channels.web.node_buffer", "design.channels.shop.node_buffer"});
    CHECK(found("edges.*.interval") ==
          Paths{"design.edges.feed.interval", "design.edges.orders.interval", "design.edges.stock web.interval"});
}

TEST_CASE("short paths: what fits several fields, or none, is an error that says so") {
    const Tree root = tree(kDesign);
    const auto error = [&](const std::string& given) {
        CHECK(find_paths(root, given).paths.empty());
        return find_paths(root, given).error;
    };
    CHECK_THAT(error("web.bufer"), Catch::Contains("did you mean `web.buffer`?"));
    CHECK_THAT(error("edges.fed.interval"), Catch::Contains("did you mean `edges.feed.interval`?"));
    CHECK_THAT(error("a..b"), Catch::Contains("not a dotted path"));
    CHECK_THAT(error("design.edges.feed"), Catch::Contains("nothing to vary"));  // an entry is no value
    const Tree two = tree("design: {edges: {x: {to: web, latency: 1s}}, links: {y: {latency: 1s}}}");
    CHECK_THAT(find_paths(two, "latency").error, Catch::Contains("design.edges.x.latency, design.links.y.latency"));
}

}  // namespace
}  // namespace lastunit::scenarios
