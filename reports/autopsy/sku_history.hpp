// Everything that happened to one SKU as far as one promise is concerned: what was there, what the core's record said and what
// the promise's channel showed, moment by moment, over the nodes that could stand behind the promise.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "reports/autopsy/oversold_list.hpp"

namespace lastunit::reports {

// The promise that is looked into.
struct Focus {
    std::uint32_t order = 0;
    Sku sku;
    ChannelId channel;
    std::vector<NodeId> nodes;  // that could stand behind it
    bool on_view = false;       // its channel decides on a copy of its own
    bool at_till = false;       // taken off a shelf
};
Focus focus_of(const model::EventLogHeader& header, const OversoldList& list, const OversoldUnits& units);

// Sums over the promise's nodes.
struct Figures {
    Quantity there = 0;   // at a till: on the shelf; else uncommitted units
    Quantity record = 0;  // the core's ATP
    Quantity shows = 0;   // at a till: promised; else what the channel would show, its buffers taken off
    bool operator==(const Figures&) const = default;
};

struct Message {
    std::uint8_t edge = 0;
    std::uint64_t number = 0;
    SimTime since;  // when the source changed: the earliest of what it tells of the SKU
    SimTime sent;
    SimTime arrived = kNever;
    bool lost = false;
    std::uint32_t order = kNoOrder;  // sales edges
    struct Item {
        std::size_t place = 0;  // in the message
        NodeId node;
        Quantity value = 0;
    };
    std::vector<Item> items;  // stock edges: of the SKU, at the promise's nodes
};

enum class MomentKind : std::uint8_t {
    sale,     // of another order
    promise,  // of the order that is looked into
    look,     // its channel showed it to its shopper
    stock,    // units move in the truth
    record,   // the core's record changes
    sending,  // a stock message to the channel sets out
    told,     // ... is applied
    failed,   // ... or a sending of it fails
    lost,     // ... or it never arrives
    fetched,  // the channel's cache is filled
    fate,     // something becomes of an order
    fault,    // begins or ends
};

struct Moment {
    SimTime at;
    MomentKind kind{};
    Figures before, after;
    NodeId node = kNoNode;
    Quantity units = 0;              // record: signed
    std::uint32_t order = kNoOrder;  // sale, promise, fate; stock and record where one is behind it
    std::size_t message = 0;         // sending, told, failed, lost
    bool copy = false;               // told: it came before
    bool older = false;              // told: a newer one had been applied
    bool begins = false;             // fault
    model::StockMove move{};
    core::EventKind change{};
    model::OrderFate fate{};
    std::uint32_t fault = 0;
    std::uint64_t shopper = 0;  // stock: who took it
    ChannelId channel;          // record: by whom
};

class SkuHistory : public LogVisitor {
   public:
    SkuHistory(const model::EventLogHeader& header, const OversoldList& list, const Focus& focus);

    void stock(SimTime at, const LogStock& moved) override;
    void ledger(SimTime at, const LogLedger& change) override;
    void sent(SimTime at, const LogSent& sent) override;
    void mishap(SimTime at, const LogMishap& mishap) override;
    void arrived(SimTime at, const LogArrived& arrived) override;
    void fetched(SimTime at, const LogFetched& fetched) override;
    void order(SimTime at, const LogOrder& order) override;
    void fate(SimTime at, const LogFate& fate) override;
    void fault(SimTime at, const LogFault& fault) override;

    const std::vector<Moment>& moments() const { return moments_; }
    const Figures& at_start() const { return at_start_; }
    const Message& message(std::size_t index) const { return messages_[index]; }
    // How the core hears of an order; nullptr: at once, or nobody tells it.
    const Message* news_of(std::uint32_t order) const;
    // Sold while its till could not tell the core.
    bool kept(std::uint32_t order) const { return kept_.contains(order); }
    const Focus& focus() const { return focus_; }
    const OversoldList& list() const { return list_; }
    const model::EventLogHeader& header() const { return header_; }

   private:
    Figures figures() const;
    Moment& begin(SimTime at, MomentKind kind);
    void settle();  // the state has changed: the newest moment's figures follow, if it is of this instant
    bool concerns(NodeId node) const { return node.value < concerned_.size() && concerned_[node.value] != 0; }
    bool feeds(std::uint8_t edge) const;
    void sale_is_told(const LogSent& sent, SimTime at);
    std::uint32_t order_behind(const LogLedger& change) const;

    const model::EventLogHeader& header_;
    const OversoldList& list_;
    Focus focus_;
    std::vector<char> concerned_;  // [node]
    std::vector<Quantity> shelf_, committed_, atp_, view_;
    std::map<std::uint64_t, std::uint32_t> order_of_shopper_;  // of the orders with the SKU
    std::vector<Moment> moments_;
    std::vector<Message> messages_;
    std::map<std::pair<std::uint8_t, std::uint64_t>, std::size_t> message_of_;  // by edge and number
    std::map<std::uint32_t, std::size_t> news_;                                 // by order
    std::set<std::uint32_t> displaced_, kept_;                                  // orders
    std::vector<std::uint32_t> heard_;                                        // orders of the sales message that has just arrived
    std::map<std::pair<std::uint8_t, std::uint16_t>, std::uint64_t> newest_;  // by edge and node: number applied
    Figures at_start_, last_;
    SimTime now_;
    std::uint32_t orders_ = 0;
};

}  // namespace lastunit::reports
