// Shoppers of a stub shop, without a simulator.
#pragma once

#include <catch2/catch.hpp>
#include <vector>

#include "drivers/http/http_driver.hpp"

namespace lastunit::test {

inline drivers::InitialStock two_skus(Quantity units) {
    drivers::InitialStock stock;
    stock.shape.nodes = {"dc", "store"};
    stock.shape.skus = {"TEE", "CAP"};
    stock.shape.channels = {"web"};
    stock.units = {units, units, units, units};
    return stock;
}

// So many orders of one unit at once, numbered from `first`, of each SKU in turn. What each was answered.
inline std::vector<drivers::Completion> buy_at_once(drivers::HttpDriver& driver, std::uint64_t count, std::uint64_t first = 1,
                                                    std::uint64_t skus = 2) {
    using namespace drivers;
    const auto session = driver.open();
    std::vector<core::Line> lines;
    for (std::uint64_t i = 0; i < count; ++i) lines.push_back({NodeId(0), Sku(static_cast<std::uint32_t>(i % skus)), 1});
    std::vector<Operation> operations;
    for (std::uint64_t i = 0; i < count; ++i) {
        core::Command command;
        command.kind = core::CommandKind::allocate;
        command.order = first + i;
        command.key = {7, first + i};
        command.lines = {&lines[i], 1};
        operations.push_back({.tag = i + 1, .command = command, .timeout = seconds(120)});
    }
    session->submit(operations);
    std::vector<Completion> out;
    for (int i = 0; i < 600 && out.size() < count; ++i) session->poll(out, milliseconds(200));
    REQUIRE(out.size() == count);
    return out;
}

}  // namespace lastunit::test
