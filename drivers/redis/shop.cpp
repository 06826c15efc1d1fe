#include "drivers/redis/shop.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "drivers/redis/request.hpp"
#include "drivers/redis/script.hpp"

namespace lastunit::drivers::redis {

namespace {

// The note by which we know our own keys: a hash with what the shop is.
constexpr std::string_view kNote = "lastunit:shop";
constexpr std::string_view kMadeBy = "lastunit 1";
constexpr std::string_view kPrefix = "lastunit:";
constexpr std::size_t kAtOnce = 512;  // keys to a command

// The line "name:value" of INFO.
std::string info(const redisReply& reply, std::string_view name) {
    const std::string_view text = text_of(reply);
    std::size_t at = text.find(std::string(name) + ":");
    if (at == std::string_view::npos) return "";
    at += name.size() + 1;
    return std::string(text.substr(at, std::min(text.find_first_of("\r\n", at), text.size()) - at));
}

// Of CONFIG GET; empty where that is not allowed.
std::string setting(Caller& caller, std::string_view name) {
    try {
        const Reply reply = caller.call({"CONFIG", "GET", name});
        return reply->elements == 2 ? std::string(text_of(*reply->element[1])) : "";
    } catch (const DriverError&) {
        return "";
    }
}

// Calls visit(key) for each key of ours; some may come twice.
template <class Visit> void for_each_key(Caller& caller, Visit visit) {
    std::string cursor = "0";
    do {
        const Reply reply = caller.call({"SCAN", cursor, "MATCH", std::string(kPrefix) + "*", "COUNT", "10000"});
        cursor = text_of(*reply->element[0]);
        const redisReply& keys = *reply->element[1];
        for (std::size_t i = 0; i < keys.elements; ++i) visit(text_of(*keys.element[i]));
    } while (cursor != "0");
}

void remove_keys(Caller& caller, const std::vector<std::string>& keys) {
    std::vector<std::string_view> words;
    for (std::size_t first = 0; first < keys.size(); first += kAtOnce) {
        words.assign({"UNLINK"});
        words.insert(words.end(), keys.begin() + first, keys.begin() + std::min(first + kAtOnce, keys.size()));
        caller.add_words(words);
    }
    caller.finish();
}

void clear(Caller& caller, const RedisOptions& options) {
    std::vector<std::string> keys;
    for_each_key(caller, [&](std::string_view key) {
        if (key != kNote) keys.emplace_back(key);
    });
    const Reply made_by = caller.call({"HGET", kNote, "made_by"});
    if (!keys.empty() && text_of(*made_by) != kMadeBy)
        throw DriverError(options.target() + ": has keys that begin with 'lastunit:' and are not ours, such as '" + keys.front() +
                          "': use another database or server");
    remove_keys(caller, keys);
}

bool has_counter(RedisMode mode) { return mode == RedisMode::get_decr; }

// "sku:node" after "lastunit:cell:".
std::optional<std::pair<Sku, NodeId>> cell_named(std::string_view text) {
    std::uint32_t sku = 0;
    std::uint16_t node = 0;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, sku);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, node);
    if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
    return std::pair(Sku(sku), NodeId(node));
}

void read_cells(Caller& caller, const ShopSize& size, FinalState& state) {
    std::size_t cell = 0;
    caller.each = [&](const redisReply& reply) {
        const NodeId node(static_cast<std::uint16_t>(cell % size.nodes));
        const Sku sku(static_cast<std::uint32_t>(cell / size.nodes));
        ++cell;
        std::int64_t units[6] = {};
        bool some = false;
        for (std::size_t i = 0; i < std::min<std::size_t>(reply.elements, 6); ++i) {
            units[i] = number_of(*reply.element[i]);
            some = some || units[i] != 0;
        }
        if (!some) return;
        const std::int64_t shortage = std::max<std::int64_t>(0, units[1] + units[2] - units[0]);
        state.stock.push_back({node, sku, units[0], units[1], units[2], units[3], units[4], units[5], shortage});
    };
    for (std::uint32_t sku = 0; sku < size.skus; ++sku)
        for (std::uint32_t node = 0; node < size.nodes; ++node)
            caller.add({"HMGET", "lastunit:cell:" + cell_of(NodeId(static_cast<std::uint16_t>(node)), Sku(sku)), "on_hand",
                        "held", "allocated", "safety", "quarantined", "inbound"});
    caller.finish();
    caller.each = nullptr;
}

// Of HGETALL: fields "<cell>" and "<cell>:picked", in no order.
void add_order(OrderId order, const redisReply& fields, FinalState& state) {
    const std::size_t first = state.orders.size();
    constexpr std::string_view kPicked = ":picked";
    for (const bool picked : {false, true})
        for (std::size_t i = 0; i + 1 < fields.elements; i += 2) {
            std::string_view field = text_of(*fields.element[i]);
            if (field.ends_with(kPicked) != picked) continue;
            if (picked) field.remove_suffix(kPicked.size());
            const auto cell = cell_named(field);
            if (!cell) continue;
            const std::int64_t units = number_of(*fields.element[i + 1]);
            if (!picked) {
                state.orders.push_back({order, cell->second, cell->first, units, 0});
                continue;
            }
            for (std::size_t line = first; line < state.orders.size(); ++line)
                if (state.orders[line].sku == cell->first && state.orders[line].node == cell->second)
                    state.orders[line].picked = units;
        }
}

