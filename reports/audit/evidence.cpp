#include "reports/audit/evidence.hpp"

#include <algorithm>

#include "model/history/history_reader.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

constexpr std::uint64_t kMostCells = 20'000'000;

class Collector : public model::HistoryVisitor {
   public:
    explicit Collector(Evidence& into) : into_(into) {}
    void operation(const model::Operation& op) override {
        Recorded kept;
        kept.invoked = op.invoked;
        kept.completed = op.answer == OperationAnswer::unknown ? kNever : op.completed;
        kept.key = op.key;
        kept.reference = op.reference;
        kept.order = op.order;
        kept.ttl = op.ttl;
        kept.process = op.process;
        kept.first_line = static_cast<std::uint32_t>(into_.lines.size());
        kept.lines = static_cast<std::uint8_t>(op.lines.size());
        kept.first_answer = static_cast<std::uint32_t>(into_.answers.size());
        kept.kind = op.kind;
        kept.answer = op.answer;
        kept.channel = op.channel;
        into_.lines.insert(into_.lines.end(), op.lines.begin(), op.lines.end());
        into_.answers.insert(into_.answers.end(), op.available.begin(), op.available.end());
        into_.operations.push_back(kept);
    }
    void cell(SimTime read, const model::CellReadBack& cell) override {
        into_.stock.push_back(cell);
        into_.stock_read = into_.stock_read ? std::max(*into_.stock_read, read) : read;
    }
    void order(SimTime read, const model::OrderReadBack& order) override {
        into_.orders_read = into_.orders_read ? std::max(*into_.orders_read, read) : read;
        into_.orders.push_back(
            {order.order, static_cast<std::uint32_t>(into_.order_lines.size()), static_cast<std::uint32_t>(order.lines.size())});
        into_.order_lines.insert(into_.order_lines.end(), order.lines.begin(), order.lines.end());
    }

   private:
    Evidence& into_;
};

// Keeps what is certain when operations invoked from `settled` on may be missing: an answer that came before it depends on
// nothing that is missing; of the others only the asking is known.
void keep_settled(Evidence& evidence, SimTime settled) {
    std::erase_if(evidence.operations, [&](const Recorded& op) { return op.invoked >= settled; });
    for (Recorded& op : evidence.operations) {
        if (op.completed < settled) continue;
        op.completed = kNever;
        op.answer = OperationAnswer::unknown;
    }
    evidence.stock.clear();
    evidence.orders.clear();
    evidence.stock_read.reset();
    evidence.orders_read.reset();
}

void fill_initial(Evidence& evidence) {
    const auto& header = evidence.header;
    evidence.initial.resize(static_cast<std::size_t>(header.nodes_size()) * static_cast<std::size_t>(header.skus_size()));
    const model::HistoryStock& stock = header.initial();
    for (int i = 0; i < stock.node_size(); ++i) {
        InitialCell& cell =
            evidence.initial[evidence.cell({NodeId(static_cast<std::uint16_t>(stock.node(i))), Sku(stock.sku(i)), 0})];
        cell.on_hand = stock.on_hand(i);
        if (stock.allocated_size() > 0) cell.committed = stock.allocated(i);
        if (stock.safety_size() > 0) cell.safety = stock.safety(i);
    }
}

bool same_run(const model::HistoryHeader& a, const model::HistoryHeader& b) {
    return a.scenario_hash() == b.scenario_hash() && a.seed() == b.seed() && a.design() == b.design() &&
           a.started_unix_us() == b.started_unix_us() && a.initial().SerializeAsString() == b.initial().SerializeAsString() &&
           a.nodes_size() == b.nodes_size() && a.skus_size() == b.skus_size();
}

}  // namespace

bool Evidence::proven_by_order(std::uint64_t order) const {
    if (!orders_read) return false;
    const auto [first, last] = std::equal_range(mentions.begin(), mentions.end(), order);
    if (last - first != 1) return false;
    const auto found = std::lower_bound(orders.begin(), orders.end(), order,
                                        [](const FinalOrder& read, std::uint64_t id) { return read.order < id; });
    return found != orders.end() && found->order == order;
}

ReadEvidence read_evidence(std::span<const std::string> paths) {
    ReadEvidence result;
    Evidence& evidence = result.evidence;
    SimTime settled = kNever;
    bool stock_listed = false, orders_listed = false;
    for (const std::string& path : paths) {
        model::HistoryReader reader(path);
        Collector collector(evidence);
        const bool first = &path == paths.data();
        if (reader.error().empty() && !first && !same_run(evidence.header, reader.header())) {
            result.error =
                path + " is not of the same run as " + paths[0] + ": scenario, design, seed, start and initial stock must agree";
            return result;
        }
        if (reader.error().empty() && first) {
            evidence.header = reader.header();
            const std::uint64_t cells = static_cast<std::uint64_t>(evidence.header.nodes_size()) *
                                        static_cast<std::uint64_t>(evidence.header.skus_size());
            if (cells > kMostCells) {
                result.error = path + " has " + grouped(cells) + " cells; an audit takes up to " + grouped(kMostCells);
                return result;
            }
        }
        if (!reader.read(collector)) {
            result.error = reader.error();
            return result;
        }
        stock_listed = stock_listed || reader.end().stock_listed();
        orders_listed = orders_listed || reader.end().orders_listed();
        if (!reader.torn()) continue;
        settled = std::min(settled, reader.settled());
        evidence.torn = path + " was cut off " + reader.torn_where() + ": judged until " + span(reader.settled().seconds()) +
                        " after its start, without the final state";
    }
    evidence.attempts = evidence.operations.size();
    fill_initial(evidence);
    if (!orders_listed) evidence.orders_read.reset();
    if (!stock_listed) evidence.stock_read.reset();
    if (!evidence.torn.empty()) keep_settled(evidence, settled);
    std::stable_sort(evidence.operations.begin(), evidence.operations.end(),
                     [](const Recorded& a, const Recorded& b) { return a.invoked < b.invoked; });
    std::sort(evidence.orders.begin(), evidence.orders.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
    if (!evidence.operations.empty()) evidence.from = evidence.operations.front().invoked;
    evidence.until = evidence.from;
    for (const Recorded& op : evidence.operations) {
        evidence.until = std::max(evidence.until, op.invoked);
        if (op.completed != kNever) evidence.until = std::max(evidence.until, op.completed);
    }
    if (orders_listed && evidence.torn.empty())
        evidence.orders_read = std::max(evidence.until, evidence.orders_read.value_or(evidence.until));
    return result;
}

}  // namespace lastunit::reports::audit
