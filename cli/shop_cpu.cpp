#include "cli/shop_cpu.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "drivers/driver.hpp"
#include "drivers/targets/folders.hpp"
#include "drivers/targets/state.hpp"
#include "drivers/targets/usage.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;
namespace targets = drivers::targets;

bool listens(const lastunit::targets::TargetState& state, const http::Plan& plan) {
    for (const auto& process : state.processes())
        for (const http::BaseUrl& url : plan.urls)
            for (const http::Address& address : url.addresses)
                if (address.text == process.url()) return true;
    return false;
}

std::string folder_of(const http::Plan& plan) {
    const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
    if (cache == nullptr && home == nullptr) return "";
    const targets::TargetFolders folders = targets::target_folders(cache, home);
    for (const targets::TargetKind& kind : targets::target_kinds()) {
        const std::string folder = folders.running(kind);
        const auto state = targets::read_state(folder);
        if (state && listens(*state, plan) && targets::has_keeper(folder)) return folder;
    }
    return "";
}

std::int64_t cpu_us(std::int64_t process) {
    return process <= 0 ? 0 : std::llround(targets::usage_of(static_cast<pid_t>(process)).cpu_s * 1e6);
}

}  // namespace

ShopCpuMeter::ShopCpuMeter(const http::Plan& plan) {
    try {
        folder_ = folder_of(plan);
    } catch (const drivers::DriverError&) {
        // A state file that cannot be read: nothing is known of the processes.
    }
}

std::optional<http::ShopCpu> ShopCpuMeter::now() const {
    if (folder_.empty()) return std::nullopt;
    try {
        const auto state = targets::read_state(folder_);
        if (!state) return std::nullopt;
        http::ShopCpu out{state->target(), 0, cpu_us(state->database_process()), cpu_us(state->redis_process())};
        for (const auto& process : state->processes()) out.shop_us += cpu_us(process.process());
        return out;
    } catch (const drivers::DriverError&) {
        return std::nullopt;
    }
}

void ShopCpuMeter::start() {
    used_.reset();
    begun_ = now();
}

void ShopCpuMeter::stop() {
    const auto end = now();
    if (!begun_ || !end) return;
    // A process that ended in between took its time with it.
    const auto spent = [](std::int64_t from, std::int64_t until) { return std::max<std::int64_t>(0, until - from); };
    used_ = {end->target, spent(begun_->shop_us, end->shop_us), spent(begun_->database_us, end->database_us),
             spent(begun_->redis_us, end->redis_us)};
}

}  // namespace lastunit::cli
