#include <catch2/catch.hpp>

#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

struct Chain {
    Folder folder;
    explicit Chain(const std::string& child) {
        folder.write("base/good.yaml", read_file(data_file("good.yaml")));
        folder.write("s.yaml", child);
    }
    model::Scenario scenario(const std::vector<Override>& overrides = {}) const {
        Loaded loaded = folder.load("s.yaml", overrides);
        for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
        REQUIRE(loaded.scenario);
        return *loaded.scenario;
    }
};

}  // namespace

TEST_CASE("extends: maps merge by key, a list replaces, null removes, and the file keeps its own name") {
    const Chain chain(R"(
extends: base/good.yaml
run: {seed: 9}
network: {nodes: {krk-1: null, waw-1: {pick: {workers: 9}}}}
stock: [{each: 1}]
demand: {streams: {day: null}}
design: {edges: {app-poll: {interval: 2min}}}
)");
    const model::Scenario s = chain.scenario();
    CHECK(s.name == "s");
    CHECK(s.title.empty());
    CHECK(s.run.seed == 9);
    CHECK(s.run.horizon == hours(24));
    REQUIRE(s.network.nodes.size() == 2);
    CHECK(s.network.nodes[1].pick.workers == 9);
    CHECK(s.network.nodes[1].pick.service == model::lognormal(180e6, 0.6));
    CHECK(s.stock.size() == 1);
    CHECK(s.arrivals.size() == 6);
    CHECK(s.design.edges[2].interval == minutes(2));
    CHECK(s.design.edges[2].phase == seconds(10));
}

TEST_CASE("extends: a map tagged !replace takes the place of the base's") {
    const Chain chain("extends: base/good.yaml\ndemand:\n  streams: !replace\n    only: {rate: 1/s}\n");
    CHECK(chain.scenario().arrivals.size() == 1);
}

TEST_CASE("extends: a mistake is reported in the file where it stands") {
    const Chain chain("extends: base/mid.yaml\nrun: {seeed: 1}\n");
    chain.folder.write("base/mid.yaml", "extends: good\ncosts: {pick_line: 3}\n");
    CHECK(chain.folder.errors("s.yaml") ==
          "base/mid.yaml:2:20: costs.pick_line: `3` has no unit: expected an amount, e.g. 99.90 PLN (unit: PLN)\n"
          "s.yaml:2:7: run.seeed: unknown field `seeed`; did you mean `seed`?");
}

TEST_CASE("extends: the library's folders are searched after the file's own") {
    const Folder folder;
    folder.write("base/good.yaml", read_file(data_file("good.yaml")));
    folder.write("deep/er/s.yaml", "extends: base/good.yaml\n");
    CHECK(folder.errors("deep/er/s.yaml") == "");
}

TEST_CASE("extends: circles and missing files are the one thing reported") {
    const Folder folder;
    folder.write("a.yaml", "extends: b.yaml\n");
    folder.write("b.yaml", "run: {}\nextends: c.yaml\n");
    folder.write("c.yaml", "extends: a.yaml\n");
    CHECK(folder.errors("a.yaml") == "c.yaml:1:10: extends: a file cannot extend itself: a.yaml -> b.yaml -> c.yaml -> a.yaml");
    folder.write("base/good.yaml", "{}");
    folder.write("d.yaml", "extends: base/godo.yaml\n");
    CHECK(folder.errors("d.yaml") ==
          "d.yaml:1:10: extends: no file `base/godo.yaml` beside this one or in the library; did you mean `base/good.yaml`?");
}

TEST_CASE("kinds: a default that is wrong is reported once, where it stands") {
    const Chain chain("extends: base/good.yaml\nnetwork: {kinds: {store: {pick: {workers: -1}}}}\n");
    CHECK(chain.folder.errors("s.yaml") == "s.yaml:2:43: network.kinds.store.pick.workers: has to be at least 0, not -1");
}

TEST_CASE("set: paths name keys and list entries") {
    const Chain chain("extends: base/good.yaml\n");
    const model::Scenario s = chain.scenario({{"run.seed", "11"},
                                              {"stock[0].total", "5"},
                                              {"stock.1.each", "4"},
                                              {"network.nodes.krk-1", "null"},
                                              {"catalogue.popularity", "uniform"},
                                              {"design.channels.web.window", "lognormal(20s, cv 1)"},
                                              {"personas.bargain_hunter.entry", "{web: 50%, app: 50%}"}});
    CHECK(s.run.seed == 11);
    CHECK(s.stock[0].total == 5);
    CHECK(s.stock[1].each == 4);
    CHECK(s.network.nodes.size() == 2);
    CHECK(s.catalogue.popularity.share(99) == Approx(0.01));
    CHECK(s.design.channels[0].window == model::lognormal(20e6, 1));
    CHECK(s.personas[1].entry[1] == 0.5);
}

