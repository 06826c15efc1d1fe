// A live run while it runs, on stderr: lines redrawn in place on a terminal, a line every ten seconds elsewhere.
//
// Drawn by a thread of its own: a terminal that is slow or held (Ctrl-S) must not make the generator late.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "drivers/load/dispatcher.hpp"
#include "model/scenario.hpp"
#include "reports/live_view.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {

class LiveView {
   public:
    enum class Mode : std::uint8_t { silent, drawn, lines };
    LiveView(Mode mode, const model::Scenario& scenario, double speed, std::string target, std::string mode_of_reservation);
    ~LiveView();  // clears what it drew
    LiveView(const LiveView&) = delete;
    LiveView& operator=(const LiveView&) = delete;

    static Mode mode_of_stderr();

    // All by the generator's thread; cheap, but for a look at the figures four times a second.
    void note(const sim::Progress& progress) { progress_ = progress; }
    void show(SimTime now, const drivers::Dispatcher& dispatcher);
    void fault_is_on(const std::string& text);
    void fault_is_over(const std::string& text);

   private:
    void draw_until_stopped();
    void draw(const reports::LiveFigures& figures);

    const Mode mode_;
    const reports::TerminalStyle style_;
    const double start_of_day_s_, horizon_s_;
    reports::LiveFigures figures_;  // the generator's own
    sim::Progress progress_{};
    std::int64_t looked_ns_ = 0;
    std::size_t drawn_ = 0;  // lines on the terminal; the drawing thread's

    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<reports::LiveFigures> next_;  // to be drawn
    bool stopped_ = false;
    std::thread drawer_;
};

}  // namespace lastunit::cli
