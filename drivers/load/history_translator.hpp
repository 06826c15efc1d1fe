// A history in the terms to which a back end can be held (drivers/driver.hpp).
//
// one_stock      what it has of a SKU is one stock, whatever node an order is planned for. Told node by node, two orders for one
//                node's last unit would look like one unit sold twice, while the back end had another.
// may_only_look  a hold that was answered yes promises nothing: the confirmation is told as an allocation of the hold's lines,
// and
//                the hold, its extensions and its release not at all. What others hold may be why a confirmation was refused, so
//                that this accuses nobody.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/load/recording.hpp"

namespace lastunit::drivers {

class HistoryTranslator {
   public:
    static constexpr const char* kNode = "all nodes";

    explicit HistoryTranslator(HistoryTerms terms) : terms_(terms) {}

    InitialStock stock(const InitialStock& of) const;
    FinalState state(const FinalState& of) const;  // of one stock: every SKU once
    // The command in these terms, good until the next call; null: it is not told. The same from the first attempt until ends().
    const core::Command* command(const core::Command& of);
    Attempt attempt(const core::Command& of, Attempt attempt) const;
    void ends(const core::Command& of, Settled settled);

   private:
    const core::Command* of_one_stock(const core::Command& of);

    const HistoryTerms terms_;
    core::Command command_;
    std::vector<core::Line> lines_;
    std::unordered_map<std::uint64_t, std::vector<core::Line>> holds_;  // by hold, until it ends
};

}  // namespace lastunit::drivers
