#include "drivers/faults/controller.hpp"

#include <algorithm>
#include <cstdio>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

using model::Fault;
using model::FaultKind;

namespace {

std::string in_seconds(std::int64_t ns) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f s", static_cast<double>(ns) / 1e9);
    return text;
}

std::string in_milliseconds(Duration span) {
    char text[32];
    std::snprintf(text, sizeof text, "%g ms", static_cast<double>(span.us) / 1e3);
    return text;
}

}  // namespace

FaultController::FaultController(const Breakable& breakable, Duration patience)
    : target_(breakable), patience_(patience), thread_([this] { run(); }) {}

FaultController::~FaultController() { finish(); }

void FaultController::begins(const Fault& fault) {
    const std::lock_guard lock(mutex_);
    orders_.push_back({fault, Turn::begins});
    told_.notify_one();
}

void FaultController::ends(const Fault& fault) {
    const std::lock_guard lock(mutex_);
    orders_.push_back({fault, Turn::ends});
    told_.notify_one();
}

void FaultController::finish() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        told_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

std::vector<DoneFault> FaultController::done() const {
    const std::lock_guard lock(mutex_);
    return done_;
}

bool FaultController::anything_broken() const {
    const std::lock_guard lock(mutex_);
    const auto open = [](const DoneFault& fault) { return fault.until_ns == 0 && fault.left_out.empty(); };
    return !orders_.empty() || std::any_of(done_.begin(), done_.end(), open);
}

void FaultController::run() {
    for (;;) {
        std::unique_lock lock(mutex_);
        told_.wait(lock, [&] { return ending_ || !orders_.empty(); });
        if (orders_.empty()) break;
        const Order order = orders_.front();
        lock.unlock();
        carry_out(order);
        lock.lock();
        orders_.pop_front();  // only now: until it is done, something is broken
    }
    while (!there_.empty()) end(Fault(there_.back().fault));
    for (std::thread& watcher : watchers_) watcher.join();
}

void FaultController::carry_out(const Order& order) { order.turn == Turn::begins ? begin(order.fault) : end(order.fault); }

void FaultController::begin(const Fault& fault) {
    DoneFault record;
    record.name = fault.name;
    record.kind = fault.kind;
    record.from_ns = steady_now_ns();
    record.left_out = impossible(fault);
    if (record.left_out.empty()) {
        try {
            record.done = break_it(fault);
        } catch (const DriverError& error) {
            record.failed = error.what();
        }
    } else {
        record.until_ns = record.from_ns;
    }
    const std::lock_guard lock(mutex_);
    if (record.left_out.empty()) there_.push_back({fault, done_.size(), target_.disk == nullptr ? 0 : target_.disk->slowed()});
    done_.push_back(std::move(record));
}

void FaultController::end(const Fault& fault) {
    const auto found =
        std::find_if(there_.begin(), there_.end(), [&](const Broken& one) { return one.fault.name == fault.name; });
    if (found == there_.end()) return;  // it was left out
    const Broken broken = *found;
    there_.erase(found);
    try {
        if (const auto how = mend_it(broken)) mended(broken.place, *how, "");
    } catch (const DriverError& error) {
        mended(broken.place, "", error.what());
    }
}

void FaultController::mended(std::size_t place, const std::string& how, const std::string& failed) {
    const std::lock_guard lock(mutex_);
    DoneFault& record = done_[place];
    record.until_ns = steady_now_ns();
    record.done += how;
    if (!failed.empty()) record.failed = failed;
}

std::string FaultController::impossible(const Fault& fault) const {
    const std::string foreign = target_.name + " was not started by this run: only a private server is killed, stalled or slowed";
    switch (fault.kind) {
        case FaultKind::host_crash:
        case FaultKind::stall:
            return target_.server == nullptr ? foreign : "";
        case FaultKind::partition:
            return target_.proxy == nullptr ? "there is no connection to " + target_.name + " that could be cut" : "";
        case FaultKind::slow_disk:
            return target_.disk != nullptr ? "" : target_.no_disk.empty() ? foreign : target_.no_disk;
        default:
            return std::string(model::name_of(fault.kind)) + " cannot be done to a live system";
    }
}

bool FaultController::is_there(FaultKind kind) const {
    return std::any_of(there_.begin(), there_.end(), [&](const Broken& one) { return one.fault.kind == kind; });
}

// --- what is done, in words ---

std::string FaultController::break_it(const Fault& fault) {
    if (is_there(fault.kind) && fault.kind != FaultKind::slow_disk) return "as under the one before, which is still there";
    const std::string server =
        target_.name + (target_.server == nullptr ? "" : " (pid " + std::to_string(target_.server->pid()) + ")");
    switch (fault.kind) {
        case FaultKind::host_crash:
            ++kills_;
            target_.server->kill_tree();
            return "kill -9 of " + server;
        case FaultKind::stall:
            if (target_.server->pid() < 0) return target_.name + " is down already: SIGSTOP when it is back";
            target_.server->stall();
            return "SIGSTOP to " + server;
        case FaultKind::partition: {
            const std::uint64_t before = target_.proxy->stats().open;
            target_.proxy->cut();
            return "cut the connection to " + target_.name + " (" + std::to_string(before) + " open)";
        }
        default:
            set_disk(fault.delay);
            return "every sync of " + target_.name + " takes " + in_milliseconds(fault.delay) + " longer";
    }
}

// nullopt: not yet; somebody watches.
std::optional<std::string> FaultController::mend_it(const Broken& broken) {
    const FaultKind kind = broken.fault.kind;
    if (is_there(kind) && kind != FaultKind::slow_disk) return "; the other one goes on";
    switch (kind) {
        case FaultKind::host_crash:
            return start_again(broken.place);
        case FaultKind::stall:
            target_.server->resume();
            return ", SIGCONT at the end";
        case FaultKind::partition:
            target_.proxy->mend();
            return ", mended at the end";
        default: {
            const std::uint64_t slowed = target_.disk->slowed() - broken.slowed_before;
            set_disk(Duration{0});
            return slowed == 0 ? "; it synced nothing, or not as a preloaded library can see"
                               : "; " + std::to_string(slowed) + " syncs were slowed";
        }
    }
}

std::optional<std::string> FaultController::start_again(std::size_t place) {
    const std::int64_t begun_ns = steady_now_ns();
    target_.start_again ? target_.start_again() : target_.server->start();
    if (is_there(FaultKind::stall)) {
        target_.server->stall();
        return ", started again, and stalled again";
    }
    watchers_.emplace_back([this, place, begun_ns, kills = kills_.load()] { watch_return(place, begun_ns, kills); });
    return std::nullopt;
}

void FaultController::watch_return(std::size_t place, std::int64_t begun_ns, std::uint64_t kills) {
    const auto killed_again = [&] { return kills_ != kills; };
    std::string failed;
    try {
        target_.server->wait_until([&] { return killed_again() || target_.ready(); }, patience_);
    } catch (const DriverError& error) {
        failed = error.what();
    }
    if (killed_again())
        mended(place, ", started again, and killed again before it answered", "");
    else if (!failed.empty())
        mended(place, "", failed);
    else
        mended(place, ", back after " + in_seconds(steady_now_ns() - begun_ns), "");
}

void FaultController::set_disk(Duration at_least) {
    Duration worst = at_least;
    for (const Broken& one : there_)
        if (one.fault.kind == FaultKind::slow_disk) worst = std::max(worst, one.fault.delay);
    target_.disk->delay(worst);
}

}  // namespace lastunit::drivers
