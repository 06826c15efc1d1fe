// A sound shop with a counter under one lock, and whatever habits a test gives it: what a race of it has to say is "no finding".
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/race/judge.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {

struct SoundShop {
    struct Order {
        std::string id, who;
        std::int64_t units = 0;
        std::string state = "placed";
    };
    // Asked before the shop does what it always does; without an answer it does that.
    using Habit = std::function<std::optional<Reply>(const Wanted&, SoundShop&)>;
    Habit habit;
    std::int64_t put = 0, stock = 0, held = 0;
    std::map<std::string, int> times;  // that a target was asked for
    std::vector<Order> orders;

    static std::string after(const std::string& target, const std::string& mark) {
        const std::size_t at = target.find(mark);
        return at == std::string::npos ? "" : target.substr(at + mark.size(), target.find('&', at) - at - mark.size());
    }
    static std::string who(const Wanted& request) { return after(request.target, "who="); }

    bool bought(const std::string& who) const {
        for (const Order& one : orders)
            if (one.who == who) return true;
        return false;
    }
    Reply buy(const std::string& who, std::int64_t units) {
        if (bought(who)) return {409, R"({"e":"already"})"};
        if (stock - held < units) return {409, R"({"e":"sold_out"})"};
        stock -= units;
        orders.push_back({"o" + std::to_string(orders.size() + 1), who, units});
        return {201, R"({"ok":1})"};
    }
    std::string rows() const {
        std::string out;
        for (const Order& one : orders)
            out += (out.empty() ? "" : ",") + (R"({"id":")" + one.id + R"(","who":")" + one.who + R"(","state":")" + one.state +
                                               R"(","sku":"TEE","units":)" + std::to_string(one.units) + "}");
        return R"({"rows":[)" + out + "]}";
    }
    Reply levels(std::int64_t on_hand) const {
        return {200, R"({"on_hand":)" + std::to_string(on_hand) + R"(,"available":)" + std::to_string(stock - held) + "}"};
    }

    Reply answer(const Wanted& request) {
        ++times[request.target];
        if (habit)
            if (const auto own = habit(request, *this)) return *own;
        if (request.target.starts_with("/stock/")) {
            put = std::stoll(request.target.substr(7));
            stock = put + held;
            return {};
        }
        if (request.target.starts_with("/cart"))
            return stock - held < 1 ? Reply{409, R"({"e":"sold_out"})"} : Reply{201, R"({"me":"m)" + who(request) + R"("})"};
        if (request.target.starts_with("/order?")) return buy(who(request), 1);
        if (request.target.starts_with("/paid?"))
            return {200, R"({"state":")" + std::string(bought(who(request)) ? "paid" : "no") + "\"}"};
        if (request.target == "/orders") return {200, rows()};
        return levels(stock);
    }
};

using Changes = std::vector<std::pair<std::string, std::string>>;

inline const char* const kSoundFlow = R"(
timeout: 20s
settle: 0
identity: "{{unique.id}}"
steps:
  cart:
    post: "/cart?who={{unique.id}}"
    rules: [{answer: accepted, status: 201}, {answer: out_of_stock, status: 409}, {answer: conflict, status: 429}]
  order:
    post: "/order?who={{unique.id}}"
    rules:
      - {answer: accepted, status: 201}
      - {answer: out_of_stock, status: 409, json: e, is: sold_out}
      - {answer: conflict, status: 409}
      - {answer: error, status: 402}
hold: cart
promise: order
set_up: {stock: {each: sku, put: "/stock/{{stock}}"}}
read_back:
  orders: {get: /orders, orders: {rows: rows, id: id, shopper: who, sku: sku, units: units}}
  counter: {get: /levels, each: sku, counters: {available: available}}
)";

struct SoundRace {
    drivers::http::RaceRun run;
    drivers::http::Verdict verdict;
    std::vector<drivers::http::FindingKind> kinds() const {
        std::vector<drivers::http::FindingKind> out;
        for (const auto& finding : verdict.findings) out.push_back(finding.kind);
        return out;
    }
};

inline drivers::http::RaceOptions of_shoppers(std::size_t shoppers, std::int64_t units) {
    drivers::http::RaceOptions options;
    options.shoppers = shoppers, options.units = units;
    return options;
}

// Ten shoppers for ten units, unless the options say otherwise.
inline SoundRace race_of(SoundShop& shop, drivers::http::RaceOptions options = of_shoppers(10, 10), const Changes& changes = {}) {
    const ScriptedShop server([&](const Wanted& request, int) { return shop.answer(request); });
    options.run = "r" + std::to_string(shop.times["runs"]++);
    options.sku = "TEE";
    options.look_again = milliseconds(10);
    SoundRace out;
    out.run = drivers::http::run_race(plan_of("urls: {shop: \"" + server.url() + "\"}" + kSoundFlow, changes), options);
    if (out.run.problem.empty()) out.verdict = judge(out.run);
    UNSCOPED_INFO(out.run.problem);
    for (const auto& finding : out.verdict.findings) UNSCOPED_INFO(name_of(finding.kind) << ": " << finding.sentence);
    return out;
}

}  // namespace lastunit::test
