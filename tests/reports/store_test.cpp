// The results store: what goes in comes out, whoever else writes, whatever happens to the file.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "reports/store/store.hpp"
#include "tests/reports/sample_record.hpp"

namespace lastunit::reports {
namespace {

namespace fs = std::filesystem;
using Cause = StoreError::Cause;

// A path in a folder of its own, which SQLite's side files share.
class StoreFile {
   public:
    StoreFile() {
        if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no folder " + folder_);
    }
    ~StoreFile() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    StoreFile(const StoreFile&) = delete;
    StoreFile& operator=(const StoreFile&) = delete;
    std::string path(const std::string& name = "runs.db") const { return folder_ + "/" + name; }

   private:
    std::string folder_ = (fs::temp_directory_path() / "lastunit-store-XXXXXX").string();
};

model::RunRecord small_record(const std::string& design, std::uint64_t seed, std::uint64_t oversold) {
    model::RunRecord record;
    auto& identity = *record.mutable_identity();
    identity.set_scenario("flash-drop");
    identity.set_scenario_hash("00ff00ff00ff00ff");
    identity.set_design(design);
    identity.set_seed(seed);
    identity.set_commit("abc1234");
    identity.set_fingerprint("5f443df295f0c059");
    record.mutable_kpi()->set_oversold_units(oversold);
    return record;
}

std::int64_t add(Store& store, const model::RunRecord& record, const std::string& key = "") {
    return store.add({&record, 1'764'100'000'000'000, "title: a drop\n", key});
}

std::optional<Cause> refused(const std::string& path, std::span<const char* const> steps = schema_steps()) {
    try {
        const Store store(path, steps);
    } catch (const StoreError& error) {
        CHECK(std::string(error.what()).find(path) != std::string::npos);
        return error.cause();
    }
    return std::nullopt;
}

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("store: a run comes out as it went in, with its text and its KPIs by path") {
    const StoreFile file;
    const model::RunRecord record = test::sample_record();
    std::int64_t id = 0;
    {
        Store store(file.path());
        id = store.add({&record, 1'764'100'000'000'001, "title: peak\n", ""});
    }
    const Store store(file.path());
    REQUIRE(store.runs().size() == 1);
    const StoredRun run = store.runs().front();
    CHECK(run.id == id);
    CHECK(run.made_at_us == 1'764'100'000'000'001);
    CHECK(run.scenario == record.identity().scenario());
    CHECK(run.design == record.identity().design());
    CHECK(run.seed == record.identity().seed());
    CHECK(run.fingerprint == record.identity().fingerprint());
    CHECK(store.record(id)->SerializeAsString() == record.SerializeAsString());
    CHECK(store.scenario_text(id) == "title: peak\n");
    CHECK(store.kpis(id).size() == kpi_values(record).size());
    CHECK(store.figures("oversold_units").front().value == static_cast<double>(record.kpi().oversold_units()));
    CHECK(store.figures("channels.web.units_accepted").size() == 1);
    CHECK_FALSE(store.record(id + 1).has_value());
    CHECK_FALSE(store.scenario_text(id + 1).has_value());
}

TEST_CASE("store: KPIs have the paths of gates; what was not measured is left out") {
    model::RunRecord record = small_record("a", 1, 3);
    record.mutable_kpi()->mutable_fulfilment_time_s()->set_count(0);
    record.mutable_kpi()->mutable_order_to_door_s()->set_count(2);
    record.mutable_kpi()->mutable_order_to_door_s()->set_p99(7.5);
    record.mutable_kpi()->mutable_order_to_ready_s()->set_count(2);
    record.mutable_kpi()->mutable_order_to_ready_s()->set_p95(6.5);
    record.mutable_kpi()->set_cost_per_order(NAN);
    auto* cause = record.mutable_kpi()->add_oversold_causes();
    cause->set_cause("race");
    cause->set_units(3);
    auto* web = record.add_channels();
    web->set_name("web");
    web->mutable_kpi()->set_oversold_units(2);
    std::map<std::string, double> values;
    for (const KpiValue& kpi : kpi_values(record)) values[kpi.path] = kpi.value;
    CHECK(values.at("oversold_units") == 3);
    CHECK(values.at("oversold_causes.race") == 3);
    CHECK(values.at("order_to_door_s.p99") == 7.5);
    CHECK(values.at("fulfilment_time_s.count") == 0);
    CHECK(values.at("channels.web.oversold_units") == 2);
    CHECK(values.count("fulfilment_time_s.p99") == 0);
    CHECK(values.at("order_to_ready_s.p95") == 6.5);
    CHECK(values.count("order_to_door_s.p95") == 0);  // a record of an older version has none
    CHECK(values.count("cost_per_order") == 0);
}

TEST_CASE("store: a run with the same key is the same run; without a key each is another") {
    const StoreFile file;
    Store store(file.path());
    const auto first = add(store, small_record("a", 7, 1), "study/a/7");
    CHECK(add(store, small_record("a", 7, 99), "study/a/7") == first);
    CHECK(store.figures("oversold_units").front().value == 1);
    CHECK(add(store, small_record("a", 7, 1)) != add(store, small_record("a", 7, 1)));
    CHECK(store.runs().size() == 3);
    CHECK(store.runs({.key_prefix = "study/"}).size() == 1);
    CHECK(store.runs({.key_prefix = "study/b"}).empty());
}

TEST_CASE("store: figures are ordered by seed, also above 2^63, and filtered by design") {
    const StoreFile file;
    Store store(file.path());
    const std::uint64_t large = (std::uint64_t{1} << 63U) + 5;
    for (const std::uint64_t seed : {large, std::uint64_t{3}, std::uint64_t{1}})
        add(store, small_record("a", seed, seed % 100), "");
    add(store, small_record("b", 2, 50));
    std::vector<std::uint64_t> seeds;
    for (const auto& figure : store.figures("oversold_units", {.scenario_hash = "00ff00ff00ff00ff", .design = "a"}))
        seeds.push_back(figure.seed);
    CHECK(seeds == std::vector<std::uint64_t>{1, 3, large});
    CHECK(store.figures("no_such_kpi").empty());
    CHECK(store.runs({.scenario_hash = "another"}).empty());
}

pid_t start_writer(const std::string& path, int writer, int runs) {
    const pid_t child = fork();
    if (child != 0) return child;
    try {
        Store store(path);
        for (int i = 0; i < runs; ++i) {
            const auto seed = static_cast<std::uint64_t>(i);
            add(store, small_record("design-" + std::to_string(writer), seed, seed),
                std::to_string(writer) + "/" + std::to_string(i));
        }
    } catch (const StoreError&) {
        _exit(1);
    }
    _exit(0);
}

TEST_CASE("store: eight writers who make the file together lose nothing and count nothing twice") {
    constexpr int kWriters = 8, kRuns = 20;
    const StoreFile file;
    std::vector<pid_t> writers;
    for (int writer = 0; writer < kWriters; ++writer) writers.push_back(start_writer(file.path(), writer, kRuns));
    for (const pid_t writer : writers) {
        int status = 0;
        waitpid(writer, &status, 0);
        CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    }
    const Store store(file.path());
    std::set<std::int64_t> ids;
    for (const StoredRun& run : store.runs()) ids.insert(run.id);
    CHECK(ids.size() == kWriters * kRuns);
    CHECK(store.figures("oversold_units").size() == kWriters * kRuns);
    CHECK(store.figures("oversold_units", {.design = "design-5"}).size() == kRuns);
}

TEST_CASE("store: writers killed in the middle leave whole runs, and resuming adds only what is missing") {
    constexpr int kRuns = 100'000;  // more than they can write before a busy machine looks again
    const StoreFile file;
    const std::vector<pid_t> writers{start_writer(file.path(), 0, kRuns), start_writer(file.path(), 0, kRuns)};
    Store store(file.path());
    while (store.runs().size() < 20) usleep(1000);
    for (const pid_t writer : writers) {
        kill(writer, SIGKILL);
        waitpid(writer, nullptr, 0);
    }
    const std::vector<StoredRun> left = store.runs();
    CHECK(left.size() >= 20);
    CHECK(left.size() < kRuns);
    for (const StoredRun& run : left) {
        REQUIRE(store.record(run.id)->identity().seed() == run.seed);
        REQUIRE(store.kpis(run.id).size() == kpi_values(*store.record(run.id)).size());
    }
    const int some = static_cast<int>(left.size()) + 5;
    for (int i = 0; i < some; ++i) {
        const auto seed = static_cast<std::uint64_t>(i);
        add(store, small_record("design-0", seed, seed), "0/" + std::to_string(i));
    }
    CHECK(store.runs().size() == static_cast<std::size_t>(some));
}

TEST_CASE("store: a file cut off in the middle is torn, and stays as it is") {
    const StoreFile file;
    {
        Store store(file.path());
        const model::RunRecord record = test::sample_record();
        for (int i = 0; i < 5; ++i) add(store, record);
    }
    const std::string whole = content(file.path());
    REQUIRE(whole.size() > 100'000);
    const std::string half = whole.substr(0, whole.size() / 2);
    std::ofstream(file.path(), std::ios::binary | std::ios::trunc) << half;
    CHECK(refused(file.path()) == Cause::torn);
    CHECK(content(file.path()) == half);
}

TEST_CASE("store: a file of another kind, a database of another program, no folder: refused and untouched") {
    const StoreFile file;
    const std::string text = "oversold,units\n" + std::string(3000, 'x');
    std::ofstream(file.path("figures.csv"), std::ios::binary) << text;
    CHECK(refused(file.path("figures.csv")) == Cause::not_a_store);
    CHECK(content(file.path("figures.csv")) == text);
    {
        const Database other(file.path("other.db"));
        other.execute("CREATE TABLE songs (title TEXT)");
    }
    const std::string before = content(file.path("other.db"));
    CHECK(refused(file.path("other.db")) == Cause::not_a_store);
    CHECK(content(file.path("other.db")) == before);
    CHECK(refused(file.path("no/such/folder.db")) == Cause::cannot_open);
}

TEST_CASE("store: an older schema is brought up to date with its runs, a newer one is refused and untouched") {
    const StoreFile file;
    std::vector<const char*> later(schema_steps().begin(), schema_steps().end());
    later.push_back("ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT 'none'");
    later.push_back("CREATE TABLE studies (id INTEGER PRIMARY KEY)");
    std::int64_t id = 0;
    {
        Store store(file.path());
        id = add(store, small_record("a", 1, 4));
    }
    {
        Store store(file.path(), later);
        CHECK(store.figures("oversold_units").front().value == 4);
        CHECK(add(store, small_record("a", 2, 5)) > id);
    }
    const Database database(file.path());
    CHECK(database.number("PRAGMA user_version") == static_cast<std::int64_t>(later.size()));
    CHECK(database.number("SELECT count(*) FROM runs WHERE note = 'none'") == 2);
    CHECK(refused(file.path()) == Cause::newer_schema);
    CHECK(database.number("SELECT count(*) FROM runs") == 2);
}

TEST_CASE("store: the runs of the first schema are read as before, beside new ones") {
    const StoreFile file;
    const model::RunRecord old = small_record("a", 1, 4);
    {
        const Database database(file.path());
        migrate(database, file.path(), schema_steps().first(1));
        const std::string bytes = old.SerializeAsString();
        database.execute("INSERT INTO scenarios VALUES ('00ff00ff00ff00ff', 'peak', 'title: peak')");
        database
            .prepare(
                "INSERT INTO runs (key, made_at_us, scenario_hash, design, seed, commit_id, fingerprint, record)"
                " VALUES ('k', 5, '00ff00ff00ff00ff', 'a', 1, 'c', 'f', ?)")
            .bind_bytes(bytes)
            .run();
        database.execute("INSERT INTO kpis VALUES (1, 'oversold_units', 4), (1, 'channels.web.oversold_units', 2)");
    }
    Store store(file.path());
    CHECK(store.record(1)->SerializeAsString() == old.SerializeAsString());
    CHECK(store.kpis(1).size() == 2);
    add(store, small_record("a", 2, 6));
    std::vector<double> values;
    for (const auto& figure : store.figures("oversold_units")) values.push_back(figure.value);
    CHECK(values == std::vector<double>{4, 6});
    CHECK(store.figures("channels.web.oversold_units").size() == 1);
    CHECK(store.find("k")->id == 1);
    CHECK_FALSE(store.find("no such key"));
}

TEST_CASE("store: joined with another, each run is there once, with its text, key and time") {
    const StoreFile file;
    Store a(file.path("a.db")), b(file.path("b.db"));
    add(a, small_record("x", 1, 1), "k1");
    add(b, small_record("x", 1, 1), "k1");
    add(b, small_record("x", 2, 7), "k2");
    add(b, small_record("x", 3, 8));
    CHECK(a.add_all(b) == 2);
    CHECK(a.add_all(b) == 0);
    REQUIRE(a.runs().size() == 3);
    CHECK(a.find("k2")->seed == 2);
    CHECK(a.runs()[2].made_at_us == b.runs()[2].made_at_us);
    CHECK(a.scenario_text(3) == b.scenario_text(3));
    CHECK(a.record(2)->SerializeAsString() == b.record(2)->SerializeAsString());
}

TEST_CASE("store: a step of the schema that fails changes nothing") {
    const StoreFile file;
    { const Store store(file.path()); }
    std::vector<const char*> broken(schema_steps().begin(), schema_steps().end());
    broken.push_back("CREATE TABLE studies (id INTEGER PRIMARY KEY); CREATE TABLE studies (id INTEGER)");
    CHECK_THROWS_AS(Store(file.path(), broken), StoreError);
    CHECK_FALSE(refused(file.path()).has_value());
    CHECK(Database(file.path()).number("SELECT count(*) FROM sqlite_schema WHERE name = 'studies'") == 0);
}

}  // namespace
}  // namespace lastunit::reports
