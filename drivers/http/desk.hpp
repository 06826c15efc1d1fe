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
#include "drivers/http/judge.hpp"
#include "drivers/http/load/story_keeper.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {

// An operation whose lines are its own.
struct Errand {
    Operation operation;
    std::vector<core::Line> lines;
};

class Desk {
   public:
    // `stories` is told who comes, and how far.
    Desk(Shop& shop, StoryKeeper& stories) : shop_(shop), stories_(stories) {}

    // `told` is called exactly once.
    using Reply = std::function<void(const Completion&)>;
    void take(Errand errand, Reply told);

    // Gives up whose time is over, as unknown. What is under way goes on, and answers whoever asks again under the key.
    void sweep(std::int64_t now_ns);

    // What the platform's books say, with the nodes for which its orders were asked.
    FinalState final_state(const Books& books, const InitialStock& stock) const;

    // Everybody who came to the promise, SKU by SKU, for the judge: good until the next operation. `books` has to live as long.
    std::vector<SkuCase> cases(const std::vector<SkuBooks>& books, const std::vector<std::int64_t>& stock) const;
    struct Shopper {
        const std::string* identity;
        const Told* said;
        WireEvent deciding;  // its times alone
    };
    std::optional<Shopper> came_to_promise(std::uint64_t number) const;

   private:
    struct Purchase {
        std::shared_ptr<Actor> actor;
        std::vector<core::Line> lines;
        std::uint64_t hold = 0, order = 0;
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
    void told(const std::shared_ptr<Purchase>& purchase, const WayResult& way);

    Shop& shop_;
    StoryKeeper& stories_;
    std::uint64_t shoppers_ = 0;
    std::unordered_map<core::Key, Entry, KeyHash> known_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Purchase>> holds_, orders_;  // by their ids
    std::unordered_map<std::string, std::shared_ptr<Purchase>> by_identity_;       // of whoever came to the promise
    std::deque<Deadline> deadlines_;
    std::deque<std::pair<std::int64_t, core::Key>> remembered_;  // by the time they were asked first
};

}  // namespace lastunit::drivers::http
