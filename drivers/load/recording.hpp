// What a generator asked and was told, as a history that the audit understands.
//
// Operations of the core that the history has no word for are told in those that it has:
//   ship                     the order gives the units back (deallocate), and they leave on_hand (sell): the order, on_hand and
//                            what is allocated end as they are, and what is available does not change
//   transfer_out, quarantine the units leave on_hand (sell); transfer_in, unquarantine: they come (receive; of a transfer, one
//                            for each line)
//   pick                     nothing, where the record surely has the units; else receives without an answer, of 1, 2, 4 ...
//                            units, so that any number of them may have come: the core adjusts in what the record lacks of units
//                            that are in the picker's hand
//   sell                     as it is; beside it such receives, where units that are picked may be all that is left on_hand: a
//                            till takes no picked units, and the audit knows of none
//   set_safety, fences       nothing; from then on a refusal at that cell is `other_refusal`, which accuses nobody
//   expect, dispose, advance, a return to quarantine: nothing, they change neither on_hand nor what is available
// An audit's "units sold" therefore includes units that went to another node. A refused transfer or quarantine is left out.
// A refusal that left units set aside is told behind a hold of these, by nobody's shopper, which is released when they were
// given back.
// A shop may let go of what it set aside when it refuses the promise: a release without an answer stands beside that.
// A back end whose contract is less than the core's is told in its terms (judged.hpp).
// Operations that two entries stand for have a key each, so that attempts are joined apart.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/load/judged.hpp"
#include "model/history/history_writer.hpp"

namespace lastunit::drivers {

enum class Generators : std::uint8_t { one, several };

struct Attempt {
    std::uint32_t process = 0;
    std::int64_t intended_ns = 0, sent_ns = 0;  // since time 0
    std::int64_t at_ns = 0;                     // of the answer; without meaning when none came
    Settled settled = Settled::unknown;
    Cause cause = Cause::outcome;
    core::Outcome outcome{};
    Weight weight = Weight::testimony;
    const LeftAside* left = nullptr;  // its times since time 0 as well
};

class Recording {
   public:
    // `header` is complete but for shape and stock. Other generators may sell what this one knows nothing of.
    Recording(const std::string& path, const InitialStock& stock, model::HistoryHeader header, Generators generators,
              Contract contract = {});

    // Around an operation, whatever its attempts: before the first is sent, and when it is known what became of it.
    void begins(const core::Command& command);
    void ends(const core::Command& command, Settled settled);
    // One attempt of a command with its key, once it is over or given up: after begins(), before ends().
    void attempt(const core::Command& command, const Attempt& attempt);
    // No attempt that was sent before is missing.
    void settled(std::int64_t until_ns);
    void read_back(std::int64_t read_ns, const FinalState& state);
    std::string close();  // empty: all is well

   private:
    Recording(const std::string& path, Judged judged, const InitialStock& stock, model::HistoryHeader header,
              Generators generators);

    // One transfer_out: a truck carries several under one number, and one transfer_in brings them all.
    struct TransferLine {
        core::Key key;
        NodeId to;
        Sku sku;
        Quantity quantity = 0;
        Settled left = Settled::unknown;  // the transfer_out
    };
    void judged(const core::Command& command, const Attempt& attempt);
    void left_aside(const core::Command& by, const Attempt& attempt);
    void may_have_ended(const core::Command& confirm, const Attempt& attempt);
    std::size_t cell(NodeId node, Sku sku) const { return std::size_t{sku.value} * nodes_ + node.value; }
    bool is_cell(NodeId node, Sku sku) const { return node.value < nodes_ && sku.value < skus_; }
    bool can_be_written(const core::Command& command);
    bool any_fenced(std::span<const core::Line> lines) const;
    void of_lines(model::OperationKind kind, model::Operation& op, const core::Command& command);
    void of_cell(model::OperationKind kind, model::Operation& op, NodeId node, Sku sku, Quantity quantity);
    void take(model::Operation& op, const core::Command& command);  // units leave on_hand
    void maybe_there(model::Operation op, const core::Command& command);
    bool surely_there(const core::Command& command) const;
    void ship(model::Operation& op, const core::Command& command);
    void sell(model::Operation& op, const core::Command& command);
    void pick(model::Operation& op, const core::Command& command);
    void transfer_in(const model::Operation& op, const core::Command& command);
    void transfer_left(const core::Command& command, Settled settled);
    void transfer_came(std::uint64_t transfer, Settled settled);

    Judged judged_;
    std::uint32_t nodes_, skus_;
    model::HistoryWriter writer_;
    std::string error_;
    // [cell]. What on_hand less what is picked is at least, whatever becomes of what is under way; far below zero where nobody
    // can say.
    std::vector<std::int32_t> free_low_;
    std::vector<std::int32_t> picked_;                                        // at most; [cell]
    std::vector<bool> read_back_;                                             // it had stock or was touched, by whoever
    std::vector<bool> fenced_;                                                // its safety or a fence was set
    std::unordered_map<std::uint64_t, std::vector<TransferLine>> transfers_;  // in the order of sending, that has not come
    core::Line line_;
};

}  // namespace lastunit::drivers
