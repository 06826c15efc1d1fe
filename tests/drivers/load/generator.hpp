// A dispatcher on a fake back end, and short words for asking.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "drivers/load/dispatcher.hpp"
#include "model/history.pb.h"
#include "model/random.hpp"
#include "tests/drivers/load/fake_driver.hpp"
#include "tests/drivers/shop.hpp"

namespace lastunit::drivers::tests {

inline constexpr std::uint64_t kClient = 4711;

class Generator {
   public:
    explicit Generator(Quantity units = 1000, const std::function<void(DispatcherOptions&)>& change = {}) {
        driver.prepare(small_shop(units));
        DispatcherOptions options;
        options.client = kClient;
        if (change) change(options);
        dispatcher_ = std::make_unique<Dispatcher>(driver, small_shop(units), options, model::HistoryHeader());
    }
    Dispatcher* operator->() { return dispatcher_.get(); }
    Dispatcher& operator*() { return *dispatcher_; }

    void hold(std::uint64_t id, std::uint64_t tag, Quantity units = 1, std::int64_t intended_ns = steady_now_ns()) {
        const core::Line line{NodeId(0), Sku(0), units};
        core::Command command = of(core::CommandKind::hold, id, 0);
        command.ttl = hours(1);
        command.lines = {&line, 1};
        dispatcher_->ask(tag, command, intended_ns);
    }
    void confirm(std::uint64_t id, std::uint64_t order, std::uint64_t tag) {
        dispatcher_->ask(tag, of(core::CommandKind::confirm, id, order), steady_now_ns());
    }
    void release(std::uint64_t id, std::uint64_t tag) {
        dispatcher_->ask(tag, of(core::CommandKind::release, id, 0), steady_now_ns());
    }
    void pick(std::uint64_t order, std::uint64_t tag) {
        core::Command command = of(core::CommandKind::pick, 0, order);
        command.quantity = 1;
        dispatcher_->ask(tag, command, steady_now_ns());
    }

    // Sends and collects what there is.
    void turn(std::map<std::uint64_t, DispatchAnswer>* into = nullptr) {
        answers_.clear();
        dispatcher_->poll(answers_, microseconds(200));
        for (const DispatchAnswer& answer : answers_)
            if (into != nullptr) into->emplace(answer.tag, answer);
    }
    // Until all is settled, a minute at most.
    std::map<std::uint64_t, DispatchAnswer> settle() {
        std::map<std::uint64_t, DispatchAnswer> answers;
        settle(&answers);
        return answers;
    }
    void settle(std::map<std::uint64_t, DispatchAnswer>* into) {
        const std::int64_t end_ns = steady_now_ns() + 60'000'000'000;
        while (dispatcher_->in_flight() != 0 && steady_now_ns() < end_ns) turn(into);
    }
    model::LoadReport report() const {
        model::LoadReport report;
        dispatcher_->fill(report);
        return report;
    }
    std::vector<core::CommandKind> kinds_received() const {
        std::vector<core::CommandKind> kinds;
        for (const auto& received : driver.received) kinds.push_back(received.command.kind);
        return kinds;
    }

    FakeDriver driver;

   private:
    static core::Command of(core::CommandKind kind, std::uint64_t id, std::uint64_t order) {
        core::Command command;
        command.kind = kind;
        command.channel = ChannelId(0);
        command.id = id;
        command.order = order;
        return command;
    }
    std::vector<DispatchAnswer> answers_;
    std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace lastunit::drivers::tests
