// A batch of the contract as commands of the core; its memory is reused.
#pragma once

#include "drivers/grpc/call.hpp"
#include "drivers/grpc/commands.hpp"

namespace lastunit::drivers {

class BatchOfCommands {
   public:
    // Bounds what one batch may add to a group of the engine.
    static constexpr std::size_t kMostBatchLines = 100'000;

    // INVALID_ARGUMENT when it is too large.
    grpc::Status read(const wire::CommandBatch& message, std::uint32_t most);
    std::span<const core::Command> commands() const { return commands_; }

   private:
    std::vector<core::Command> commands_;
    std::vector<core::Line> lines_;
};

void write(const Answer& answer, wire::Answer& to);

}  // namespace lastunit::drivers