void read_orders(Caller& caller, FinalState& state) {
    constexpr std::string_view kOrder = "lastunit:order:";
    std::vector<std::uint64_t> orders;
    for_each_key(caller, [&](std::string_view key) {
        if (!key.starts_with(kOrder)) return;
        key.remove_prefix(kOrder.size());
        std::uint64_t order = 0;
        if (std::from_chars(key.data(), key.data() + key.size(), order).ec == std::errc()) orders.push_back(order);
    });
    std::sort(orders.begin(), orders.end());
    orders.erase(std::unique(orders.begin(), orders.end()), orders.end());
    std::size_t next = 0;
    caller.each = [&](const redisReply& reply) { add_order(OrderId(orders[next++]), reply, state); };
    for (const std::uint64_t order : orders) caller.add({"HGETALL", std::string(kOrder) + std::to_string(order)});
    caller.finish();
    caller.each = nullptr;
}

}  // namespace

void check_server(Caller& caller, const RedisOptions& options) {
    const auto fail = [&](const std::string& what) { throw DriverError(options.target() + ": " + what); };
    const Reply reply = caller.call({"INFO"});
    const std::string version = info(*reply, "redis_version");
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    if (major < 7) fail("Redis " + version + " is too old: a refusal in the middle of a script needs 7 to be without effect");
    if (info(*reply, "cluster_enabled") == "1") fail("is a node of a cluster: one server is needed that has all keys");
    if (info(*reply, "role") != "master") fail("is a replica: give the address of its master");
    if (options.append_fsync == AppendFsync::as_it_is) return;
    const std::string have = setting(caller, "appendfsync");
    const bool appends = info(*reply, "aof_enabled") == "1";
    if (!appends || have != name_of(options.append_fsync))
        fail(std::string("appendfsync=") + name_of(options.append_fsync) + " was asked for, but the server has " +
             (appends ? "appendfsync " + (have.empty() ? "unknown" : have) : "no append-only file") + ": set it there");
}

std::string durability_of(Caller& caller) {
    const std::string append_only = setting(caller, "appendonly");
    if (append_only.empty()) return "durability unknown";
    if (append_only != "yes") return "appendonly no";
    return "appendonly yes, appendfsync " + setting(caller, "appendfsync");
}

void set_up_shop(Caller& caller, const RedisOptions& options, const InitialStock& stock) {
    const std::size_t nodes = stock.shape.nodes.size();
    if (stock.units.size() != nodes * stock.shape.skus.size())
        throw DriverError("initial stock is not one number per SKU and node");
    clear(caller, options);
    // First, so that what a preparation left that was broken off is known as ours.
    caller.call({"HSET", kNote, "made_by", kMadeBy, "nodes", std::to_string(nodes), "skus",
                 std::to_string(stock.shape.skus.size()), "channels", std::to_string(stock.shape.channels.size()), "counter",
                 has_counter(options.mode) ? "available" : "none"});
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) {
        if (stock.units[cell] == 0) continue;
        if (stock.units[cell] < 0 || stock.units[cell] > core::kMaxUnits)
            throw DriverError("initial stock: " + std::to_string(stock.units[cell]) + " units in one cell");
        const std::string name =
            cell_of(NodeId(static_cast<std::uint16_t>(cell % nodes)), Sku(static_cast<std::uint32_t>(cell / nodes)));
        const std::string units = std::to_string(stock.units[cell]);
        caller.add({"HSET", "lastunit:cell:" + name, "on_hand", units});
        if (has_counter(options.mode)) caller.add({"SET", "lastunit:available:" + name, units});
    }
    caller.finish();
    if (options.mode == RedisMode::lua && text_of(*caller.call({"SCRIPT", "LOAD", script_text()})) != script_sha())
        throw DriverError(options.target() + ": names the script by something else than its SHA-1");
}

ShopSize shop_of(Caller& caller, const RedisOptions& options) {
    const Reply note = caller.call({"HMGET", kNote, "made_by", "nodes", "skus", "channels", "counter"});
    if (text_of(*note->element[0]) != kMadeBy) throw DriverError(options.target() + ": has no stock yet: prepare it first");
    if ((text_of(*note->element[4]) == "available") != has_counter(options.mode))
        throw DriverError(options.target() + ": was prepared for another mode: prepare it again");
    return {static_cast<std::uint32_t>(number_of(*note->element[1])), static_cast<std::uint32_t>(number_of(*note->element[2])),
            static_cast<std::uint32_t>(number_of(*note->element[3]))};
}

FinalState read_shop(Caller& caller, const ShopSize& size) {
    FinalState state;
    read_cells(caller, size, state);
    read_orders(caller, state);
    state.sequence = static_cast<std::uint64_t>(number_of(*caller.call({"GET", "lastunit:sequence"})));
    return state;
}

}  // namespace lastunit::drivers::redis
