// spdlog behind two functions: the one file that sees it.
#include "cli/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace lastunit::cli {

void set_up_log(Verbosity verbosity) {
    auto logger = spdlog::stderr_color_st("lastunit");
    logger->set_pattern("%n: %^%l%$: %v");
    logger->set_level(verbosity == Verbosity::verbose ? spdlog::level::debug : spdlog::level::warn);
    spdlog::set_default_logger(logger);
}

void log_detail(const std::string& message) { spdlog::debug("{}", message); }

}  // namespace lastunit::cli
