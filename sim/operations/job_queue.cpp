#include "sim/operations/job_queue.hpp"

#include <algorithm>

namespace lastunit::sim {

JobQueue::JobQueue(const model::Station& station) : order_(station.order), lines_(station.classes.size() + 1) {}

void JobQueue::push(std::uint32_t job, std::size_t rank, SimTime due) {
    ++waiting_;
    Line& line = lines_[rank];
    if (order_ == model::ServiceOrder::fifo) {
        line.fifo.push_back(job);
        return;
    }
    line.by_due.push_back({due, sequence_++, job});
    std::push_heap(line.by_due.begin(), line.by_due.end());
}

std::size_t JobQueue::front_rank() const {
    std::size_t rank = 0;
    while (lines_[rank].empty()) ++rank;
    return rank;
}

std::uint32_t JobQueue::front() const {
    const Line& line = lines_[front_rank()];
    return line.fifo.empty() ? line.by_due.front().job : line.fifo.front();
}

std::uint32_t JobQueue::pop() {
    --waiting_;
    Line& line = lines_[front_rank()];
    if (!line.fifo.empty()) {
        const std::uint32_t job = line.fifo.front();
        line.fifo.pop_front();
        return job;
    }
    std::pop_heap(line.by_due.begin(), line.by_due.end());
    const std::uint32_t job = line.by_due.back().job;
    line.by_due.pop_back();
    return job;
}

std::size_t rank_of(const model::Station& station, std::uint8_t method, ChannelId channel) {
    std::size_t rank = 0;
    for (const model::OrderClass& one : station.classes) {
        const bool received = one.methods == 0 || (one.methods >> method & 1U) != 0;
        const bool bought = one.channels == 0 || (one.channels >> channel.value & 1U) != 0;
        if (received && bought) break;
        ++rank;
    }
    return rank;
}

}  // namespace lastunit::sim
