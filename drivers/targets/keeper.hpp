// One shop from nothing to ready, and what holds it up: a process of its own (cli/target.cpp makes it) that owns PostgreSQL,
// Redis and the shop's processes. They end with it, however it ends.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "drivers/targets/environment.hpp"
#include "drivers/targets/folders.hpp"
#include "drivers/targets/install.hpp"
#include "drivers/targets/kind.hpp"
#include "drivers/targets/tools.hpp"

namespace lastunit::drivers::targets {

struct UpOptions {
    const TargetKind* kind = nullptr;
    unsigned processes = 1;  // of the shop, at ports of their own, behind one database
    Locking locking = Locking::as_delivered;
    std::optional<std::uint16_t> port;  // of the first process
    Stock stock;                        // empty: sku-1, sku-2 and sku-3 with 100 units each
    unsigned warm_up = 40;              // checkouts per process before it is ready; 0: none
};

// Throws DriverError: one line that names what is wrong with the options and what would be right.
void check(const UpOptions& options);

class Keeper {
   public:
    // `say` gets lines of progress. `stop` is asked about ten times a second; true ends whatever is going on.
    Keeper(UpOptions options, TargetFolders folders, Tools tools, Say say, std::function<bool()> stop);
    ~Keeper();  // ends the shop, and forgets its state
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    // Returns when the shop can be loaded: false when it was stopped before. Throws DriverError; what had been
    // started goes with the keeper.
    bool bring_up();
    // Returns when `stop` says so. A process of the shop that ends in between is written into the state and not started again.
    void keep();

    // After bring_up(): what a person needs to know, several lines.
    std::string description() const;

   private:
    struct Shop;
    void tick() const;
    void phase(const std::string& what);
    void start_servers();
    void prepare();
    void start_processes();
    void wait_until_healthy();
    void warm_up();
    void write_flow();
    void run(const std::string& name, const std::string& log, const std::vector<std::string>& words);

    const UpOptions options_;
    const TargetFolders folders_;
    const Tools tools_;
    const Say say_;
    const std::function<bool()> stop_;
    std::unique_ptr<Shop> shop_;
};

// The flow file of the kind with these URLs instead of the usual one: the first shopper-facing URL `shop` gets all of them,
// others the first.
std::string flow_with_urls(const TargetKind& kind, const std::vector<std::string>& urls);

}  // namespace lastunit::drivers::targets
