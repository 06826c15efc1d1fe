// `lastunit run --log` and `lastunit explain` from outside.
#include <catch2/catch.hpp>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

// A web shop that learns of its own sales a minute late; two orders for the last unit, one after the other.
const char* const kShop = R"(title: one unit, two orders
run: {horizon: 1h, drain: 10d, sample_every: 1h}
network:
  transit: 0s
  places: {town: {lat: 52, lon: 19}}
  nodes: {dc: {kind: warehouse, lat: 52, lon: 19}}
stock: [{each: 1}]
channels: {web: {kind: web}}
demand: {replay: {file: orders.csv, columns: {order: order, sku: sku, quantity: quantity, time: at, price: price}, from: 2024-11-29, length: 1h}}
design:
  name: late
  cancel_after: 1h
  channels: {web: {reservation: none, decides_on: view}}
  edges: {stock: {to: web, kind: push, latency: 60s}, sales: {from: web, kind: push, latency: 1s}}
)";
const char* const kOrders =
    "order,sku,quantity,at,price\n"
    "a,mug,1,2024-11-29 00:10:00,10\n"
    "b,mug,1,2024-11-29 00:10:30,10\n"
    "c,mug,1,2024-11-29 00:10:40,10\n";

// The shop, run once with a log in the folder "run".
class Shop : public Sandbox {
   public:
    explicit Shop(const std::string& shop = kShop) {
        write("shop.yaml", shop);
        write("orders.csv", kOrders);
        const Result result = run({"run", path("shop.yaml"), "--out", path("run"), "--log", "--quiet"});
        REQUIRE(result.err == "");
        REQUIRE(result.status == 0);
    }
    Result explain(std::vector<std::string> words) const {
        words.insert(words.begin(), {"explain", path("run")});
        return run(words);
    }
    // What a table says in the row of a change, or in that of the change to which it is the same.
    static std::string row(const std::string& out, const std::string& change) {
        const std::size_t at = out.find("  " + change + "  ");
        INFO(out);
        const std::string folded = change + ": the same as ";
        if (const std::size_t same = out.find(folded); at == std::string::npos && same != std::string::npos) {
            const std::size_t name = same + folded.size();
            return row(out, out.substr(name, out.find('\n', name) - name));
        }
        REQUIRE(at != std::string::npos);
        return out.substr(at, out.find('\n', at) - at);
    }
};

TEST_CASE("run --log: writes the log beside the reports, or where it is told to, and changes nothing else") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    CHECK(box.run({"run", file, "--out", box.path("a"), "--log", "--quiet"}).status == 0);
    CHECK(box.has("a/events.pb.gz"));
    CHECK_FALSE(box.has("a/events.pb.gz.part"));
    CHECK(box.run({"run", file, "--log=" + box.path("b.gz"), "--quiet"}).status == 0);
    CHECK(box.read("b.gz").size() > 1000);
    CHECK(box.run({"run", file, "--out", box.path("c"), "--quiet"}).status == 0);
    CHECK_FALSE(box.has("c/events.pb.gz"));

    const Result nowhere = box.run({"run", file, "--log"});
    CHECK(nowhere.status == 2);
    CHECK_THAT(nowhere.err, Contains("--log=FILE"));
    CHECK(box.run({"run", file, "--log=" + box.path("no/such/folder.gz")}).status == 2);
}

TEST_CASE("explain: names the unit, the edge, its lag, the view, the decision and what became of it") {
    const Shop shop;
    const Result result = shop.explain({"--oversold", "1", "--no-counterfactuals"});
    CHECK(result.status == 0);
    CHECK(result.err == "");
    CHECK_THAT(result.out, Contains("Unit 1 of 2: order 2, web (ship), mug, 00:10:30.000") && Contains("cause stale_view") &&
                               Contains("web sells 1 (order 1)") && Contains("stock sends \"0 at dc\"") &&
                               Contains("web ACCEPTS 1 (order 2)") && Contains("order 2 is cancelled for want of stock"));
    CHECK_THAT(shop.explain({"--order", "3", "--no-counterfactuals"}).out, Contains("Unit 2 of 2: order 3"));
    CHECK_THAT(shop.explain({"--oversold", "1", "--no-counterfactuals", "--json", "-"}).out,
               Contains("\"cause\": \"stale_view\"") && Contains("\"edge\": \"stock\"") && Contains("\"lag_s\": 60"));
}

TEST_CASE("explain: no lag on the edge avoids a stale view, and half of it does not help who came after half a minute") {
    const Shop shop;
    const Result result = shop.explain({"--oversold", "2"});
    CHECK(result.status == 0);
    CHECK(result.err == "");
    CHECK_THAT(Shop::row(result.out, "no lag on stock"), Contains("yes: refused"));
    CHECK_THAT(Shop::row(result.out, "no lag on stock"), Contains("-2"));
    CHECK_THAT(Shop::row(result.out, "lag of stock halved"), Contains("yes: refused") && Contains("-1"));
    CHECK_THAT(Shop::row(result.out, "web asks the core (ledger)"), Contains("yes: refused"));
    CHECK_THAT(Shop::row(result.out, "buffer of web +1"), Contains("yes: refused"));
    CHECK_THAT(result.out,
               Contains("as it was: 2 oversold") && Contains("The smallest change that avoids it: buffer of web +1."));

    CHECK_THAT(result.out, Contains("  web asks the core (ledger): the same as "));

    const Result sooner = shop.explain({"--oversold", "1"});
    CHECK_THAT(Shop::row(sooner.out, "lag of stock halved"), Contains(" no "));  // 30 s and 1 s after the sale
    CHECK_THAT(Shop::row(sooner.out, "no lag on stock"), Contains("yes: refused"));
}

