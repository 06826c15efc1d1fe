// A message's way: numbered, sent as often as it takes, applied, or lost for good. Its stages: edge_stages.cpp.
#include <algorithm>
#include <cmath>

#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/orders.hpp"

namespace lastunit::sim {

using model::Edge;
using model::EdgeKind;
using model::kCore;
using model::Purpose;

namespace {
constexpr unsigned kDoublings = 16;  // of the pause between two sendings; then it stays: no design waits for longer
}

// --- sending ---

// More items than a message may have travel in several.
void Edges::dispatch(std::uint32_t index) {
    const std::uint32_t most = world_.design.edges[messages_[index].edge].batch_size;
    while (most > 0 && messages_[index].items.size() > most) {
        const std::uint32_t rest = open_message(messages_[index].edge);
        std::vector<EdgeItem>& items = messages_[index].items;
        messages_[rest].items.assign(items.begin() + most, items.end());
        items.resize(most);
        number(index);
        send(index);
        index = rest;
    }
    number(index);
    send(index);
}

void Edges::number(std::uint32_t index) {
    EdgeMessage& message = messages_[index];
    const std::uint8_t i = message.edge;
    const Edge& edge = world_.design.edges[i];
    ++sent_;
    ++under_way_[i];
    message.number = ++statistics_[i].messages;
    const bool one_sale = edge.from != kCore && edge.kind == EdgeKind::push && edge.batch_every.us == 0;
    const std::uint64_t own = one_sale ? world_.orders->order(message.items.front().cell).id  // whoever else is on the way
                                       : message.number;
    message.draw = (std::uint64_t{i} << 56U) | own;
    message.sent = world_.now;
    const bool from_core = edge.from == kCore;
    message.stamp = world_.now + (from_core ? world_.faults->skew_of_core() : world_.faults->skew(ChannelId(edge.from)));
    if (world_.log != nullptr) world_.log->sent(message);
}

void Edges::send(std::uint32_t index) {
    const std::uint8_t i = messages_[index].edge;
    if (world_.design.edges[i].rate_limit <= 0) {
        attempt(index);
        return;
    }
    EdgeGate& gate = gates_[i];
    gate.unsent.push_back(index);
    send_next(i);
    statistics_[i].queue_peak = std::max<std::uint64_t>(statistics_[i].queue_peak, gate.unsent.size());
}

// As many of those that wait as the rate limit allows now.
void Edges::send_next(std::uint8_t i) {
    EdgeGate& gate = gates_[i];
    while (!gate.unsent.empty() && world_.now >= gate.next_sending) {
        const std::uint32_t index = gate.unsent.front();
        gate.unsent.pop_front();
        const auto gap_us = std::max(1LL, std::llround(1e6 / world_.design.edges[i].rate_limit));
        gate.next_sending = world_.now + microseconds(gap_us);
        attempt(index);
    }
    if (gate.unsent.empty() || gate.sending_timed) return;
    gate.sending_timed = true;
    set_timer(gate.next_sending - world_.now, EdgeTimer::What::send_next, i, 0);
}

void Edges::attempt(std::uint32_t index) {
    EdgeMessage& message = messages_[index];
    const std::uint8_t i = message.edge;
    const Edge& edge = world_.design.edges[i];
    if (++message.sendings > 1) ++statistics_[i].resent;
    message.stage = 0;
    message.epoch = gates_[i].epoch;
    const bool sender_is_down = edge.from == kCore && !world_.faults->core_up();
    if (gates_[i].cuts > 0 || sender_is_down || lost_on_the_way(message, edge)) {
        fail(index);
    } else {
        step(index);
    }
}

bool Edges::lost_on_the_way(const EdgeMessage& message, const Edge& edge) const {
    if (edge.loss <= 0) return false;
    const double draw = message.sendings == 1 ? world_.uniform(Purpose::edge_loss, message.draw)
                                              : world_.uniform(Purpose::edge_retry, message.draw, message.sendings);
    return draw < edge.loss;
}

// --- failing ---

void Edges::fail(std::uint32_t index) {
    const EdgeMessage& message = messages_[index];
    const std::uint8_t i = message.edge;
    const Edge& edge = world_.design.edges[i];
    if (world_.log != nullptr) world_.log->failed(i, message.number);
    const unsigned failed_before = (message.sendings - 1U) % edge.attempts;  // since it was last taken out of the dead letters
    if (failed_before + 1 < edge.attempts) {
        const Duration pause = edge.retry_after * (std::int64_t{1} << std::min(failed_before, kDoublings));
        set_timer(pause, EdgeTimer::What::send_again, i, index);
        return;
    }
    ++statistics_[i].dead_letters;
    if (edge.dead_letter_resent_after.us > 0) {
        ++statistics_[i].resent_by_hand;
        set_timer(edge.dead_letter_resent_after, EdgeTimer::What::send_again, i, index);
    } else {
        lose(index);
    }
}

void Edges::lose(std::uint32_t index) {
    const EdgeMessage& message = messages_[index];
    const Head head{message.edge, message.copy, message.number, message.stamp};
    --under_way_[head.edge];
    ++statistics_[head.edge].lost;
    if (world_.log != nullptr) world_.log->lost(head.edge, head.number);
    // What a lost sale sets off may send messages, and the pool may move: take the items out first.
    std::vector<EdgeItem> items;
    items.swap(messages_[index].items);
    for (const EdgeItem& item : items) {
        if (world_.design.edges[head.edge].from == kCore) {
            lost_to_view(head, item);
            continue;
        }
        --sales_under_way_;
        no_longer_offline(item.cell);
        world_.orders->message_lost(item.cell);
    }
    items.clear();
    messages_[index].items.swap(items);
    messages_.give_back(index);
}

// --- arriving ---

void Edges::arrive(std::uint32_t index) {
    const std::uint8_t i = messages_[index].edge;
    if (gates_[i].stuck == 0) {
        deliver(index);
        return;
    }
    gates_[i].unapplied.push_back(index);
    statistics_[i].queue_peak = std::max<std::uint64_t>(statistics_[i].queue_peak, gates_[i].unapplied.size());
}

void Edges::deliver(std::uint32_t index) {
    const EdgeMessage& message = messages_[index];
    const Head head{message.edge, message.copy, message.number, message.stamp};
    const std::uint8_t i = head.edge;
    const Edge& edge = world_.design.edges[i];
    const bool sales = edge.from != kCore;
    if (sales && !world_.faults->core_up()) {
        head.copy ? messages_.give_back(index) : fail(index);
        return;
    }
    if (head.copy) {
        ++statistics_[i].duplicated;
    } else {
        --under_way_[i];
        if (message.sent > captured_[i]) captured_[i] = message.sent;
    }
    if (world_.log != nullptr) world_.log->arrived(i, head.number, head.copy ? EventLog::Copy::copy : EventLog::Copy::first);
    // Applying a sale may send further messages, and the pool may move: take the items out first.
    std::vector<EdgeItem> items;
    items.swap(messages_[index].items);
    for (const EdgeItem& item : items) {
        if (!head.copy) count_lag(i, item);
        if (!sales) {
            apply(head, item);
            if (world_.log != nullptr) world_.log->view_is(views_[edge.to].units(node_of(item.cell), sku_of(item.cell)));
        } else if (head.copy) {
            world_.orders->booked_again(item.cell);
        } else {
            --sales_under_way_;
            heard(item.cell);
        }
    }
    const std::uint64_t draw = messages_[index].draw;
    const bool twice = edge.duplicated > 0 && !head.copy && world_.uniform(Purpose::edge_duplicate, draw) < edge.duplicated;
    if (!twice) items.clear();
    messages_[index].items.swap(items);
    if (!twice) {
        messages_.give_back(index);
        return;
    }
    messages_[index].copy = true;
    set_timer(world_.draw(edge.duplicated_after, Purpose::edge_duplicate, draw, 1), EdgeTimer::What::deliver_copy, i, index);
}

void Edges::count_lag(std::uint8_t edge, const EdgeItem& item) {
    EdgeStatistics& statistics = statistics_[edge];
    const Duration lag = world_.now - item.since;
    statistics.lag.add(lag);
    statistics.step_sum_s += lag.seconds();
    if (lag.seconds() > statistics.step_max_s) statistics.step_max_s = lag.seconds();
    ++statistics.step_count;
    newest_lag_[edge] = lag;
}

// --- timers ---

void Edges::set_timer(Duration delay, EdgeTimer::What what, std::uint8_t edge, std::uint32_t subject) {
    const std::uint32_t index = timers_.take();
    timers_[index] = {what, edge, subject};
    world_.after(delay, EventKind::edge_timer, index);
}

void Edges::timer(std::uint32_t index) {
    const EdgeTimer due = timers_[index];
    timers_.give_back(index);
    EdgeGate& gate = gates_[due.edge];
    switch (due.what) {
        case EdgeTimer::What::send_batch:
            if (due.subject != gate.batch) break;  // it was full earlier
            gate.batch_timed = false;
            if (world_.design.edges[due.edge].from != kCore || world_.faults->core_up()) send_open(due.edge);
            break;
        case EdgeTimer::What::send_next:
            gate.sending_timed = false;
            send_next(due.edge);
            break;
        case EdgeTimer::What::send_again:
            send(due.subject);
            break;
        case EdgeTimer::What::deliver_copy:
            if (messages_[due.subject].epoch != gate.epoch) {
                messages_.give_back(due.subject);  // its edge was cut meanwhile
            } else {
                arrive(due.subject);
            }
            break;
    }
}

}  // namespace lastunit::sim
