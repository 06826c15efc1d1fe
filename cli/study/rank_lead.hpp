// Rank 0 of a study.
#pragma once

#include <memory>
#include <vector>

#include "cli/child.hpp"
#include "cli/study/crew.hpp"
#include "cli/study/hand_out.hpp"
#include "cli/study/rank_service.hpp"

namespace lastunit::cli {

class RankLead {
   public:
    explicit RankLead(Post& post);
    ~RankLead();

    std::vector<Worked> work(const CrewPlan& plan);

    // Tells all ranks that the study is over, and how to leave.
    Leave say_goodbye();

   private:
    struct Round;
    void read_post(Round* round);
    void stands_aside(std::size_t rank, const std::string& why, const Round* round);
    void take(Round& round, std::size_t rank, Letter& letter);
    void hand_out(Round& round);
    void look_for_the_lost();
    void say_to_all(Letter::Kind kind);
    std::string name(std::size_t rank) const;

    struct Seen {
        RankClock::time_point last = {};
        std::string machine;  // " on node07"
        bool lost = false;
        bool absent = false;  // there, but cannot work
        std::string why;      // not said yet
    };
    Post& post_;
    HandOut hands_;
    std::vector<Seen> seen_;
    std::uint64_t rounds_ = 0;
    RankClock::time_point looked_ = RankClock::now();
    // Says that rank 0 is there while it thinks between two rounds.
    struct Beacon;
    std::unique_ptr<Beacon> beacon_;
};

}  // namespace lastunit::cli
