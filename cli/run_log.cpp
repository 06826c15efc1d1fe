#include "cli/run_log.hpp"

#include <cstdio>
#include <filesystem>

#include "reports/autopsy/worst.hpp"

namespace lastunit::cli {
namespace {

// As the record's table has them.
std::vector<std::string> worst_skus(const model::RunRecord& record) {
    std::vector<std::string> names;
    for (const model::SkuKpi& sku : record.worst_skus())
        if (sku.oversold_units() > 0) names.push_back(sku.sku());
    return names;
}

// What is no file cannot be read back.
bool can_be_read(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

RunLog::RunLog(const std::optional<std::string>& path, Page page, const model::EventLogOrigin& origin)
    : path_(path), page_(page) {
    if (path)
        file_.emplace(*path, origin);
    else if (page == Page::wanted)
        memory_.emplace(origin);
}

model::EventLogSink* RunLog::sink() {
    if (file_) return &*file_;
    return memory_ ? &*memory_ : nullptr;
}

std::string RunLog::close() { return file_ ? file_->close() : ""; }

std::vector<model::Autopsy> RunLog::autopsies(const model::RunRecord& record) const {
    if (page_ == Page::none || record.kpi().oversold_units() == 0 || (path_ && !can_be_read(*path_))) return {};
    const reports::RunLog log = memory_ ? reports::read_run_log(*memory_) : reports::read_run_log(*path_);
    std::string error = log.error;
    std::vector<model::Autopsy> told;
    if (error.empty()) told = reports::autopsies_of(log, reports::most_telling(log, worst_skus(record)), error);
    if (!error.empty()) std::fprintf(stderr, "lastunit: the page tells no stories: %s\n", error.c_str());
    return told;
}

}  // namespace lastunit::cli
