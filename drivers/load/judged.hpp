// The commands of a generator in the terms in which the back end's contract can be judged, for the history.
//
// Pooled stock: every line is of one node, `kPoolNode`, with the stock of all of them.
// Holds that only check: a confirmation is an allocation of what its hold asked for; all else about holds promises nothing, and
// is left out. That includes one that was refused: it looked at a stock of which a shop may have set units aside for carts that
// were given up, without any order to show for them. Holds that reserve for less than was asked for: each lives so long, and
// extending it does nothing.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

class Judged {
   public:
    static constexpr const char* kPoolNode = "shop";

    explicit Judged(Contract contract) : contract_(contract) {}

    InitialStock stock(const InitialStock& stock) const;
    FinalState state(const FinalState& state) const;
    // Whether a refused confirmation may have ended the hold: a shop's own time for holds is of carts that nobody has paid yet.
    bool refusal_may_end_hold() const { return contract_.hold_lives.has_value(); }
    // Whether its final state has what is held: a shop is read by its orders.
    bool says_held() const { return contract_.stock == Contract::Stock::of_nodes; }

    // As in Recording: before the first attempt is sent, and when it is known what became of the command. Both give the command
    // at the nodes of the contract; its lines live until the next call, as those of attempt().
    core::Command begins(const core::Command& command);
    core::Command ends(const core::Command& command, Settled settled);
    // What one answer to it says; none: it promises nothing.
    std::optional<core::Command> attempt(const core::Command& command);

   private:
    using Lines = std::vector<core::Line>;
    static Lines pooled(std::span<const core::Line> lines);
    core::Command placed(core::Command command);
    std::optional<core::Command> of_check(core::Command command) const;
    std::optional<core::Command> of_short_life(core::Command command) const;

    Contract contract_;
    std::unordered_map<std::uint64_t, Lines> checked_;  // by hold, until it is confirmed or given up
    Lines lines_;
};

}  // namespace lastunit::drivers
