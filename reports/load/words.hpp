// What every report says of a live run in the same words: terminal, page, Markdown.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

inline bool is_valid(const model::LoadReport& load) { return load.invalid().empty(); }

// What INVALID means for a reader. What the audit refuted was sold twice at whatever rate.
std::string invalid_text(const model::LoadReport& load);

std::string speed_text(double speed);                          // 60x, 1.5x
std::string target_text(const model::LoadReport& load);        // grpc://127.0.0.1:50051, for_update, PostgreSQL 15.18
std::string rate_text(double per_second);                      // 1,204/s
std::string bounds_text(std::int64_t low, std::int64_t high);  // 3, or 3 to 12
std::string window_text(double from_s, double until_s);        // of a fault: 12.0 s to 14.5 s

// What a generator that times an operation from its sending alone would have hidden (coordinated omission): nothing where the
// response time's p99 is not much larger than the service time's. Where the generator's own lateness is most of it, that is said
// instead.
std::optional<std::string> hidden_by_service_time(const model::LoadReport& load);

// Refusals of all kinds of operations by their outcome, the most frequent first.
struct RefusalRow {
    std::string outcome;
    std::uint64_t count = 0;
};
std::vector<RefusalRow> refusals_of(const model::LoadReport& load);

// How many baskets a shop over HTTP was not sent, because its flow takes one SKU at a time; nothing where all were, and of any
// other target.
std::optional<std::string> baskets_left_out_text(const model::LoadReport& load);

// The headline of a run against a shop: a shop has one stock per SKU and no nodes, so that what the scenario's nodes lacked is
// not its fault. What it sold twice, by the audit, and what its own books contradict is. Nothing of any other run.
struct ShopHeadline {
    enum class Tone : std::uint8_t { good, bad, open } tone = Tone::open;
    std::string verdict, rest;  // "SOLD TWICE 5 units", " of 200 units that the shop promised"
};
std::optional<ShopHeadline> shop_headline(const model::LoadReport& load);

// What operations without an answer leave open; nothing where all were answered.
std::optional<std::string> unknown_text(const model::LoadReport& load);

// Where the back end and the simulator's copy of its record disagreed; nothing where they did not.
std::optional<std::string> disagreement_text(const model::LoadReport& load);

// Of a shop over HTTP: the classes of its answers, and the kinds of findings that its books can show (drivers/http/flow.proto,
// judge.hpp), in the order in which reports list them.
inline constexpr std::array<const char*, 5> kShopAnswers = {"accepted", "out_of_stock", "conflict", "error", "unknown"};
inline constexpr std::array<const char*, 6> kShopFindings = {"oversold",        "phantom_order", "missing_order",
                                                             "duplicate_order", "lost_update",   "unallocated_order"};
std::uint64_t requests_answered(const model::FlowStepLoad& step, std::string_view answer);
// Whether the flow reads such books: orders, reservations, counters.
bool is_read(const model::ShopBooks& books, std::string_view what);

// Books without a finding: which of them were read, for whom, and whether they are one number.
std::string books_text(const model::ShopBooks& books);
// Of cancelled or unknown purchases, of carts that hold units and of rows that are kept they may differ in a sound shop.
bool books_agree(const model::ShopBooks& books);

// Processor time of the shop per accepted checkout; nothing where it is not known or nothing was accepted.
std::optional<std::string> shop_cpu_text(const model::LoadReport& load);

// Figures of a prediction: "412", "0.67 %", "3.12 ms".
std::string predicted_text(const model::PredictedFigure& figure, double value);
// Measured against predicted: "+12 units (+3.0 %)", "none".
std::string gap_text(const model::PredictedFigure& figure);

// The three times, in the order in which they are read.
struct LatencyRow {
    const char* name;
    const char* meaning;
    const model::LatencyHistogram* histogram;
};
std::vector<LatencyRow> latency_rows(const model::LoadReport& load);

}  // namespace lastunit::reports
