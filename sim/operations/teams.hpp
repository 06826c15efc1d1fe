// Teams: people of a node who pick, pack, dispatch, serve the shoppers who are there, and put back what nobody fetched; one thing
// at a time each, in the order that the team keeps.
//
// Who is at work follows the roster. Whoever is at work when the shift ends finishes the job, and takes the next one while work
// waits and overtime lasts. As an overtimer who finds nothing to do goes home, overtime is the time in which more people are busy
// than the roster has.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "model/network.hpp"
#include "sim/backing.hpp"
#include "sim/pool.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// Who has finished a job.
enum class Finisher : std::uint8_t { on_shift, on_overtime };

class Teams {
   public:
    explicit Teams(World& world);
    void start();  // the rosters begin

    bool serves(NodeId node) const;     // shoppers
    bool puts_back(NodeId node) const;  // what nobody fetched, and it takes time

    void work_waits(NodeId node);  // at a station
    // With the units in hand, until served (Shoppers::served) or until `patience` is over (Shoppers::walks_out).
    void at_till(NodeId node, std::uint32_t shopper, Duration patience, Duration service);
    void at_counter(NodeId node, std::uint32_t parcel, Duration service);  // waits until it is handed over
    void put_back(NodeId node, std::uint32_t parcel, Duration time);

    // Stations report: a job is over, and who finished it is free; what it was; that person looks for the next one.
    Finisher job_over(NodeId node);
    void visit_over(std::uint32_t visit);
    void next_job(NodeId node, Finisher finisher);

    void turn(std::uint32_t node);  // of the roster
    // The kernel's call.
    void walk_out(std::uint32_t visit);

    void close();  // the run is over: shifts and overtime are put into the nodes' figures
    // Parcels at the counter, or to be put back: in line for somebody; and, kNone for a shopper at the till, the one of a visit.
    template <class Visitor> void each_waiting(Visitor visitor) const {
        for (const Crew& crew : crews_) {
            for (const std::uint32_t visit : crew.visits)
                if (parcel_of(visit) != kNone) visitor(parcel_of(visit));
            for (const PutBack& work : crew.put_backs) visitor(work.parcel);
        }
    }
    std::uint32_t parcel_of(std::uint32_t visit) const {
        return visits_[visit].at == Visit::At::counter ? visits_[visit].subject : kNone;
    }
    std::uint32_t at_work(NodeId node) const;  // of the team: on the roster, and overtimers

   private:
    struct Visit {
        enum class At : std::uint8_t { till, counter };
        enum class State : std::uint8_t { waiting, served, over };
        At at{};
        State state{};
        std::uint8_t uses = 0;  // in the line or being served, and the pending end of patience: the slot lives as long
        NodeId node;
        std::uint32_t subject = 0;  // till: the shopper; counter: the parcel
        SimTime arrived;
        Duration service{0};
    };
    struct PutBack {
        std::uint32_t parcel = 0;
        Duration time{0};
    };
    struct Overtimers {
        SimTime until;
        std::uint32_t people = 0;
    };
    struct Crew {
        NodeId node;
        const model::Team* team = nullptr;
        std::uint32_t staffed = 0, busy = 0;
        std::deque<std::uint32_t> visits;  // in order of arrival; who has walked out is skipped
        std::deque<PutBack> put_backs;
        std::vector<Overtimers> overtimers;  // by the end of their shifts; as many people as busy exceeds staffed
        SimTime counted;                     // overtime, until then
    };
    enum class Next : std::uint8_t { nothing, order, visit, put_back };

    Crew& crew(NodeId node) { return crews_[crew_of_[node.value]]; }
    void assign(Crew& crew);
    Next choose(Crew& crew);
    void begin(Crew& crew, Next next);
    void begin_visit(Crew& crew);
    void queue_up(Crew& crew, const Visit& visit, Duration patience);
    void let_go(std::uint32_t visit);
    double overtime_since(const Crew& crew) const;
    void count_overtime(Crew& crew);
    void settle_overtimers(Crew& crew);
    void expect_turn(const Crew& crew);

    World& world_;
    std::vector<Crew> crews_;
    std::vector<std::uint32_t> crew_of_;  // [node]; kNone: no team
    Pool<Visit> visits_;
};

}  // namespace lastunit::sim
