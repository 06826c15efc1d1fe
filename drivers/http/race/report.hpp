// A race and its verdict as text and as JSON.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/http/race/judge.hpp"
#include "drivers/http/shop_cpu.hpp"
#include "drivers/http/step_counts.hpp"

namespace lastunit::drivers::http {

enum class Shoppers : std::uint8_t {
    all,
    of_stories,  // those whose requests tell a finding's story; how many others there were is said
};

struct JudgedRace {
    RaceRun run;
    Verdict verdict;
    std::optional<ShopCpu> cpu{};  // nullopt: not known, the shop's processes are not ours to look at
    // Counted before `keep_stories` dropped the others' requests; null: all of them are there.
    std::shared_ptr<const std::vector<StepCounts>> steps{};
};

// Bytes of requests and answers that a race keeps.
std::size_t kept_bytes(const RaceRun& run);
// Drops the requests of all shoppers whom no finding's story needs: a race of 20,000 shoppers keeps some 100 MB otherwise.
void keep_stories(const Plan& plan, JudgedRace& race);

// Shoppers whose promise was accepted: orders, as the shop told them.
std::int64_t checkouts_of(const RaceRun& run);

// The four numbers, the findings, and for the first finding of each kind two shoppers' requests on one time axis.
std::string race_text(const Plan& plan, const JudgedRace& race);
// In how many runs each finding appeared; for more than one run.
std::string repeats_text(std::span<const JudgedRace> races);

// {flow, sku, stock, shoppers, mode, runs: [{told, orders, ..., steps: [...], findings: [...], shoppers: [...]}], findings:
// {kind: runs}}. Every request of those shoppers is there; without secrets.
std::string race_json(const Plan& plan, std::span<const JudgedRace> races, Shoppers which = Shoppers::all);

std::string mode_text(const Plan& plan, const RaceOptions& options);

}  // namespace lastunit::drivers::http
