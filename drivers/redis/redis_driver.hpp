// Redis behind drivers/driver.hpp. docs/redis.md says what each mode promises, and what is lost when.
//
// Everything lies under keys that begin with "lastunit:" in one database; no other key is read or written, and nothing is ever
// flushed.
#pragma once

#include "drivers/driver.hpp"
#include "drivers/redis/options.hpp"

namespace lastunit::drivers {

class RedisDriver : public Driver {
   public:
    // Throws DriverError when the host has no address; connects to nobody yet.
    explicit RedisDriver(RedisOptions options);
    ~RedisDriver() override;

    std::string target() const override { return options_.target(); }
    bool supports(core::CommandKind kind) const override;
    // Removes what an earlier run left, whatever its mode; refuses where keys of the prefix are somebody else's. Needs Redis 7, a
    // master outside a cluster, and the append policy of the URL where it names one.
    void prepare(const InitialStock& stock) override;
    // Another process may have prepared it: what the shop has is noted in Redis.
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override {
        return repeat_until_known(*this, operation, at_most);
    }
    // Ends the holds that are due, then reads; seconds for a million cells. With nothing under way.
    FinalState read_back() override;

    // "appendonly yes, appendfsync always": what the server says of itself. Throws DriverError when it is not there.
    std::string durability();
    // How long after its end a hold's units may still count as held in an answer: what an audit has to allow. 0 for the sound
    // modes: while holds are due that nobody has ended yet, they refuse for want of stock as `overloaded`, which is asked again.
    Duration expiry_late() const;

   private:
    struct Internals;

    const RedisOptions options_;
    std::unique_ptr<Internals> internals_;
};

}  // namespace lastunit::drivers
