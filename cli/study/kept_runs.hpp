// Where runs are kept between commands: which file, and under which key.
#pragma once

#include <memory>
#include <string>

#include "cli/command.hpp"
#include "model/run_record.pb.h"
#include "model/scenario.hpp"
#include "model/study.pb.h"
#include "reports/store/store.hpp"

namespace lastunit::cli {

// The file of --store, else of LASTUNIT_STORE, else lastunit/runs.sqlite in the user's data folder ($XDG_DATA_HOME,
// ~/.local/share). Empty: none is kept, because one of the first two says `none`, or because there is no home.
std::string store_path(const Arguments& arguments);

// Opens it, and makes its folder where it is the default one. Null when none is kept. A store that was asked for and cannot be
// used is BadInput; where the default one cannot be used, a line on stderr says so, and the command goes on without.
std::unique_ptr<reports::Store> open_store(const Arguments& arguments);
// The same for commands that only read: there has to be one.
std::unique_ptr<reports::Store> existing_store(const Arguments& arguments);

// The same in every process that would give the same record: this lastunit (its commit; its build as well where the sources were
// changed since), this scenario under this design with these changes, this seed.
std::string run_key(const std::string& scenario_hash, std::uint64_t seed);
std::string code_of_build();

// Keeps a whole run, and returns its number. A run with the same key is there once; when that one went another way, which must
// not happen, a line on stderr says so.
std::int64_t keep(reports::Store& store, const model::RunRecord& record, const std::string& scenario_text);

// Keeps a live run: each is one of its own, and no study takes it for a simulated one.
std::int64_t keep_live(reports::Store& store, const model::RunRecord& record, const std::string& scenario_text);

}  // namespace lastunit::cli