TEST_CASE("explain: no lag helps against nothing that is on record and not there, a right record does") {
    std::string yaml = kShop;
    yaml.replace(yaml.find("stock: [{each: 1}]"), 18, "stock: [{each: 2}]");
    // Of two units on record each is missing with even odds; a seed in which just one is, and one that both are, will do.
    yaml += "accuracy: {missing_units: 60%}\n";
    bool found = false;
    for (int seed = 1; seed < 20 && !found; ++seed) {
        std::string seeded = yaml;
        seeded.replace(seeded.find("run: {"), 6, "run: {seed: " + std::to_string(seed) + ", ");
        const Shop shop(seeded);
        const Result result = shop.explain({"--oversold", "1"});
        if (result.out.find("cause phantom_stock") == std::string::npos) continue;
        found = true;
        CHECK_THAT(result.out, Contains("2 on record and only "));
        CHECK_THAT(Shop::row(result.out, "no lag on stock"), Contains(" no "));
        CHECK_THAT(Shop::row(result.out, "web asks the core, no lag"), Contains(" no "));
        CHECK_THAT(Shop::row(result.out, "a right record: no shrink, no mistakes"), Contains("yes: served"));
    }
    CHECK(found);
}

// The text of a document that a page carries.
std::string document_of(const std::string& page, const std::string& id) {
    const std::string opening = "<script type=\"application/json\" id=\"" + id + "\">";
    const std::size_t from = page.find(opening);
    if (from == std::string::npos) return "";
    const std::size_t at = from + opening.size();
    return page.substr(at, page.find("</script>", at) - at);
}

std::string without_spaces(std::string json) {
    bool inside = false;
    std::string out;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '"' && (i == 0 || json[i - 1] != '\\')) inside = !inside;
        if (inside || (json[i] != ' ' && json[i] != '\n')) out += json[i];
    }
    return out;
}

// The numbers of the oversold units that a page tells of, in its order.
std::vector<std::string> told_units(const std::string& autopsies) {
    std::vector<std::string> units;
    const std::string key = "\"first_unit\":";
    for (std::size_t at = autopsies.find(key); at != std::string::npos; at = autopsies.find(key, at)) {
        at += key.size();
        units.push_back(autopsies.substr(at, autopsies.find(',', at) - at));
    }
    return units;
}

TEST_CASE("run --html: the page tells of the worst SKUs what explain tells of them from the log") {
    const Sandbox box;
    const std::vector<std::string> drop{"run", "flash-drop", "--quiet"};
    const auto with = [&](std::vector<std::string> more) {
        std::vector<std::string> words = drop;
        words.insert(words.end(), more.begin(), more.end());
        return box.run(words);
    };
    CHECK(with({"--html", box.path("page.html"), "--json", box.path("page.json")}).err == "");
    CHECK(with({"--out", box.path("run"), "--log"}).err == "");
    const std::string told = document_of(box.read("page.html"), "autopsies");
    const std::vector<std::string> units = told_units(told);
    REQUIRE(units.size() >= 2);
    CHECK(units.size() <= 30);
    const auto command_of = [](const std::string& text) { return text.substr(0, text.find("\"repeat_command\"")); };
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Result one = box.run({"explain", box.path("run"), "--oversold", units[i], "--no-counterfactuals", "--json", "-"});
        INFO(units[i]);
        const std::string json = without_spaces(one.out);
        CHECK(told.find(json.substr(json.find("\"line\""))) != std::string::npos);
        CHECK(told.find(command_of(json)) != std::string::npos);
    }
    // With a log the page is made of the log.
    CHECK(told_units(document_of(box.read("run/report.html"), "autopsies")) == units);
    CHECK_THAT(box.read("page.json"), Contains("\"allocations\": 0\n"));
}

TEST_CASE("run: without a page there is no log, and where nothing was oversold a page tells no stories") {
    const Shop shop;
    const std::vector<std::string> enough{"run", shop.path("shop.yaml"), "--set", "stock=[{each: 3}]", "--quiet"};
    const auto with = [&](const char* option, const std::string& file) {
        std::vector<std::string> words = enough;
        words.insert(words.end(), {option, shop.path(file)});
        return shop.run(words);
    };
    CHECK(with("--html", "calm.html").err == "");
    CHECK_THAT(document_of(shop.read("calm.html"), "run"), Contains("\"oversold_units\":0,"));
    CHECK(document_of(shop.read("calm.html"), "autopsies").empty());
    CHECK(with("--json", "calm.json").err == "");
    CHECK(shop.has("calm.json"));
}

