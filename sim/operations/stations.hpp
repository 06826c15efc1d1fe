// The stations of warehouses and stores: queues, and the people who serve them. A station has workers of its own, who keep the
// node's shifts; or the node's team does its work among other things (teams.hpp); or it has neither, and nobody waits.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/network.hpp"
#include "sim/operations/job_queue.hpp"
#include "sim/pool.hpp"
#include "sim/probe.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// What somebody is at work on. `refuse` keeps nobody busy: it is the time until a node's answer.
enum class Work : std::uint8_t { order, refuse, visit, put_back };

class Stations {
   public:
    struct Job {
        Work work{};
        StationKind kind{};
        NodeId node;
        std::uint32_t subject = 0;  // order: pick: the piece; else the parcel
        SimTime arrived;
        Duration set_up{0};  // its share of a wave's
    };

    explicit Stations(World& world);

    // Somebody picks the piece, packs or dispatches the parcel; `Operations` is told when it is done. Where the node picks in
    // waves, a piece waits for its wave first.
    void enqueue(StationKind kind, NodeId node, std::uint32_t subject);
    void start(Work work, NodeId node, std::uint32_t subject, Duration time);  // anything else, done after `time`
    void release(std::uint32_t job, Duration set_up);                          // its wave goes to the pickers
    void withdraw(NodeId node, std::uint32_t parcel);                          // none of its pieces waits to be picked any more

    // For the team: the most urgent job that waits for it, by class and then by its wait; and that somebody begins it.
    struct Head {
        StationKind kind{};
        SimTime arrived;
    };
    std::optional<Head> head(NodeId node) const;
    void drop_unwanted(NodeId node);  // what was cancelled while it waited, as far as it is next
    void begin(NodeId node, StationKind kind);

    // The kernel's calls.
    void done(std::uint32_t job);
    void shift_begins(std::uint32_t node);

    // Order lines that were accepted by the node and are not picked yet.
    std::uint32_t open_lines(NodeId node) const { return open_lines_[node.value]; }
    std::uint32_t open_lines() const { return all_open_lines_; }
    Duration oldest_line(NodeId node) const;  // the longest wait of those that nobody has begun
    SimTime arrived(std::uint32_t job) const { return jobs_[job].arrived; }
    const Job& job(std::uint32_t index) const { return jobs_[index]; }
    template <class Visit> void each_waiting(Visit visit) const {  // job in line at a station
        for (const Station& at : stations_) at.queue.each(visit);
    }

    double pick_utilisation(NodeId node) const;  // busy / staffed time of its pickers so far; 0 where workers are unlimited

   private:
    enum class Doer : std::uint8_t { own, team, anybody };
    struct Station {
        Station(const model::Station& the_model, Doer whose) : model(the_model), queue(the_model), doer(whose) {}
        const model::Station& model;
        JobQueue queue;
        std::uint32_t busy = 0;
        Doer doer;
    };

    Station& station(NodeId node, StationKind kind) { return stations_[node.value * 3U + static_cast<unsigned>(kind)]; }
    const Station& station(NodeId node, StationKind kind) const {
        return stations_[node.value * 3U + static_cast<unsigned>(kind)];
    }
    void line_up(std::uint32_t job);
    void start_waiting(NodeId node, StationKind kind);
    void drop_unwanted(Station& station);
    void serve(std::uint32_t job);
    void finish(const Job& job);
    void line_settled(NodeId node);
    Duration beyond_shift(const Job& job, Duration service) const;
    std::uint32_t order_of(const Job& job) const;
    std::size_t rank(const Job& job) const;
    bool is_wanted(std::uint32_t job) const;

    World& world_;
    Pool<Job> jobs_;
    std::vector<Station> stations_;
    std::vector<std::uint32_t> open_lines_;  // [node]
    std::uint32_t all_open_lines_ = 0;
    std::vector<char> shift_pending_;  // [node]
};

}  // namespace lastunit::sim
