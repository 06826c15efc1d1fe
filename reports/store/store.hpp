// Where runs are kept: one SQLite file, safe with many writers at once, each run whole or not there at all.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/assert.hpp"
#include "model/run_record.pb.h"
#include "reports/kpi_values.hpp"
#include "reports/store/database.hpp"
#include "reports/store/schema.hpp"

namespace lastunit::reports {

struct NewRun {
    const model::RunRecord* record = nullptr;  // scenario, design, seed, commit and fingerprint are its identity's
    std::int64_t made_at_us = 0;               // UTC, microseconds since 1970: the caller's clock
    std::string scenario_text;                 // the file as it was run, `extends` resolved, changes applied
    // Names this run among all of its study (study, design, seed); empty = none. Whoever resumes a study may add a run again: it
    // is there once.
    std::string key;
};

struct StoredRun {
    std::int64_t id = 0;
    std::int64_t made_at_us = 0;
    std::string key;
    std::string scenario, scenario_hash, design;
    std::uint64_t seed = 0;
    std::string commit, fingerprint;
};

// Empty = any.
struct RunFilter {
    std::string scenario_hash{};
    std::string design{};
    std::string key_prefix{};
};

// Everything throws StoreError. One object per process and thread. A child forked while one is open must not touch it, and ends
// by _exit: SQLite would take the parent's locks for its own.
class Store {
   public:
    // Made when it is not there, brought up to date when it is older. `steps` differ in tests only.
    explicit Store(const std::string& path, std::span<const char* const> steps = schema_steps());

    // The run's id: ids rise, and are never used twice. With a key that is there already: that run's id, and nothing is changed.
    std::int64_t add(const NewRun& run);

    // Every run of another store that is not here already: by key, or without one by all that names a run. Returns how many.
    std::size_t add_all(const Store& other);

    std::optional<StoredRun> find(const std::string& key) const;      // no key is empty
    std::vector<StoredRun> runs(const RunFilter& filter = {}) const;  // oldest first
    std::optional<model::RunRecord> record(std::int64_t id) const;
    std::optional<std::string> scenario_text(std::int64_t id) const;
    std::vector<KpiValue> kpis(std::int64_t id) const;  // by path
    // One KPI of many runs, ordered by seed, then id; runs in which it was not measured are left out.
    struct Figure {
        std::int64_t run = 0;
        std::uint64_t seed = 0;
        double value = 0;
    };
    std::vector<Figure> figures(const std::string& path, const RunFilter& filter = {}) const;

   private:
    std::string path_;
    Database database_;
};

}  // namespace lastunit::reports
