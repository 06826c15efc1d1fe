#include "reports/store/store.hpp"

#include <algorithm>
#include <bit>

#include "reports/store/packing.hpp"

namespace lastunit::reports {

namespace {

// Three parameters: scenario, design, key prefix; an empty one lets all through.
constexpr const char* kRuns = R"sql(
SELECT id, made_at_us, coalesce(key, ''), name, scenario_hash, design, seed, commit_id, fingerprint
FROM runs JOIN scenarios ON hash = scenario_hash
WHERE ?1 IN ('', scenario_hash) AND ?2 IN ('', design) AND (?3 = '' OR substr(key, 1, length(?3)) = ?3)
ORDER BY id)sql";

constexpr const char* kRunOfKey = R"sql(
SELECT id, made_at_us, coalesce(key, ''), name, scenario_hash, design, seed, commit_id, fingerprint
FROM runs JOIN scenarios ON hash = scenario_hash
WHERE key = ?)sql";

constexpr const char* kFigures = R"sql(
SELECT id, seed, value FROM runs JOIN kpis ON run = id
WHERE ?1 IN ('', scenario_hash) AND ?2 IN ('', design) AND (?3 = '' OR substr(key, 1, length(?3)) = ?3) AND path = ?4)sql";

void bind(Statement& statement, const RunFilter& filter) {
    statement.bind(filter.scenario_hash).bind(filter.design).bind(filter.key_prefix);
}

StoredRun run_of(const Statement& row) {
    return {row.integer(0),
            row.integer(1),
            row.text(2),
            row.text(3),
            row.text(4),
            row.text(5),
            std::bit_cast<std::uint64_t>(row.integer(6)),
            row.text(7),
            row.text(8)};
}

std::optional<std::int64_t> with_key(const Database& database, const std::string& key) {
    if (key.empty()) return std::nullopt;
    Statement find = database.prepare("SELECT id FROM runs WHERE key = ?");
    find.bind(key);
    return find.next() ? std::optional(find.integer(0)) : std::nullopt;
}

void add_kpis(const Database& database, std::int64_t id, const model::RunRecord& record) {
    Statement name = database.prepare("INSERT OR IGNORE INTO kpi_paths (path) VALUES (?)");
    // Two channels of one name would give one path twice: the first stays.
    Statement insert = database.prepare(
        "INSERT OR IGNORE INTO kpi_values (run, path_id, value) VALUES (?, (SELECT id FROM kpi_paths WHERE path = ?), ?)");
    for (const KpiValue& kpi : kpi_values(record)) {
        name.bind(kpi.path).run();
        insert.bind(id).bind(kpi.path).bind(kpi.value).run();
    }
}

}  // namespace

Store::Store(const std::string& path, std::span<const char* const> steps) : path_(path), database_(path) {
    migrate(database_, path, steps);
    database_.write_ahead();
}

std::int64_t Store::add(const NewRun& run) {
    LASTUNIT_ASSERT(run.record != nullptr, "a run to keep");
    const model::Identity& identity = run.record->identity();
    const std::string whole = run.record->SerializeAsString(), bytes = packed(whole);
    Transaction transaction(database_);
    if (const auto there = with_key(database_, run.key)) return *there;
    database_.prepare("INSERT OR IGNORE INTO scenarios (hash, name, text) VALUES (?, ?, ?)")
        .bind(identity.scenario_hash())
        .bind(identity.scenario())
        .bind(run.scenario_text)
        .run();
    Statement insert = database_.prepare(
        "INSERT INTO runs (key, made_at_us, scenario_hash, design, seed, commit_id, fingerprint, record,"
        " unpacked_size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (run.key.empty())
        insert.bind_nothing();
    else
        insert.bind(run.key);
    insert.bind(run.made_at_us)
        .bind(identity.scenario_hash())
        .bind(identity.design())
        .bind(std::bit_cast<std::int64_t>(identity.seed()))
        .bind(identity.commit())
        .bind(identity.fingerprint())
        .bind_bytes(bytes)
        .bind(static_cast<std::int64_t>(whole.size()))
        .run();
    const std::int64_t id = database_.last_id();
    add_kpis(database_, id, *run.record);
    transaction.commit();
    return id;
}

std::size_t Store::add_all(const Store& other) {
    std::size_t added = 0;
    const auto same = [](const StoredRun& a, const StoredRun& b) {
        return a.scenario_hash == b.scenario_hash && a.design == b.design && a.seed == b.seed && a.commit == b.commit &&
               a.made_at_us == b.made_at_us;
    };
    for (const StoredRun& run : other.runs()) {
        if (run.key.empty()) {
            const std::vector<StoredRun> here = runs({run.scenario_hash, run.design, ""});
            if (std::any_of(here.begin(), here.end(), [&](const StoredRun& one) { return same(one, run); })) continue;
        } else if (with_key(database_, run.key)) {
            continue;
        }
        const auto record = other.record(run.id);
        if (!record) continue;  // deleted since
        add({&*record, run.made_at_us, other.scenario_text(run.id).value_or(""), run.key});
        ++added;
    }
    return added;
}

std::optional<StoredRun> Store::find(const std::string& key) const {
    Statement select = database_.prepare(kRunOfKey);
    select.bind(key);
    if (!select.next()) return std::nullopt;
    return run_of(select);
}

std::vector<StoredRun> Store::runs(const RunFilter& filter) const {
    Statement select = database_.prepare(kRuns);
    bind(select, filter);
    std::vector<StoredRun> out;
    while (select.next()) out.push_back(run_of(select));
    return out;
}

std::optional<model::RunRecord> Store::record(std::int64_t id) const {
    Statement select = database_.prepare("SELECT record, unpacked_size FROM runs WHERE id = ?");
    select.bind(id);
    if (!select.next()) return std::nullopt;
    model::RunRecord out;
    const auto size = static_cast<std::size_t>(select.integer(1));
    const std::optional<std::string> bytes = size == 0 ? select.text(0) : unpacked(select.text(0), size);
    if (!bytes || !out.ParseFromString(*bytes))
        throw StoreError(StoreError::Cause::torn, path_ + ": the record of run " + std::to_string(id) + " cannot be read");
    return out;
}

std::optional<std::string> Store::scenario_text(std::int64_t id) const {
    Statement select = database_.prepare("SELECT text FROM runs JOIN scenarios ON hash = scenario_hash WHERE id = ?");
    select.bind(id);
    return select.next() ? std::optional(select.text(0)) : std::nullopt;
}

std::vector<KpiValue> Store::kpis(std::int64_t id) const {
    Statement select = database_.prepare("SELECT path, value FROM kpis WHERE run = ? ORDER BY path");
    select.bind(id);
    std::vector<KpiValue> out;
    while (select.next()) out.push_back({select.text(0), select.real(1)});
    return out;
}

// SQLite orders seeds as signed numbers; those above 2^63 come after all others here.
std::vector<Store::Figure> Store::figures(const std::string& path, const RunFilter& filter) const {
    Statement select = database_.prepare((std::string(kFigures) + " ORDER BY seed < 0, seed, id").c_str());
    bind(select, filter);
    select.bind(path);
    std::vector<Figure> out;
    while (select.next()) out.push_back({select.integer(0), std::bit_cast<std::uint64_t>(select.integer(1)), select.real(2)});
    return out;
}

}  // namespace lastunit::reports
