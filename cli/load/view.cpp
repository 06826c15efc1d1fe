#include "cli/load/view.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/progress.hpp"

namespace lastunit::cli {
namespace {

std::optional<reports::LiveQuantiles> quantiles(double p50_ms, double p99_ms) {
    if (p99_ms <= 0) return std::nullopt;
    return reports::LiveQuantiles{p50_ms / 1e3, p99_ms / 1e3};
}

reports::TerminalStyle style_of_stderr() {
    reports::TerminalStyle style = reports::style_of(STDERR_FILENO);
    style.width -= 1;  // a full line would wrap
    return style;
}

}  // namespace

LiveView::Mode LiveView::mode_of_stderr() {
    return ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn ? Mode::drawn : Mode::lines;
}

LiveView::LiveView(Mode mode, const model::Scenario& scenario, double speed, std::string target, std::string mode_of_reservation)
    : mode_(mode),
      style_(style_of_stderr()),
      start_of_day_s_(scenario.run.start_of_day.seconds()),
      horizon_s_(scenario.run.horizon.seconds()) {
    figures_.target_text = std::move(target);
    figures_.mode_text = std::move(mode_of_reservation);
    figures_.speed = speed;
    if (mode_ != Mode::silent) drawer_ = std::thread([this] { draw_until_stopped(); });
}

LiveView::~LiveView() {
    if (!drawer_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_one();
    drawer_.join();
    if (mode_ == Mode::drawn) std::fputs(reports::redraw({}, drawn_).c_str(), stderr);
}

void LiveView::show(SimTime now, const drivers::Dispatcher& dispatcher) {
    if (mode_ == Mode::silent) return;
    const double every_s = mode_ == Mode::drawn ? reports::kRedrawEvery_s : reports::kLogEvery_s;
    const std::int64_t ns = drivers::steady_now_ns();
    if (looked_ns_ == 0 && mode_ == Mode::lines) looked_ns_ = ns;  // the first line after ten seconds
    if (static_cast<double>(ns - looked_ns_) < every_s * 1e9) return;
    looked_ns_ = ns;
    const drivers::LiveFigures live = dispatcher.snapshot();
    figures_.time_of_day_s = start_of_day_s_ + now.seconds();
    figures_.horizon_share = horizon_s_ <= 0 ? 1 : std::clamp(now.seconds() / horizon_s_, 0.0, 1.0);
    figures_.elapsed_s = live.elapsed_s;
    figures_.rate_wanted = live.rate_intended;
    figures_.rate_held = live.rate_answered;
    figures_.in_flight = live.in_flight;
    figures_.operations = live.intended;
    figures_.refused = live.refused;
    figures_.unknown = live.unknown;
    figures_.overloaded = live.overloaded;
    figures_.oversold_units = progress_.oversold_units;
    figures_.units_accepted = progress_.units;
    figures_.service = quantiles(live.service_p50_ms, live.service_p99_ms);
    figures_.response = quantiles(live.response_p50_ms, live.response_p99_ms);
    if (live.lag_p99_ms > 0) figures_.dispatch_lag = reports::LiveQuantiles{0, live.lag_p99_ms / 1e3};
    // Whoever draws may be stuck: then the figures are passed over, and nobody waits.
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return;
    next_ = figures_;
    changed_.notify_one();
}

void LiveView::fault_is_on(const std::string& text) { figures_.faults_text.push_back(text); }

void LiveView::fault_is_over(const std::string& text) {
    const auto found = std::find(figures_.faults_text.begin(), figures_.faults_text.end(), text);
    if (found != figures_.faults_text.end()) figures_.faults_text.erase(found);
}

void LiveView::draw_until_stopped() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopped_ || next_.has_value(); });
        if (stopped_) return;
        const reports::LiveFigures figures = std::move(*next_);
        next_.reset();
        lock.unlock();
        draw(figures);
        lock.lock();
    }
}

void LiveView::draw(const reports::LiveFigures& figures) {
    if (mode_ == Mode::lines) {
        std::fprintf(stderr, "%s\n", reports::live_line(figures).c_str());
        return;
    }
    const std::vector<std::string> lines = reports::live_view(figures, style_);
    std::fputs(reports::redraw(lines, drawn_).c_str(), stderr);
    std::fflush(stderr);
    drawn_ = lines.size();
}

}  // namespace lastunit::cli
