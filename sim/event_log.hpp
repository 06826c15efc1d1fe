// The event log of a run (model/event_log.proto), written as it happens. The other parts call it at the place where something
// happens, `if (world.log != nullptr)`: without a log there is none, and the test is all it costs.
//
// Nothing here changes what happens: same fingerprint with and without.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/id_map.hpp"
#include "core/ledger.hpp"
#include "core/routing/request.hpp"
#include "model/cause.hpp"
#include "model/event_log_sink.hpp"
#include "sim/edge_traffic.hpp"
#include "sim/pool.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Promise;
struct Piece;

class EventLog {
   public:
    EventLog(World& world, model::EventLogSink& sink);

    void start();  // the header: names, and the state at the start; before anything happens
    enum class Whole : std::uint8_t { whole, stopped };
    void finish(Whole whole, std::uint64_t oversold_units);

    // --- the truth ---
    // `by`: the shopper (taken, put_back).
    void moved(model::StockMove move, NodeId node, Sku sku, Quantity units, std::uint64_t by = 0);
    void moved_for(std::uint32_t order, model::StockMove move, NodeId node, Sku sku, Quantity units);

    // --- the record ---
    void changed(std::span<const core::Event> events);

    // --- messages ---
    void sent(const EdgeMessage& message);
    void failed(std::uint8_t edge, std::uint64_t number) { mishap(model::MISHAP_FAILED, edge, number); }
    void lost(std::uint8_t edge, std::uint64_t number) { mishap(model::MISHAP_LOST, edge, number); }
    enum class Copy : std::uint8_t { first, copy };
    void arrived(std::uint8_t edge, std::uint64_t number, Copy copy);
    void view_is(Quantity units) { chunk_.mutable_arrived()->add_view(units); }  // of the message's next item
    void fetched(std::uint8_t edge, Sku sku, const Quantity* view);

    // --- decisions ---
    // A channel showed its shopper so many units: what the next promise or refusal of the line is put down to.
    void looked(std::uint64_t shopper, ChannelId channel, Sku sku, core::Method method, const NodeId& store, Quantity shown);
    void accepted(const Promise& promise, std::span<const core::OrderLine> lines);
    void oversold(Sku sku, Quantity units, model::OversoldCause cause);  // of the newest promise
    void refused(std::uint64_t shopper, ChannelId channel, core::Method method, NodeId store, const core::OrderLine& line,
                 Quantity undersold, model::UndersoldCause cause);
    void gone(std::uint64_t shopper);  // its journey is over

    // --- what becomes of orders, and of the rest ---
    void fate(model::OrderFate fate, const Piece& piece);
    void fate(model::OrderFate fate, std::uint32_t order);
    enum class Turn : std::uint8_t { ends, begins };
    void fault(std::uint32_t index, Turn turn);
    void measured_from_here() { begin(model::LOG_MEASURED); }

   private:
    struct Look {
        SimTime at;
        Sku sku;
        Quantity shown = 0;
        Duration age{0};
    };

    void begin(model::LogKind kind);
    void flush();
    void mishap(model::MessageMishap what, std::uint8_t edge, std::uint64_t number);
    const Look* look(std::uint64_t shopper, Sku sku);
    std::uint32_t back(std::uint32_t order) const { return orders_ - order; }

    World& world_;
    model::EventLogSink& sink_;
    model::EventLogEntry entry_;
    model::EventLogChunk& chunk_;
    SimTime last_;
    std::uint64_t records_ = 0;
    std::uint32_t orders_ = 0;
    std::vector<std::uint64_t> sent_;     // [edge]
    core::IdMap<std::uint32_t> looking_;  // by shopper: into looks_
    // Shoppers in it by the low bits of their identity: seven of eight never looked, and need no search when they go.
    std::vector<std::uint16_t> looking_like_;
    Pool<std::vector<Look>> looks_;
};

}  // namespace lastunit::sim
