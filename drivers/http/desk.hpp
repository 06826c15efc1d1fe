// Where operations become shoppers, and what shoppers were told becomes completions. The engine's thread alone uses it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/driver.hpp"
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
    explicit Desk(Shop& shop) : shop_(shop) {}

    // `told` is called exactly once.
    using Told = std::function<void(const Completion&)>;
    void take(Errand errand, Told told);

    // Gives up whose time is over, as unknown. What is under way goes on, and answers whoever asks again under the key.
    void sweep(std::int64_t now_ns);

    // What the platform's books say, with the nodes for which its orders were asked.
    FinalState final_state(const Books& books, const InitialStock& stock) const;

   private:
    struct Purchase {
        std::shared_ptr<Actor> actor;
        std::vector<core::Line> lines;
        std::uint64_t hold = 0, order = 0;
        enum class State : std::uint8_t { held, promising, bought, over } state = State::held;
    };
    // What became of a key.
    struct Known {
        enum class State : std::uint8_t { under_way, settled } state = State::under_way;
        Completion completion;
        std::shared_ptr<Purchase> purchase;
        std::vector<std::pair<std::uint64_t, Told>> waiting;  // tags
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
    std::shared_ptr<Purchase> shopper(const Errand& errand);

    static Completion completion_of(const WayResult& way);
    void settle(const Entry& entry, Completion completion);
    void settle(const Entry& entry, core::Outcome outcome);
    void refuse(const Entry& entry, Cause cause);

    void forget(std::int64_t now_ns);

    Shop& shop_;
    std::uint64_t shoppers_ = 0;
    std::unordered_map<core::Key, Entry, KeyHash> known_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Purchase>> holds_, orders_;  // by their ids
    std::unordered_map<std::string, std::shared_ptr<Purchase>> by_identity_;       // of whoever came to the promise
    std::deque<Deadline> deadlines_;
    std::deque<std::pair<std::int64_t, core::Key>> remembered_;  // by the time they were asked first
};

}  // namespace lastunit::drivers::http
