// A small shop and a folder of its own for tests of engines and servers.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "drivers/inproc/durable_driver.hpp"

namespace lastunit::drivers::tests {

class TempFolder {
   public:
    TempFolder() {
        char name[] = "/tmp/lastunit-drivers-XXXXXX";
        if (mkdtemp(name) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    std::string path(const std::string& name) const { return path_ + "/" + name; }

   private:
    std::string path_;
};

inline constexpr std::uint32_t kNodes = 5;
inline constexpr std::uint32_t kSkus = 40;

inline InitialStock small_shop(Quantity units = 1000) {
    InitialStock stock;
    for (std::uint32_t i = 0; i < kNodes; ++i) stock.shape.nodes.push_back("node " + std::to_string(i));
    for (std::uint32_t i = 0; i < kSkus; ++i) stock.shape.skus.push_back("sku " + std::to_string(i));
    stock.shape.channels = {"web", "pos"};
    stock.units.assign(std::size_t{kNodes} * kSkus, units);
    return stock;
}

// A hold of one unit, with key and hold number `n`; `line` has to outlive it.
inline core::Command hold_of(std::uint64_t client, std::uint64_t n, core::Line& line) {
    line = {NodeId(static_cast<std::uint16_t>(n % kNodes)), Sku(static_cast<std::uint32_t>(n / kNodes % kSkus)), 1};
    core::Command command;
    command.kind = core::CommandKind::hold;
    command.key = {client, n};
    command.id = client << 40 | n;
    command.ttl = hours(1);
    command.lines = {&line, 1};
    return command;
}

}  // namespace lastunit::drivers::tests
