#include "cli/validation/fulfilment_file.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/validation/case.hpp"
#include "cli/validation/json.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr Money kMicro = 1'000'000;  // costs are counted in millionths of the file's unit
constexpr double kLargestCost = 1e6;
constexpr double kLargestStock = 1e9;
constexpr double kLongest = 10e6;  // periods
constexpr double kMostKinds = 1e6;
constexpr double kNotOne = 1e-6;  // probabilities are printed with some digits

const ptree& need(const ptree& node, const std::string& name) {
    const ptree* found = child(node, name);
    if (found == nullptr) throw CaseError("has no '" + name + "'");
    return *found;
}

double number(const ptree& node, const std::string& what, double least, double most) {
    if (!node.empty()) throw CaseError("'" + what + "' is not a number");
    const double value = parse_number(node.data(), "'" + what + "'");
    if (value < least || value > most) throw CaseError("'" + what + "': " + node.data() + " is out of range");
    return value;
}

std::uint32_t whole(const ptree& node, const std::string& what, double least, double most) {
    const double value = number(node, what, least, most);
    if (value != std::floor(value)) throw CaseError("'" + what + "': " + node.data() + " is not a whole number");
    return static_cast<std::uint32_t>(value);
}

Money money(const ptree& node, const std::string& what) {
    return std::llround(number(node, what, 0, kLargestCost) * static_cast<double>(kMicro));
}

// The items of a list, of that length if it is given.
std::vector<const ptree*> list(const ptree& node, const std::string& what, std::optional<std::size_t> length = {}) {
    std::vector<const ptree*> out;
    for (const auto& [key, item] : node) {
        if (!key.empty()) throw CaseError("'" + what + "' is not a list");
        out.push_back(&item);
    }
    if (node.empty() && !node.data().empty()) throw CaseError("'" + what + "' is not a list");
    if (length && out.size() != *length)
        throw CaseError("'" + what + "' has " + std::to_string(out.size()) + " entries, not " + std::to_string(*length));
    return out;
}

std::vector<double> probabilities(const ptree& node, const std::string& what, std::optional<std::size_t> length = {}) {
    std::vector<double> out;
    for (const ptree* item : list(node, what, length)) out.push_back(number(*item, what, 0, 1));
    if (std::abs(std::accumulate(out.begin(), out.end(), 0.0) - 1) > kNotOne) throw CaseError("'" + what + "' do not sum to 1");
    return out;
}

// What all instances share.
FulfilmentInstance read_common(const ptree& root) {
    FulfilmentInstance out;
    model::Forecast& forecast = out.forecast;
    forecast.money_unit = kMicro;
    forecast.parcel = money(need(root, "fixed_cost"), "fixed_cost");
    forecast.unfilled_order = money(need(root, "unfilled_fixed_cost"), "unfilled_fixed_cost");
    forecast.periods = whole(need(root, "periods"), "periods", 1, kLongest);
    out.region_probability = probabilities(need(root, "region_prob"), "region_prob");
    forecast.regions = static_cast<std::uint32_t>(out.region_probability.size());
    const auto nodes = list(need(root, "unit_cost"), "unit_cost");
    if (nodes.empty() || nodes.size() > 1000) throw CaseError("'unit_cost' has no node, or more than 1000");
    forecast.nodes = static_cast<std::uint32_t>(nodes.size());
    forecast.unit.resize(forecast.regions * forecast.nodes);
    for (std::size_t k = 0; k < nodes.size(); ++k) {
        const auto costs = list(*nodes[k], "unit_cost", forecast.regions);
        for (std::size_t j = 0; j < costs.size(); ++j) forecast.unit[j * nodes.size() + k] = money(*costs[j], "unit_cost");
    }
    for (const ptree* cost : list(need(root, "dummy_unit_cost"), "dummy_unit_cost", forecast.regions))
        forecast.unfilled_unit.push_back(money(*cost, "dummy_unit_cost"));
    return out;
}

void read_stock(const ptree& node, model::Forecast& forecast) {
    const auto rows = list(need(node, "stock"), "stock", forecast.nodes);
    forecast.skus = static_cast<std::uint32_t>(list(*rows[0], "stock").size());
    if (forecast.skus == 0) throw CaseError("'stock' has no items");
    for (const ptree* row : rows)
        for (const ptree* units : list(*row, "stock", forecast.skus))
            forecast.stock.push_back(static_cast<Quantity>(whole(*units, "stock", 0, kLargestStock)));
}

void read_orders(const ptree& node, FulfilmentInstance& out) {
    model::Forecast& forecast = out.forecast;
    for (const ptree* order : list(need(node, "orders"), "orders")) {
        std::vector<std::uint32_t>& items = forecast.orders.emplace_back();
        for (const ptree* item : list(*order, "orders")) items.push_back(whole(*item, "orders", 0, forecast.skus - 1.0));
        std::vector<std::uint32_t> sorted = items;
        std::sort(sorted.begin(), sorted.end());
        if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) throw CaseError("'orders': one asks an item twice");
    }
    if (static_cast<double>(forecast.kinds()) > kMostKinds) throw CaseError("'orders': too many for these regions");
    out.order_probability = probabilities(need(node, "order_prob"), "order_prob", forecast.orders.size());
    for (const double type : out.order_probability)
        for (const double region : out.region_probability) forecast.rate.push_back(type * region);
}

void read_references(const ptree& node, FulfilmentInstance& out) {
    if (const ptree* seed = child(node, "seed")) out.seed = seed->data();
    if (const ptree* optimum = child(node, "dlp")) {
        out.lp_optimum = number(*optimum, "dlp", 0, 1e15);
        if (*out.lp_optimum <= 0) throw CaseError("'dlp' has to be above 0");
    }
    if (const ptree* ratios = child(node, "mc_ratio_30seq"))
        for (const auto& [policy, ratio] : *ratios)
            out.reference[policy] = number(ratio, "mc_ratio_30seq." + policy, 0, kLargestCost);
}

FulfilmentInstance read_instance(const ptree& node, const FulfilmentInstance& common, std::string name) {
    FulfilmentInstance out = common;
    out.name = std::move(name);
    read_stock(node, out.forecast);
    read_orders(node, out);
    for (const ptree* row : list(need(node, "closest"), "closest", out.forecast.skus))
        for (const ptree* nearest : list(*row, "closest", out.forecast.regions))
            out.closest.push_back(whole(*nearest, "closest", 0, out.forecast.nodes));
    const bool asks = std::any_of(out.forecast.orders.begin(), out.forecast.orders.end(), [&](const auto& items) {
        return !items.empty() && out.order_probability[static_cast<std::size_t>(&items - out.forecast.orders.data())] > 0;
    });
    if (!asks) throw CaseError("'orders': none asks anything");
    read_references(node, out);
    return out;
}

}  // namespace

std::optional<std::vector<FulfilmentInstance>> read_fulfilment(const std::string& path) {
    const ptree root = parse_json(path);
    const ptree* instances = child(root, "instances");
    if (instances == nullptr) return std::nullopt;
    std::vector<FulfilmentInstance> out;
    std::string where = path;
    try {
        const FulfilmentInstance common = read_common(root);
        for (const ptree* node : list(*instances, "instances")) {
            const std::string name = "instance#" + std::to_string(out.size() + 1);
            where = path + ": " + name;
            out.push_back(read_instance(*node, common, name));
        }
    } catch (const CaseError& error) {
        throw BadInput(where + ": " + error.what());
    }
    if (out.empty()) throw BadInput(path + ": has no instances");
    return out;
}

}  // namespace lastunit::cli::validation
