#include <catch2/catch.hpp>

#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

const char* const kScenario = R"(run: {horizon: 24h}
network: {nodes: {dc: {kind: warehouse, lat: 51.7, lon: 19.4}}}
stock: [{skus: [B], each: 3}]
channels: {web: {kind: web}}
catalogue: {size_classes: {small: 100%}}
demand:
  replay:
    file: logs/orders.csv
    columns: {time: When, order: Invoice, sku: Code, quantity: Qty, price: Price}
    time_format: "%Y-%m-%d %H:%M:%S"
    from: 2009-12-01
    length: 24h
    skip_order_prefixes: [C]
design: {name: d, channels: {web: {reservation: ledger, decides_on: core}}}
)";
const char* const kLog =
    "Invoice,Code,Qty,When,Price\n"
    "1,A,2,2009-12-01 07:45:00,1.50\n"
    "1,B,1,2009-12-01 07:45:00,10.00\n"
    "C2,A,-1,2009-12-01 08:00:00,1.50\n"
    "3,A,4,2009-12-01 09:00:00,1.50\n";

}  // namespace

TEST_CASE("replay: the log lies beside the scenario and gives the catalogue") {
    const Folder folder;
    folder.write("s.yaml", kScenario);
    folder.write("logs/orders.csv", kLog);
    REQUIRE(folder.errors("s.yaml") == "");
    const model::Scenario s = *folder.load("s.yaml").scenario;
    REQUIRE(s.replay);
    CHECK(s.arrivals.empty());
    CHECK(s.replay->orders.size() == 2);
    REQUIRE(s.catalogue.skus.size() == 2);
    CHECK(s.catalogue.skus[0].name == "A");
    CHECK(s.catalogue.skus[1].price == 1000);
    CHECK(s.catalogue.popularity.share(0) == Approx(6.0 / 7));
    CHECK(s.stock[0].skus == std::vector{Sku(1)});
    CHECK(s.personas.size() == 1);
    CHECK(s.personas[0].name == "anyone");
}

TEST_CASE("replay: the hash is that of the orders, wherever they lie") {
    const Folder folder;
    folder.write("s.yaml", kScenario);
    folder.write("logs/orders.csv", kLog);
    const std::string elsewhere = folder.write("elsewhere.csv", kLog);
    const std::string fewer = folder.write("fewer.csv", std::string(kLog).substr(0, std::string(kLog).find("3,A")));
    const std::string hash = folder.load("s.yaml").scenario->hash;
    CHECK(folder.load("s.yaml", {{"demand.replay.file", elsewhere}}).scenario->hash == hash);
    CHECK(folder.load("s.yaml", {{"demand.replay.file", fewer}}).scenario->hash != hash);
}

TEST_CASE("replay: mistakes of the log are reported at the field that names it") {
    const Folder folder;
    folder.write("s.yaml", kScenario);
    CHECK(folder.errors("s.yaml") == "s.yaml:8:11: demand.replay.file: logs/orders.csv: No such file or directory");
    CHECK(folder.errors("s.yaml", {{"demand.replay.file", "nowhere.csv"}}) ==
          "--set demand.replay.file=nowhere.csv: demand.replay.file: nowhere.csv: No such file or directory");
    folder.write("logs/orders.csv", std::string(kLog) + "4,A,two,2009-12-01 10:00:00,1.50\n");
    const std::string broken = folder.errors("s.yaml");
    INFO(broken);
    CHECK(broken.starts_with("s.yaml:8:11: demand.replay.file: logs/orders.csv:6: "));
    folder.write("logs/orders.csv", kLog);
    CHECK(folder.errors("s.yaml", {{"stock[0].skus", "[C]"}}) ==
          "--set stock[0].skus=[C]: stock[0].skus[0]: unknown sku `C`; one of A, B");
    CHECK(folder.errors("s.yaml", {{"catalogue.skus", "10"}}) ==
          "--set catalogue.skus=10: catalogue.skus: the catalogue of a replay comes from its log: only `size_classes` may be "
          "given");
    CHECK(folder.errors("s.yaml", {{"demand.replay.from", "1.12.2009"}}) ==
          "--set demand.replay.from=1.12.2009: demand.replay.from: expected a day, e.g. 2009-12-01");
}
