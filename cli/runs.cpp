#include "cli/runs.hpp"

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>

#include "cli/outputs.hpp"
#include "cli/study/kept_runs.hpp"
#include "reports/store/listing.hpp"
#include "reports/terminal.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

using reports::Store;
using reports::StoredRun;

std::vector<StoredRun> chosen(const Arguments& arguments, const Store& store) {
    const std::string scenario = arguments.get("scenario").value_or(""), design = arguments.get("design").value_or("");
    std::vector<StoredRun> out;
    for (StoredRun& run : store.runs({"", design, ""}))
        if (scenario.empty() || run.scenario == scenario || run.scenario_hash == scenario) out.push_back(std::move(run));
    return out;
}

std::int64_t id_of(const std::string& word) {
    std::int64_t id = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size() || id < 1)
        throw BadInput("'" + word + "' is not the number of a run (lastunit runs)");
    return id;
}

template <class Body> int with_store(const Body& body) {
    try {
        return body();
    } catch (const reports::StoreError& error) {
        throw BadInput(error.what());
    }
}

}  // namespace

int runs(const Arguments& arguments) {
    return with_store([&] {
        const auto store = existing_store(arguments);
        const auto most = arguments.number("last");
        std::vector<StoredRun> all = chosen(arguments, *store);
        const std::size_t left_out = most && *most < all.size() ? all.size() - *most : 0;
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(left_out));
        std::fputs(reports::listing(*store, all, reports::style_of(fileno(stdout))).c_str(), stdout);
        if (left_out > 0) std::fprintf(stderr, "lastunit runs: %zu older ones are not shown\n", left_out);
        return kOk;
    });
}

int show(const Arguments& arguments) {
    return with_store([&] {
        const std::int64_t id = id_of(arguments.words[0]);
        const std::vector<Output> outputs = planned_outputs(arguments);
        const auto store = existing_store(arguments);
        const auto record = store->record(id);
        if (!record)
            throw BadInput("there is no run " + std::to_string(id) + " in " + store_path(arguments) + " (lastunit runs)");
        if (arguments.has("scenario")) {
            std::fputs(store->scenario_text(id).value_or("").c_str(), stdout);
            return kOk;
        }
        if (const auto problem = write_outputs(outputs, *record)) throw BadInput(*problem);
        if (arguments.has("quiet")) return kOk;
        std::FILE* out = uses_stdout(outputs) ? stderr : stdout;
        std::fputs(reports::summary(*record, reports::style_of(fileno(out))).c_str(), out);
        return kOk;
    });
}

int export_runs(const Arguments& arguments) {
    return with_store([&] {
        const auto csv = arguments.get("csv"), json = arguments.get("json");
        if (!csv && !json) throw BadInput("needs --csv or --json");
        if (csv && json && (csv->empty() ? "-" : *csv) == (json->empty() ? "-" : *json))
            throw BadInput("two tables would be written to one place; name a file for one of them: --csv=FILE");
        const auto store = existing_store(arguments);
        const std::vector<StoredRun> all = chosen(arguments, *store);
        const auto write = [&](const std::string& given, const std::string& text) {
            if (const auto problem = reports::write_file(given.empty() ? "-" : given, text)) throw BadInput(*problem);
        };
        if (csv) write(*csv, reports::runs_csv(*store, all));
        if (json) write(*json, reports::runs_json(*store, all));
        return kOk;
    });
}

int merge(const Arguments& arguments) {
    return with_store([&] {
        const std::string& into = arguments.words[0];
        std::vector<std::unique_ptr<Store>> others;
        for (std::size_t i = 1; i < arguments.words.size(); ++i) {
            std::error_code ignored;
            if (!std::filesystem::exists(arguments.words[i], ignored))
                throw BadInput(arguments.words[i] + ": there is no such store");
            if (std::filesystem::equivalent(arguments.words[i], into, ignored))
                throw BadInput(into + ": cannot be merged into itself");
            others.push_back(std::make_unique<Store>(arguments.words[i]));
        }
        Store store(into);
        for (std::size_t i = 0; i < others.size(); ++i) {
            const std::size_t all = others[i]->runs().size(), added = store.add_all(*others[i]);
            std::printf("%s: %zu of %zu runs added\n", arguments.words[i + 1].c_str(), added, all);
        }
        std::printf("%s: %zu runs\n", into.c_str(), store.runs().size());
        return kOk;
    });
}

}  // namespace lastunit::cli
