// The driver for whatever speaks the contract: `lastunit serve`, or a platform of one's own.
#pragma once

#include "drivers/driver.hpp"
#include "drivers/grpc/client.hpp"

namespace lastunit::drivers {

class GrpcDriver : public Driver {
   public:
    // Each command a call of its own, or batches on one stream (a span given to submit() is a batch).
    enum class Way : std::uint8_t { calls, stream };

    explicit GrpcDriver(ClientOptions options, Way way = Way::calls) : client_(std::move(options)), way_(way) {}

    std::string target() const override { return "grpc://" + client_.options().target; }
    bool supports(core::CommandKind kind) const override;
    // The server's lists of names have to be the shop's. Counts every cell (adjust) to the stock wanted; refuses a server on
    // which units are held or allocated.
    void prepare(const InitialStock& stock) override;
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override;
    FinalState read_back() override { return client_.dump(seconds(60)); }

   private:
    Client client_;
    Way way_;
};

std::unique_ptr<Session> open_call_session(Client client);
std::unique_ptr<Session> open_stream_session(Client client);

}  // namespace lastunit::drivers