TEST_CASE("set: mistakes name the override") {
    const Chain chain("extends: base/good.yaml\n");
    const auto errors = [&](const char* path, const char* value) { return chain.folder.errors("s.yaml", {{path, value}}); };
    CHECK(errors("run.horizont", "1h") ==
          "--set run.horizont=1h: run.horizont: unknown field `horizont`; did you mean `horizon`?");
    CHECK(errors("run.horizon", "0s") == "--set run.horizon=0s: run.horizon: has to be above 0s, not 0s");
    CHECK(errors("stock[9].each", "1") == "--set stock[9].each=1: `stock` is a list of 3: expected an index from 0, not `9`");
    CHECK(errors("network.nodes.dcc", "null") == "--set network.nodes.dcc=null: there is no `dcc` to remove; did you mean `dc`?");
    CHECK(errors("run..seed", "1") == "--set run..seed=1: expected a dotted path, e.g. run.seed or stock[0].total");
    CHECK(errors("run.seed", "[1") == "--set run.seed=[1: not valid YAML: end of sequence flow not found");
    CHECK(errors("design.core.host", "omss") ==
          "--set design.core.host=omss: design.core.host: unknown host `omss`; did you mean `oms`?");
}

TEST_CASE("hash: names the question, not the way it was written") {
    const Chain chain(
        "extends: base/good.yaml\nname: good\ntitle: Every field once\n"
        "description: A small retailer that the loader's tests bend and break.\n");
    const std::string whole = load(data_file("good.yaml"), {}, Library({})).scenario->hash;
    CHECK(chain.scenario().hash == whole);
    CHECK(chain.scenario({{"run.drain", "5760min"}}).hash == whole);
    CHECK(chain.scenario({{"run.drain", "95h"}}).hash != whole);
}

TEST_CASE("yaml: syntax errors, merge keys and repeated keys have positions") {
    const Folder folder;
    folder.write("s.yaml", "run: {seed: 1\n");
    CHECK(folder.errors("s.yaml") ==
          "s.yaml:2:1: not valid YAML: end of map flow not found: a bracket is not closed, or a text with a brace, a comma or a "
          "colon "
          "in it is not in quotes");
    folder.write("s.yaml", "a: 1\n\tb: 2\n");
    CHECK(folder.errors("s.yaml").starts_with("s.yaml:2:1: not valid YAML: "));
    folder.write("s.yaml", "- 1\n");
    CHECK(folder.errors("s.yaml") == "s.yaml: a scenario is a map of fields: name, run, network, ...");
    const std::string good = read_file(data_file("good.yaml"));
    folder.write("s.yaml", replaced(good, "  skus: 100\n", "  skus: 100\n  <<: {skus: 5}\n  skus: 7\n"));
    CHECK(folder.errors("s.yaml") ==
          "s.yaml:8:3: unknown field `<<`: YAML's merge key is not read; share values by `network.kinds` or `extends`\n"
          "s.yaml:9:3: `skus` was already given on line 7");
}

TEST_CASE("library: lists and finds scenarios by name, not what they extend") {
    const Folder folder;
    folder.write("good.yaml", read_file(data_file("good.yaml")));
    folder.write("base/other.yaml", "title: other\n");
    const Library library({folder.path(), folder.path() + "/absent"});
    REQUIRE(library.list().size() == 1);
    CHECK(library.list()[0].name == "good");
    CHECK(library.list()[0].title == "Every field once");
    CHECK(library.find("good") == folder.path() + "/good.yaml");
    CHECK_FALSE(library.find("other"));
    CHECK(load("good", {}, library).scenario);
    folder.write("good/better.yaml", "extends: ../good.yaml\ndesign: {name: better}\n");
    CHECK(library.list().size() == 1);
    CHECK(load("good/better", {}, library).scenario->design.name == "better");
    CHECK(load("good", {}, library, "good/better").scenario->design.name == "better");
    CHECK_FALSE(library.find("good/worse"));
    CHECK_FALSE(library.find("base/other"));
    const Loaded wrong = load("godo", {}, library);
    REQUIRE(wrong.errors.size() == 1);
    CHECK(wrong.errors[0].text() == "godo: no such file and no scenario of that name in the library; did you mean `good`?");
}