TEST_CASE("run --log: what is no file is not read back") {
    const Sandbox box;
    const Result result = box.run({"run", "flash-drop", "--log=/dev/null", "--html", box.path("page.html"), "--quiet"});
    CHECK(result.status == 0);
    CHECK(result.err == "");
    CHECK(document_of(box.read("page.html"), "autopsies").empty());
}

TEST_CASE("explain --html: one page with the autopsy and what would have avoided it") {
    const Shop shop;
    const Result result = shop.explain({"--oversold", "2", "--html", shop.path("why.html"), "--json", shop.path("why.json")});
    CHECK(result.err == "");
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("Unit 2 of 2"));
    const std::string page = shop.read("why.html");
    CHECK_THAT(document_of(page, "page"), Contains("\"kind\": \"autopsy\""));
    CHECK(document_of(page, "autopsies") == "[" + without_spaces(shop.read("why.json")) + "]");
    CHECK_THAT(document_of(page, "autopsies"), Contains("buffer of web +1"));

    CHECK(shop.explain({"--worst", "3", "--html", shop.path("no.html")}).status == 2);
    const Result same = shop.explain({"--oversold", "1", "--html", shop.path("x"), "--json", shop.path("x")});
    CHECK(same.status == 2);
    CHECK_THAT(same.err, Contains("two reports would be written to"));
    CHECK(shop.explain({"--oversold", "1", "--html", shop.path("no/such/why.html")}).status == 2);
    CHECK(shop.explain({"--oversold", "1", "--html", shop.path("x"), "--lang", "de"}).status == 2);
    CHECK_FALSE(shop.has("x"));
}

TEST_CASE("explain: lists the worst, each with the command that explains it") {
    const Shop shop;
    const Result result = shop.explain({"--worst", "10"});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("OVERSOLD 2") && Contains("mug") && Contains("20.00 PLN") &&
                               Contains("lastunit explain " + shop.path("run") + " --oversold 2"));
    CHECK_THAT(shop.explain({"--worst", "1", "--sku", "mug"}).out, Contains("OVERSOLD 2 of mug"));
    const Result unknown = shop.explain({"--worst", "1", "--sku", "cup"});
    CHECK(unknown.status == 2);
    CHECK_THAT(unknown.err, Contains("no SKU 'cup'"));
}

TEST_CASE("explain: what cannot be explained is said in one line, exit 2") {
    const Shop shop;
    shop.write("text.txt", "not a log");
    shop.write("cut.gz", shop.read("run/events.pb.gz").substr(0, 200));
    struct Case {
        std::vector<std::string> words;
        const char* says;
    };
    const std::vector<Case> cases{
        {{"explain", shop.path("run")}, "needs one of --oversold"},
        {{"explain", shop.path("run"), "--oversold", "1", "--worst", "3"}, "takes only one of --oversold"},
        {{"explain", shop.path("run"), "--oversold", "0"}, "the run oversold 2 units, numbered from 1"},
        {{"explain", shop.path("run"), "--oversold", "3"}, "the run oversold 2 units, numbered from 1"},
        {{"explain", shop.path("run"), "--worst", "0"}, "--worst: a count of at least 1"},
        {{"explain", shop.path("run"), "--oversold", "x"}, "not a whole number"},
        {{"explain", shop.path("run"), "--order", "1"}, "order 1 has no oversold unit"},
        {{"explain", shop.path("run"), "--order", "4"}, "the run accepted 3 orders, numbered from 1"},
        {{"explain", shop.path("nowhere"), "--oversold", "1"}, "neither a run's folder nor an event log"},
        {{"explain", shop.path(""), "--oversold", "1"}, "there is no event log in"},
        {{"explain", shop.path("text.txt"), "--oversold", "1"}, "not an event log"},
        {{"explain", shop.path("cut.gz"), "--oversold", "1"}, "damaged"},
        {{"explain", shop.path("run"), "--oversold", "1", "--sku", "mug"}, "--sku goes with --worst"},
        {{"explain", shop.path("run"), "--worst", "1", "--json", "-"}, "--json is of one unit"},
    };
    for (const Case& wrong : cases) {
        CAPTURE(wrong.words);
        const Result result = shop.run(wrong.words);
        CHECK(result.status == 2);
        CHECK(result.out == "");
        CHECK_THAT(result.err, Contains(wrong.says));
    }
}

TEST_CASE("explain: a scenario that has changed since the run still has its timeline, and no counterfactuals") {
    const Shop shop;
    std::string changed = kShop;
    changed.replace(changed.find("latency: 60s"), 12, "latency: 61s");
    shop.write("shop.yaml", changed);
    const Result result = shop.explain({"--oversold", "1"});
    CHECK(result.status == 2);
    CHECK_THAT(result.out, Contains("web ACCEPTS 1 (order 2)") && !Contains("What would have avoided it"));
    CHECK_THAT(result.err, Contains("no counterfactuals: the scenario is not the one of the log any more"));
    CHECK(shop.explain({"--oversold", "1", "--no-counterfactuals"}).status == 0);
}

}  // namespace
}  // namespace lastunit::cli_tests
