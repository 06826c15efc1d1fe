// A study by many processes that mpirun or srun started on one machine or many, all with the same command line. Rank 0 is the
// command: it hands out the tasks, keeps the answers and reports. The others are its hands: they simulate, and say nothing.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/study/crew.hpp"

namespace lastunit::cli {

enum class Participation : std::uint8_t {
    lead_alone,  // rank 0 does the command, the others end at once
    all_ranks,   // a study
};

// Whether this process is one of several ranks, and whether another than 0. Read from the environment.
bool under_mpi();
bool is_follower();

// Runs the command as the rank that this process is, and returns the exit code of the process: the command's on rank 0; 0 on the
// others, whatever they met, because it is rank 0 that says what is wrong. Without ranks it is command().
int run_in_ranks(Participation participation, const std::function<int()>& command);

// The crew of this process: on rank 0 of a study all ranks, this one included (on those that are lost, see hand_out.hpp), else
// the processes of this machine. On other ranks of a study it does not return: it does `work` on what rank 0 hands out until the
// study is over, then leaves the command by a throw that run_in_ranks() catches.
std::unique_ptr<Crew> open_crew(const std::function<std::string(const std::string& task)>& work);

}  // namespace lastunit::cli
