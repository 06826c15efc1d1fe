// Designs that fit any retailer: kinds of channels, and a design in the place of a scenario's own.
#include <catch2/catch.hpp>

#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

// Three online channels of two kinds, a till, and no design yet.
constexpr const char* kRetailer = R"(run: {horizon: 2h}
catalogue: {skus: 5}
network: {nodes: {dc: {kind: warehouse, lat: 52, lon: 19}, shop: {kind: store, lat: 52, lon: 21, hands_over: true}}}
channels: {web: {kind: web}, outlet: {kind: web}, app: {kind: app}, till: {kind: pos}}
demand: {streams: {all: {rate: 1/min}}}
)";

struct Shop {
    Folder folder;
    explicit Shop(const std::string& design, const std::string& more = "") {
        folder.write("shop.yaml", kRetailer + more + design);
    }
    Loaded under(const std::string& design, const std::vector<Override>& overrides = {}) const {
        return scenarios::load(folder.path() + "/shop.yaml", overrides, Library({folder.path()}), design);
    }
    model::Scenario scenario(const std::string& design = "", const std::vector<Override>& overrides = {}) const {
        Loaded loaded = under(design, overrides);
        for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
        REQUIRE(loaded.scenario);
        return *loaded.scenario;
    }
    std::string errors(const std::string& design, const std::vector<Override>& overrides = {}) const {
        std::string out;
        for (const Diagnostic& error : under(design, overrides).errors) out += error.text() + "\n";
        for (std::size_t at = out.find(folder.path()); at != std::string::npos; at = out.find(folder.path()))
            out.erase(at, folder.path().size() + 1);
        return out;
    }
};

constexpr const char* kByKind = R"(design:
  name: kinds
  by_kind:
    any: {reservation: ledger, decides_on: core}
    web: {reservation: none, buffer: 2}
    pos: {reservation: none}
  channels:
    outlet: {buffer: 5}
  edges:
    orders: {from_kinds: [web], kind: push, latency: 3s}
    stock: {to_kinds: [any], kind: push, latency: 2s}
    stock app: {latency: 9s}
    late: {to_kinds: [voice], kind: push}
)";

std::vector<std::string> edge_names(const model::Scenario& s) {
    std::vector<std::string> names;
    for (const model::Edge& edge : s.design.edges) names.push_back(edge.name);
    return names;
}

}  // namespace

TEST_CASE("by_kind: each channel starts from its kind's entry, or from `any`, and its own entry lies on top") {
    const model::Scenario s = Shop(kByKind).scenario();
    const auto& channels = s.design.channels;
    CHECK(channels[0].reservation == model::ReservationMode::none);
    CHECK(channels[0].buffer == 2);
    CHECK(channels[1].reservation == model::ReservationMode::none);
    CHECK(channels[1].buffer == 5);
    CHECK(channels[2].reservation == model::ReservationMode::ledger);
    CHECK(channels[2].decides_on == model::DecidesOn::core);
    CHECK(channels[2].buffer == 0);
    CHECK(channels[3].decides_on == model::DecidesOn::shelf);
}

TEST_CASE("by_kind: a mistake is reported once, where it stands") {
    const std::string design = "design:\n  name: kinds\n  by_kind:\n    any: {reservation: none, bufer: 2}\n";
    CHECK(Shop(design).errors("") == "shop.yaml:9:30: design.by_kind.any.bufer: unknown field `bufer`; did you mean `buffer`?\n");
    const std::string holds =
        "design:\n  name: kinds\n  by_kind:\n    any: {reservation: reserve_on_cart}\n    pos: {reservation: none}\n";
    CHECK(Shop(holds).errors("") == "shop.yaml:9:5: design.channels.web: `reserve_on_cart` needs `hold_ttl`, e.g. 15min\n");
}

