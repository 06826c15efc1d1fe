// Where operations become shoppers, and what shoppers were told becomes completions. The engine's thread alone uses it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/http/identities.hpp"
#include "drivers/http/load/customers.hpp"
#include "drivers/http/load/story_keeper.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {

// An operation whose lines are its own.
struct Errand {
    Operation operation;
    std::vector<core::Line> lines;
};

// Of the shoppers, where several generators share a load: no number is given twice.
struct Numbering {
    std::uint64_t first = 1, step = 1;
};

class Desk {
   public:
    // `stories` is told who comes, and how far.
    Desk(Shop& shop, StoryKeeper& stories, Numbering numbers)
        : shop_(shop),
          stories_(stories),
          numbers_(numbers),
          identities_(shop.plan()),
          cancels_carts_(http::cancels_carts(shop.plan())) {}

    // `told` is called exactly once.
    using Reply = std::function<void(const Completion&)>;
    void take(Errand errand, Reply told);

    // Gives up whose time is over, as unknown. What is under way goes on, and answers whoever asks again under the key.
    void sweep(std::int64_t now_ns);

    // Everybody who came to the promise, by number; times since the first request of a shopper.
    Customers customers() const;
    // Why nothing that is judged by the books could be right; empty: no reason.
    const std::string& problem() const { return identities_.problem(); }

   private:
    struct Purchase {
        std::shared_ptr<Actor> actor;
        std::vector<core::Line> lines;
        std::uint64_t hold = 0, order = 0;
        bool came = false;     // to the promise
        std::string identity;  // in the books, once it is known
        Told said{};
        std::int64_t began_ns = 0;                  // its first request
        std::int64_t sent_ns = 0, answered_ns = 0;  // of the request that decided
        std::int64_t cancel_ns = 0;                 // its cancel steps began first; 0: they did not, or were surely refused
        bool cancel_lost = false;                   // they went without an answer: they may have taken effect
        enum class State : std::uint8_t {
            held,
            reserving,  // asked to set units aside, without an answer: they may be
            promising,
            bought,
            over
        } state = State::held;
    };
    // What became of a key.
    struct Known {
        enum class State : std::uint8_t { under_way, settled } state = State::under_way;
        Completion completion;
        std::shared_ptr<Purchase> purchase;
        std::vector<std::pair<std::uint64_t, Reply>> waiting;  // tags
        core::CommandKind kind{};
    };
    struct KeyHash {
        std::size_t operator()(const core::Key& key) const {
            return key.client * 0x9e3779b97f4a7c15ULL ^ key.sequence * 0xff51afd7ed558ccdULL;
        }
    };
    using Entry = std::shared_ptr<Known>;
    struct Deadline {
        std::int64_t at_ns;
        std::uint64_t tag;
        Entry entry;
    };

    void begin(const Entry& entry, const Errand& errand);
    void hold(const Entry& entry, const Errand& errand);
    void confirm(const Entry& entry, const Errand& errand);
    void allocate(const Entry& entry, const Errand& errand);
    void promise(const Entry& entry, const std::shared_ptr<Purchase>& purchase, std::size_t from);
    void cancel(const Entry& entry, const std::shared_ptr<Purchase>& purchase);
    void look_up(const Entry& entry);
    // A way has ended without a purchase: whoever has not asked for the promise yet gives back what was set aside for it.
    void leave(const Entry& entry, const std::shared_ptr<Purchase>& purchase, const WayResult& way, Completion completion);
    std::size_t lines_aside(const Purchase& purchase, const WayResult& way) const;  // of its basket, the first so many
    std::shared_ptr<LeftAside> left_aside(const Purchase& purchase, const WayResult& way) const;
    std::shared_ptr<Purchase> shopper(const Errand& errand);

    // Whether what was not answered is certainly without effect.
    enum class Certain : std::uint8_t { no, yes };
    static Completion completion_of(const WayResult& way, Certain certain);
    Completion completion_of(const WayResult& way, const Told& said) const;  // of a way to the promise
    static bool is_final(const Completion& completion);
    void settle(const Entry& entry, Completion completion);
    void settle(const Entry& entry, core::Outcome outcome);
    void refuse(const Entry& entry, Cause cause);

    void forget(std::int64_t now_ns);

    void comes_to_promise(const std::shared_ptr<Purchase>& purchase);
    void identify(Purchase& purchase);
    void told(const std::shared_ptr<Purchase>& purchase, const WayResult& way);

    Shop& shop_;
    StoryKeeper& stories_;
    const Numbering numbers_;
    std::uint64_t shoppers_ = 0;
    std::unordered_map<core::Key, Entry, KeyHash> known_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Purchase>> holds_, orders_;  // by their ids
    std::vector<std::shared_ptr<Purchase>> came_;                                  // to the promise
    Identities identities_;                                                        // theirs
    const bool cancels_carts_;
    std::deque<Deadline> deadlines_;
    std::deque<std::pair<std::int64_t, core::Key>> remembered_;  // by the time they were asked first
};

}  // namespace lastunit::drivers::http
