// The modes without a script: the client reads, decides and writes.
//
// get_decr does so in two round trips with nothing in between, as shops write it: between GET and DECRBY others decide on the
// same number. Under `watch` the writes are one MULTI ... EXEC that Redis refuses when anything that was read has changed; then
// all of it is done again, kTries times at most.
#pragma once

#include <string>
#include <vector>

#include "drivers/redis/flow.hpp"

namespace lastunit::drivers::redis {

inline constexpr unsigned kTries = 50;

// Commands that change what Redis keeps, collected before they are sent.
class Writes {
   public:
    explicit Writes(RedisMode mode) : mode_(mode) {}
    void add(std::initializer_list<std::string_view> words);
    // The cell's record.
    void change(const std::string& cell, std::string_view state, std::int64_t units);
    // The counter that get_decr decides on; the other modes have none.
    void change_available(const std::string& cell, std::int64_t units);
    void change_order(const std::string& order, const std::string& field, std::int64_t units);
    unsigned count() const { return count_; }
    const std::string& bytes() const { return bytes_; }

   private:
    RedisMode mode_;
    std::string bytes_;
    unsigned count_ = 0;
};

// What was read, in the order in which it was asked for.
class Readings {
   public:
    Readings(const std::vector<Reply>& replies, std::size_t first) : replies_(replies), at_(first) {}
    const redisReply& next() { return *replies_[at_++]; }

   private:
    const std::vector<Reply>& replies_;
    std::size_t at_;
};

class ClientFlow : public Flow {
   public:
    enum class Purpose : std::uint8_t { command, expiry };

    ClientFlow(RedisMode mode, const core::Command& command, const ShopSize& size, Duration key_retention, Purpose purpose);
    unsigned begin(std::string& out) override;
    unsigned next(const std::vector<Reply>& replies, std::string& out, Completion& completion) override;
    Effect effect() const override;

   private:
    enum class Stage : std::uint8_t {
        reading,
        checking,  // nothing free: are holds due whose units are still held?
        claiming,  // a hold that is due, so that one session alone gives its units back
        writing,
    };
    struct Hold {
        std::int64_t end_us = 0;
        std::vector<std::pair<std::string, std::int64_t>> lines;  // cell, units
    };

    // --- client_flow.cpp
    unsigned write(std::string& out, Completion& completion);
    unsigned after_reading(const std::vector<Reply>& replies, std::string& out, Completion& completion);
    unsigned after_writing(const std::vector<Reply>& replies, std::string& out, Completion& completion);
    unsigned settle(core::Outcome outcome, Completion& completion) const;
    std::string remembered(core::Outcome outcome) const;
    // --- client_reads.cpp: the commands of the first step
    unsigned append_reads(std::string& out) const;
    std::vector<std::string> watched() const;
    // --- client_decisions.cpp: what follows from the readings; fills writes_
    core::Outcome decide(Readings& readings);
    core::Outcome take(Readings& readings, std::string_view state);
    core::Outcome decide_hold(Readings& readings);
    core::Outcome decide_on_hold(Readings& readings);
    core::Outcome decide_deallocate(Readings& readings);
    core::Outcome decide_fulfilment(Readings& readings);
    core::Outcome decide_on_cell(Readings& readings);
    core::Outcome live_hold(const redisReply& record, Hold& hold) const;
    void write_hold(std::int64_t end_us, const std::string& lines);
    void end_hold(std::string_view how);

    bool on_a_hold() const;
    bool takes() const;  // free units
    bool takes_time() const { return on_a_hold() || takes(); }

    const RedisMode mode_;
    core::Command command_;
    std::vector<core::Line> lines_;  // merged
    const core::Outcome wrong_;
    const std::string key_;  // Redis' key, empty = none
    const std::string fingerprint_;
    const std::string retention_ms_;
    const Purpose purpose_;
    Stage stage_ = Stage::reading;
    unsigned tries_ = 0;
    core::Outcome outcome_{};
    std::int64_t now_us_ = 0;  // Redis' clock, when it was read
    Writes writes_;
};

}  // namespace lastunit::drivers::redis