TEST_CASE("edges of kinds: one per channel of the kind, in the edge's place, and an entry of that name says what differs") {
    const model::Scenario s = Shop(kByKind).scenario();
    CHECK(edge_names(s) ==
          std::vector<std::string>{"orders web", "orders outlet", "stock web", "stock outlet", "stock app", "stock till"});
    CHECK(s.design.edges[1].from == 1);
    CHECK(s.design.edges[1].to == model::kCore);
    CHECK(s.design.edges[2].to == 0);
    CHECK(s.design.edges[2].latency == model::constant(seconds(2)));
    CHECK(s.design.edges[4].latency == model::constant(seconds(9)));
    CHECK(s.design.edges[4].kind == model::EdgeKind::push);
}

TEST_CASE("edges of kinds: --set reaches all of them, and one alone") {
    const model::Scenario s =
        Shop(kByKind).scenario("", {{"design.edges.stock.latency", "4s"}, {"design.edges.stock web.latency", "1s"}});
    CHECK(s.design.edges[2].latency == model::constant(seconds(1)));
    CHECK(s.design.edges[3].latency == model::constant(seconds(4)));
    CHECK(s.design.edges[4].latency == model::constant(seconds(9)));
}

TEST_CASE("edges of kinds: wrong kinds and two ends are reported where they stand") {
    const auto errors = [](const std::string& edge) {
        return Shop("design:\n  name: d\n  by_kind: {any: {reservation: none}}\n  edges:\n    e: " + edge + "\n").errors("");
    };
    CHECK(errors("{to_kinds: [web, apq], kind: push}") ==
          "shop.yaml:10:25: design.edges.e.to_kinds: unknown channel kind `apq`; did you mean `app`?\n");
    CHECK(errors("{to_kinds: web, kind: push}") ==
          "shop.yaml:10:19: design.edges.e.to_kinds: expected a list of channel kinds, e.g. [web, app]\n");
    CHECK(errors("{to_kinds: [web], from_kinds: [web], kind: push}") ==
          "shop.yaml:10:9: design.edges.e.to_kinds: goes without `from_kinds`, which names the channels; the other end is the "
          "core\n");
    CHECK(errors("{to: web, to_kinds: [web], kind: push}") ==
          "shop.yaml:10:9: design.edges.e.to: goes without `to_kinds`, which names the channels; the other end is the core\n");
}

TEST_CASE("edges of kinds: a fault that names them means each of them") {
    const model::Scenario s = Shop(kByKind, "faults: {stuck: {kind: stuck_consumer, edges: [orders, stock app]}}\n").scenario();
    CHECK(s.faults[0].edges == std::vector<std::uint8_t>{0, 1, 4});
}

TEST_CASE("faults: a stall hits the core or a host, a slow disk only the core, for a while that has a length") {
    const model::Scenario s =
        Shop(kByKind, "faults: {frozen: {kind: stall, lasts: 1s}, disk: {kind: slow_disk, at: 2min}}\n").scenario();
    REQUIRE(s.faults.size() == 2);
    CHECK(s.faults[0].kind == model::FaultKind::stall);
    CHECK(s.faults[0].host == model::kNoHost);
    CHECK(s.faults[0].lasts == seconds(1));
    CHECK(s.faults[1].kind == model::FaultKind::slow_disk);
    CHECK(s.faults[1].delay == milliseconds(10));
    CHECK(Shop(kByKind, "faults: {disk: {kind: slow_disk, delay: 0s}}\n").errors("").find("faults.disk.delay") !=
          std::string::npos);
    CHECK(Shop(kByKind, "faults: {disk: {kind: slow_disk, host: oms}}\n").errors("").find("leave `host` out") !=
          std::string::npos);
}

TEST_CASE("hash: what is said of kinds or of each channel is the same question") {
    const std::string by_kind = R"(design:
  name: d
  by_kind: {any: {reservation: none}, pos: {reservation: none}}
  edges: {stock: {to_kinds: [app], kind: push}}
)";
    const std::string spelt_out = R"(design:
  name: d
  channels: {web: {reservation: none}, outlet: {reservation: none}, app: {reservation: none}, till: {reservation: none}}
  edges: {stock app: {to: app, kind: push}}
)";
    CHECK(Shop(by_kind).scenario().hash == Shop(spelt_out).scenario().hash);
}

