#include "reports/store/schema.hpp"

namespace lastunit::reports {

namespace {

constexpr const char* kSteps[] = {
    // A scenario's text is kept once, however many runs it has. `seed` holds the bits of an unsigned number. `key` is the
    // caller's: a
    // second run with the same key is the same run. KPIs are in `record` too; taken apart so that SQL can ask for them.
    R"sql(
CREATE TABLE scenarios (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT UNIQUE,
  made_at_us INTEGER NOT NULL,
  scenario_hash TEXT NOT NULL REFERENCES scenarios (hash),
  design TEXT NOT NULL,
  seed INTEGER NOT NULL,
  commit_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  record BLOB NOT NULL
);
CREATE INDEX runs_by_design ON runs (scenario_hash, design, seed);
CREATE TABLE kpis (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (run, path)
) WITHOUT ROWID;
)sql",
    // A path is kept once and not once a run: a run of seven channels has a thousand KPIs. `kpis` stays what it was to those who
    // read. `unpacked_size`: of the record's bytes before they were packed by zlib; 0 = they are not.
    R"sql(
CREATE TABLE kpi_paths (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE
);
CREATE TABLE kpi_values (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  path_id INTEGER NOT NULL REFERENCES kpi_paths (id),
  value REAL NOT NULL,
  PRIMARY KEY (run, path_id)
) WITHOUT ROWID;
INSERT INTO kpi_paths (path) SELECT DISTINCT path FROM kpis ORDER BY path;
INSERT INTO kpi_values (run, path_id, value) SELECT run, id, value FROM kpis JOIN kpi_paths USING (path);
DROP TABLE kpis;
CREATE VIEW kpis AS SELECT run, path, value FROM kpi_values JOIN kpi_paths ON id = path_id;
ALTER TABLE runs ADD COLUMN unpacked_size INTEGER NOT NULL DEFAULT 0;
)sql",
};

// "LUNT": marks the file as a store of ours.
constexpr std::int64_t kApplication = 0x4C554E54;

}  // namespace

std::span<const char* const> schema_steps() { return kSteps; }

void migrate(const Database& database, const std::string& path, std::span<const char* const> steps) {
    const auto latest = static_cast<std::int64_t>(steps.size());
    const auto lacking = [&] {
        const std::int64_t application = database.number("PRAGMA application_id");
        const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != kApplication && !(application == 0 && empty))
            throw StoreError(StoreError::Cause::not_a_store, path + ": a database, but not one of lastunit's");
        const std::int64_t version = empty ? 0 : database.number("PRAGMA user_version");
        if (version > latest)
            throw StoreError(StoreError::Cause::newer_schema, path + ": its schema has version " + std::to_string(version) +
                                                                  ", this lastunit knows up to " + std::to_string(latest));
        return latest - version;
    };
    if (lacking() == 0) return;
    Transaction transaction(database);
    const auto missing = lacking();  // another process may have been faster
    for (auto i = latest - missing; i < latest; ++i) database.execute(steps[static_cast<std::size_t>(i)]);
    database.execute(("PRAGMA application_id = " + std::to_string(kApplication)).c_str());
    database.execute(("PRAGMA user_version = " + std::to_string(latest)).c_str());
    transaction.commit();
}

}  // namespace lastunit::reports
