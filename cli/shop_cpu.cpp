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

std::int64_t cpu_of(std::int64_t process) {
    return process <= 0 ? 0 : std::llround(targets::usage_of(static_cast<pid_t>(process)).cpu_s * 1e6);
}

std::int64_t http::ShopCpu::*part_of(const std::string& name) {
    const auto begins = [&](const char* with) { return name.starts_with(with); };
    if (begins("postgres") || begins("mysqld") || begins("mariadbd")) return &http::ShopCpu::database_us;
    return begins("redis-server") || begins("valkey-server") ? &http::ShopCpu::redis_us : &http::ShopCpu::shop_us;
}

}  // namespace

ShopCpuMeter::ShopCpuMeter(const http::Plan& plan, std::vector<WatchedProcess> watched) : watched_(std::move(watched)) {
    if (!watched_.empty()) return;
    try {
        folder_ = folder_of(plan);
    } catch (const drivers::DriverError&) {
        // A state file that cannot be read: nothing is known of the processes.
    }
}

std::optional<http::ShopCpu> ShopCpuMeter::of_watched() const {
    http::ShopCpu out;
    for (const WatchedProcess& one : watched_) {
        const std::int64_t used = cpu_us(one);
        if (used < 0) return std::nullopt;
        out.*part_of(one.name) += used;
        out.target += (out.target.empty() ? "" : ", ") + one.text();
    }
    return out;
}

std::string ShopCpuMeter::gone() const {
    for (const WatchedProcess& one : watched_)
        if (cpu_us(one) < 0) return "--cpu-of: " + one.text() + " has ended meanwhile: the shop's processor time is not known";
    return "";
}

std::optional<http::ShopCpu> ShopCpuMeter::now() const { return watched_.empty() ? of_target() : of_watched(); }

std::optional<http::ShopCpu> ShopCpuMeter::of_target() const {
    if (folder_.empty()) return std::nullopt;
    try {
        const auto state = targets::read_state(folder_);
        if (!state) return std::nullopt;
        http::ShopCpu out{state->target(), 0, cpu_of(state->database_process()), cpu_of(state->redis_process())};
        for (const auto& process : state->processes()) out.shop_us += cpu_of(process.process());
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