TEST_CASE("design: one of another file takes the place of the scenario's own, wholly, and --set changes it") {
    const Shop shop(
        "design: {name: old, routing: cheapest, channels: {web: {reservation: none}, outlet: {reservation: none}, "
        "app: {reservation: none, buffer: 3}}}\n");
    shop.folder.write("designs/base/all.yaml",
                      "design: {by_kind: {any: {reservation: ledger, decides_on: core}, pos: {reservation: none}}}\n");
    shop.folder.write("designs/asks.yaml", "title: asks\nextends: base/all.yaml\ndesign: {max_split: 2}\n");
    const model::Scenario s = shop.scenario("asks");
    CHECK(s.name == "shop");
    CHECK(s.design.name == "asks");
    CHECK(s.design.routing == core::RoutingPolicy::nearest);
    CHECK(s.design.max_split == 2);
    CHECK(s.design.channels[2].reservation == model::ReservationMode::ledger);
    CHECK(s.design.channels[2].buffer == 0);
    CHECK(s.hash != shop.scenario().hash);
    const model::Scenario set = shop.scenario("asks", {{"design.channels.app.buffer", "7"}});
    CHECK(set.design.channels[2].reservation == model::ReservationMode::ledger);
    CHECK(set.design.channels[2].buffer == 7);
    CHECK(shop.scenario(shop.folder.path() + "/designs/asks.yaml").hash == s.hash);
    CHECK(Library({shop.folder.path()}).list_designs().size() == 1);
}

TEST_CASE("design: a scenario's file is one too, and a scenario without a design can be run under it") {
    const Shop shop("");
    shop.folder.write("other.yaml", std::string(kRetailer) + kByKind);
    CHECK(shop.scenario(shop.folder.path() + "/other.yaml").design.name == "kinds");
    CHECK(shop.errors("") == "shop.yaml:1:1: design: `design` is required\n");
}

TEST_CASE("design: wrong names, files without a design and slips are said") {
    const Shop shop(kByKind);
    shop.folder.write("designs/unified.yaml", kByKind);
    CHECK(shop.errors("unifeid") == "unifeid: no such file and no design of that name in the library; did you mean `unified`?\n");
    CHECK(shop.errors("./nowhere.yaml") == "./nowhere.yaml: no such file\n");
    shop.folder.write("empty.yaml", "desing: {}\n");
    CHECK(shop.errors(shop.folder.path() + "/empty.yaml") ==
          "empty.yaml: design: the file has no `design` section to run under\n"
          "empty.yaml:1:1: desing: unknown field `desing`; did you mean `design`?\n");
    shop.folder.write("bent.yaml",
                      "title: x\ndesign:\n  by_kind:\n    any: {reservation: ledgre}\n    pos: {reservation: none}\n");
    CHECK_THAT(shop.errors(shop.folder.path() + "/bent.yaml"),
               Catch::StartsWith("bent.yaml:4:24: ") && Catch::Contains("did you mean `ledger`?"));
}

