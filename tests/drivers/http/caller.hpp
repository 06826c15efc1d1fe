// Whoever asks a driver for one operation after the other, and the stock that there is.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <vector>

#include "drivers/http/http_driver.hpp"

namespace lastunit::test {

inline drivers::InitialStock two_skus() {
    drivers::InitialStock stock;
    stock.shape.nodes = {"dc", "store"};
    stock.shape.skus = {"TEE", "CAP"};
    stock.shape.channels = {"web"};
    stock.units = {3, 2, 5, 0};
    return stock;
}

// Operations with keys and lines of their own.
class Caller {
   public:
    explicit Caller(drivers::HttpDriver& driver) : session_(driver.open()) {}

    drivers::Completion hold(std::uint64_t id, std::vector<core::Line> lines) {
        core::Command command;
        command.kind = core::CommandKind::hold;
        command.id = id;
        command.ttl = minutes(10);
        return ask(command, std::move(lines));
    }
    drivers::Completion confirm(std::uint64_t id, std::uint64_t order) {
        core::Command command;
        command.kind = core::CommandKind::confirm;
        command.id = id;
        command.order = order;
        return ask(command, {});
    }
    drivers::Completion release(std::uint64_t id) {
        core::Command command;
        command.kind = core::CommandKind::release;
        command.id = id;
        return ask(command, {});
    }
    drivers::Completion allocate(std::uint64_t order, std::vector<core::Line> lines) {
        core::Command command;
        command.kind = core::CommandKind::allocate;
        command.order = order;
        return ask(command, std::move(lines));
    }
    drivers::Completion ask(core::Command command, std::vector<core::Line> lines) {
        command.lines = lines;
        if (command.key == core::Key{}) command.key = {7, ++keys_};
        const drivers::Operation operation{.tag = ++tags_, .command = command, .timeout = seconds(60)};
        session_->submit({&operation, 1});
        std::vector<drivers::Completion> out;
        for (int i = 0; i < 600 && out.empty(); ++i) session_->poll(out, milliseconds(200));
        REQUIRE(out.size() == 1);
        CHECK(out.front().tag == tags_);
        return out.front();
    }

   private:
    std::unique_ptr<drivers::Session> session_;
    std::uint64_t keys_ = 0, tags_ = 0;
};

inline std::vector<core::Line> tees(Quantity quantity, std::uint16_t node = 0) { return {{NodeId(node), Sku(0), quantity}}; }

}  // namespace lastunit::test
