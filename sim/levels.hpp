// Rare events by splitting: a run is watched for how near it has come to an oversell, and where it first crosses a level it goes
// on as one of several branches. Copies of a run that take different branches have one past and different futures; who makes the
// copies (by forking the process there, or by simulating it again up to there) is the caller's.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "core/types.hpp"

namespace lastunit::sim {

// Figures that only grow during a run: kpi.oversold_units, oversold_orders, oversold_value.
enum class Oversold : std::uint8_t { units, orders, value };

// So many or more, after the warm-up, of all that is sold or of one channel or SKU (of one SKU: units and value only).
struct RareEvent {
    Oversold what = Oversold::units;
    std::int64_t at_least = 1;  // units, orders, minor units of money
    std::optional<ChannelId> channel;
    std::optional<Sku> sku;
};

// The importance of a run at an instant, in thousandths of a unit: twice what has been oversold (value in units of the mean
// price), and the largest "unseen sales minus remaining stock" of any SKU in any channel that still sells it, less a toll for the
// time in which it should have stopped (sim/importance.hpp). It is heuristic: levels that lead nowhere cost time and never bias a
// result.
inline constexpr std::int64_t kImportancePerUnit = 1000;
inline constexpr std::int64_t kLeastImportance = std::numeric_limits<std::int64_t>::min();

// Times in which a channel sold on what it had not heard: a SKU was down to the channel's buffer, and still shown.
struct Overdue {
    std::int64_t times = 0;
    std::int64_t stock = 0;  // units there when each began, summed
    std::int64_t sold = 0;   // units, while they lasted
    double seconds = 0;      // all together
};

struct LevelWatch {
    RareEvent event;
    std::vector<std::int64_t> levels;  // importances, ascending
    double toll_per_s = 0;             // units per second that a SKU is overdue: of two equally near ones, the faster is nearer
    // The run has reached this level for the first time, after the event at hand. It goes on as the branch of the number that is
    // answered: whatever is drawn from here on, the next arrival of each stream included, is drawn anew for that branch. What has
    // been drawn before stays: who is there, what is on its way, faults.
    std::function<std::uint32_t(std::size_t level)> reached;

    // What the run showed.
    std::int64_t highest = kLeastImportance;
    std::size_t passed = 0;  // levels reached. The event may come first: a run that has it asks about no further level ...
    bool happened = false;   // ... and ends
    Overdue overdue;
};

}  // namespace lastunit::sim