TEST_CASE("design: faults of what only the scenario's own design has are left out, aloud; misspelt ones stay mistakes") {
    const std::string own = std::string(kByKind) + "  hosts: {esb: {cores: 1}}\n";
    const std::string faults = R"(faults:
  esb-down: {kind: host_crash, host: esb}
  stuck: {kind: stuck_consumer, edges: [orders web]}
  cut: {kind: partition, channels: [app]}
)";
    const Shop shop(own, faults);
    shop.folder.write("designs/plain.yaml", "design: {by_kind: {any: {reservation: ledger}, pos: {reservation: none}}}\n");
    const Loaded loaded = shop.under("plain");
    REQUIRE(loaded.scenario);
    REQUIRE(loaded.scenario->faults.size() == 1);
    CHECK(loaded.scenario->faults[0].name == "cut");
    REQUIRE(loaded.scenario->left_out.size() == 2);
    CHECK(loaded.scenario->left_out[0].kind == "host_crash");
    REQUIRE(loaded.notes.size() == 2);
    CHECK_THAT(loaded.notes[0].text(),
               Catch::EndsWith("shop.yaml:7:3: faults.esb-down: left out: the design `plain` has no host `esb`"));
    CHECK_THAT(loaded.notes[1].text(), Catch::EndsWith("faults.stuck: left out: the design `plain` has no edge `orders web`"));
    CHECK(shop.scenario().faults.size() == 3);

    const Shop bent(own, "faults: {esb-down: {kind: host_crash, host: ebs}}\n");
    bent.folder.write("designs/plain.yaml", "design: {by_kind: {any: {reservation: ledger}, pos: {reservation: none}}}\n");
    CHECK_THAT(bent.errors("plain"), Catch::Contains("faults.esb-down.host: unknown host `ebs`"));
}

TEST_CASE("design: what does not fit this retailer is a note under a design of another file, and a mistake in one's own") {
    const std::string design =
        "design: {name: d, by_kind: {any: {reservation: ledger, kinds: [dark_store]}, pos: {reservation: none}}}\n";
    const Shop shop(design);
    CHECK_THAT(shop.errors(""), Catch::Contains("the network has no node of these kinds"));
    const Loaded loaded = shop.under(shop.folder.write("other.yaml", design));
    REQUIRE(loaded.scenario);
    REQUIRE(loaded.notes.size() == 1);
    CHECK_THAT(loaded.notes[0].text(),
               Catch::EndsWith("the network has no node of these kinds: all nodes instead under the design `d`"));
    CHECK(loaded.scenario->design.channels[0].nodes.empty());
}

TEST_CASE("design: a misspelt edge of --set is answered with the edge that was meant") {
    const Shop shop(kByKind);
    const auto errors = [&](const std::string& path, const std::string& value) { return shop.errors("", {{path, value}}); };
    CHECK_THAT(errors("design.edges.stok app.latency", "1s"),
               Catch::Contains("design.edges.stok app.kind: `kind` is required; did you mean `stock app`?"));
    CHECK_THAT(errors("design.edges.ordrs.latency", "1s"),
               Catch::Contains("design.edges.ordrs.kind: `kind` is required; did you mean `orders`?"));
    CHECK_THAT(errors("channels.wbe.share", "1%"), Catch::Contains("`kind` is required; did you mean `web`?"));
    CHECK_THAT(errors("channels.callcentre.share", "1%"), Catch::Contains("`kind` is required\n"));
}

TEST_CASE("design: a folder in the place of a file is called a folder") {
    const Shop shop(kByKind);
    CHECK_THAT(shop.errors(shop.folder.path()), Catch::Contains("is a folder, not a design's file"));
    const Loaded loaded = scenarios::load(shop.folder.path(), {}, Library({shop.folder.path()}));
    REQUIRE(loaded.errors.size() == 1);
    CHECK(loaded.errors[0].message == "is a folder, not a scenario file");
}

TEST_CASE("library: every design fits every scenario") {
    const Library library({library_folder()});
    const auto designs = library.list_designs();
    const auto scenarios = library.list();
    REQUIRE(designs.size() >= 11);
    REQUIRE(scenarios.size() >= 5);
    for (const LibraryEntry& design : designs) {
        CHECK_FALSE(design.title.empty());
        for (const LibraryEntry& scenario : scenarios) {
            INFO(scenario.name << " under " << design.name);
            const Loaded loaded = scenarios::load(scenario.name, {}, library, design.name);
            for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
            REQUIRE(loaded.scenario);
            CHECK(loaded.scenario->design.name == design.name);
        }
    }
}
