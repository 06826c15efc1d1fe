// The engine in this process: journal, group commit and snapshots as under `lastunit serve`, without the network.
#pragma once

#include "drivers/driver.hpp"
#include "drivers/engine/engine.hpp"

namespace lastunit::drivers {

class DurableDriver : public Driver {
   public:
    // `folder` is made by prepare() and must not hold anything yet; one that holds something is recovered instead by open().
    explicit DurableDriver(std::string folder, EngineOptions options = {}, Duration key_retention = minutes(10));

    std::string target() const override { return "inproc:" + folder_; }
    bool supports(core::CommandKind) const override { return true; }
    void prepare(const InitialStock& stock) override;
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override;
    FinalState read_back() override;
    Engine& engine();

   private:
    std::string folder_;
    EngineOptions options_;
    Duration key_retention_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace lastunit::drivers
