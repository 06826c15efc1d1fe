// The contract's other side: a server somewhere, asked in the words of drivers/driver.hpp.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "drivers/driver.hpp"
#include "drivers/inventory.grpc.pb.h"

namespace lastunit::drivers {

namespace wire = lastunit::inventory::v1;

struct ClientOptions {
    std::string target;  // HOST:PORT
    std::string token;   // "" = none
    std::string roots;   // PEM of who signed the server's certificate; "" = plain text
};

// A channel and what every call carries. Copies share the connection.
class Client {
   public:
    explicit Client(ClientOptions options);
    // The same server over a connection of its own.
    Client another() const { return Client(options_); }

    // Throws DriverError when there is no answer within `patience`: it waits for a server that is still starting.
    wire::Description describe(Duration patience) const;
    // One attempt.
    Completion apply(const Operation& operation) const;
    // Repeats it under its key while it is unknown, overloaded or unavailable, until `at_most` has passed.
    Completion apply_until_known(const Operation& operation, Duration at_most) const;
    FinalState dump(Duration patience) const;  // throws DriverError

    void prepare(grpc::ClientContext& context, Duration timeout) const;
    wire::Inventory::Stub& stub() const { return *stub_; }
    const ClientOptions& options() const { return options_; }

   private:
    ClientOptions options_;
    std::shared_ptr<grpc::Channel> channel_;
    std::shared_ptr<wire::Inventory::Stub> stub_;
};

// What a call's end says about its command.
void settle(const grpc::Status& status, const wire::Answer& answer, Completion& completion);
// The same where there is no answer: certain refusals by status, else unknown.
void settle_failure(const grpc::Status& status, Completion& completion);

}  // namespace lastunit::drivers
