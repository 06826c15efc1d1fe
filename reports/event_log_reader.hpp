// Reads an event log back, record by record: what the columns count back from the newest is here the thing itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ledger.hpp"
#include "core/routing/request.hpp"
#include "core/types.hpp"
#include "model/byte_source.hpp"
#include "model/cause.hpp"
#include "model/event_log.pb.h"
#include "reports/event_log_memory.hpp"

namespace lastunit::reports {

inline constexpr std::uint32_t kNoOrder = UINT32_MAX;
inline constexpr NodeId kNoNode{UINT16_MAX};

struct LogStock {
    model::StockMove move{};
    NodeId node;
    Sku sku;
    Quantity units = 0;
    std::uint64_t shopper = 0;       // taken, put_back
    std::uint32_t order = kNoOrder;  // picked, committed, withdrawn, uncollected: from 0, in the order of acceptance
};
struct LogLedger {
    core::EventKind kind{};
    NodeId node;
    Sku sku;
    Quantity delta = 0, atp = 0;
    ChannelId channel;
    std::uint64_t reference = 0;
};
struct LogItem {
    std::uint32_t subject = 0;  // stock: cell; sales: order
    Quantity value = 0;
    Duration waited{0};
};
struct LogSent {
    std::uint8_t edge = 0;
    std::uint64_t number = 0;  // on its edge, from 1
    std::span<const LogItem> items;
};
struct LogMishap {
    model::MessageMishap mishap{};
    std::uint8_t edge = 0;
    std::uint64_t number = 0;
};
struct LogArrived {
    std::uint8_t edge = 0;
    std::uint64_t number = 0;
    bool copy = false;
    std::span<const Quantity> view;  // stock: per item
};
struct LogFetched {
    std::uint8_t edge = 0;
    Sku sku;
    std::span<const Quantity> view;  // per node of the edge
};
struct LogLine {
    Sku sku;
    Quantity units = 0;
    Quantity shown = -1;  // -1: the channel did not look
    Duration looked_before{0};
    Duration age{0};
    NodeId lowered = kNoNode;
};
struct LogOrder {
    std::uint32_t order = 0;
    std::uint64_t shopper = 0;
    ChannelId channel;
    core::Method method{};
    NodeId store = kNoNode;
    std::uint8_t decided = 0;  // sim::Decided
    std::span<const LogLine> lines;
};
struct LogOversold {
    std::uint32_t order = 0;
    Sku sku;
    Quantity units = 0;
    model::OversoldCause cause{};
};
struct LogRefused {
    std::uint64_t shopper = 0;
    ChannelId channel;
    core::Method method{};
    NodeId store = kNoNode;
    LogLine line;
    Quantity undersold = 0;
    model::UndersoldCause cause{};
};
struct LogFate {
    model::OrderFate fate{};
    std::uint32_t order = 0;
    std::optional<Sku> sku;  // nothing: the whole order
    Quantity units = 0;
    NodeId node = kNoNode;
    bool oversold = false;
};
struct LogFault {
    std::uint32_t fault = 0;
    bool begins = false;
};

// Called in the order of time. The spans live as long as the call.
class LogVisitor {
   public:
    virtual ~LogVisitor() = default;
    virtual void stock(SimTime, const LogStock&) {}
    virtual void ledger(SimTime, const LogLedger&) {}
    virtual void sent(SimTime, const LogSent&) {}
    virtual void mishap(SimTime, const LogMishap&) {}
    virtual void arrived(SimTime, const LogArrived&) {}
    virtual void fetched(SimTime, const LogFetched&) {}
    virtual void order(SimTime, const LogOrder&) {}
    virtual void oversold(SimTime, const LogOversold&) {}
    virtual void refused(SimTime, const LogRefused&) {}
    virtual void fate(SimTime, const LogFate&) {}
    virtual void fault(SimTime, const LogFault&) {}
    virtual void measured_from_here(SimTime) {}
};

// Reads the header when it is made; `read` goes through the rest, once.
class EventLogReader {
   public:
    explicit EventLogReader(const std::string& path);
    explicit EventLogReader(const EventLogMemory& log);

    // Why the file is no event log, or not a whole one. Empty: all is well so far.
    const std::string& error() const { return error_; }
    const model::EventLogHeader& header() const { return header_; }
    const model::EventLogEnd& end() const { return end_; }  // after `read`

    // False: see `error`; what was read before it has been visited.
    bool read(LogVisitor& visitor);

   private:
    void read_header();
    bool next(model::EventLogEntry& entry);
    bool fill(std::size_t bytes);
    bool fail(const std::string& why);

    std::string path_, error_;
    std::optional<model::ByteSource> source_;  // nothing: all of it is in the buffer
    std::string buffer_;
    std::size_t at_ = 0;
    model::EventLogHeader header_;
    model::EventLogEnd end_;
};

}  // namespace lastunit::reports
