// Requests of a few shoppers under load, for the stories of what the books show: of those who took a SKU's last units, of those
// who were sold more than there was, of those whom the promise turned away. Tens of thousands of shoppers come; memory is bounded
// by how many are followed and kept, some 5 KB each and 15 KB at most.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "drivers/http/wire_recorder.hpp"

namespace lastunit::drivers::http {

class StoryKeeper {
   public:
    static constexpr std::size_t kFollowed = 512;  // under way at a time; who comes while so many are is not followed
    static constexpr std::size_t kKept = 2000;     // in all; the first of those who took no last unit give way
    static constexpr std::size_t kBeforeLast = 4;  // of each SKU: the latest of those who were sold what was there
    static constexpr std::size_t kAfterLast = 8;   // of each SKU: the first who were sold more
    static constexpr std::size_t kTurnedAway = 4;  // of each SKU: the first whom the promise told anything but yes

    // `stock`: units of each SKU, or of several generators each one's share of them; `skus`: the first of the shop's entries, by
    // which an actor's lines are told apart.
    StoryKeeper(const Plan& plan, std::vector<std::int64_t> stock, const SkuEntry* skus)
        : recorder_(plan), stock_(std::move(stock)), sold_(stock_.size()), kept_of_(stock_.size()), skus_(skus) {}

    void comes(const std::shared_ptr<Actor>& actor);
    // Came to the end of the purchase, where the promise was answered so; or left it before.
    void promised(const Actor& actor, Answer answer);
    void leaves(const Actor& actor);

    // What is known of that shopper's requests, by the time of sending; null: nothing.
    const std::vector<WireEvent>* of(std::uint64_t shopper) const;
    std::vector<std::uint64_t> kept() const;                        // shoppers of whom something is, in their order
    std::int64_t first_ns() const { return recorder_.first_ns(); }  // of the steady clock: time 0 of the events
    Observer& observer() { return recorder_; }

   private:
    struct Following {
        std::shared_ptr<Actor> actor;  // followed by its address: not to be given to another
        std::unique_ptr<std::vector<WireEvent>> events;
    };
    struct OfSku {
        std::deque<std::uint64_t> before;  // shoppers
        std::size_t after = 0, turned_away = 0;
    };
    bool takes(const Actor& actor, Answer answer);

    WireRecorder recorder_;
    const std::vector<std::int64_t> stock_;
    std::vector<std::int64_t> sold_;  // told accepted so far
    std::vector<OfSku> kept_of_;
    const SkuEntry* skus_;
    std::unordered_map<std::uint64_t, Following> following_;
    std::deque<std::uint64_t> order_;  // in which they came
    std::unordered_map<std::uint64_t, std::unique_ptr<std::vector<WireEvent>>> kept_;
    std::deque<std::uint64_t> ordinary_;  // those of them who took no last unit, in their order
};

}  // namespace lastunit::drivers::http
