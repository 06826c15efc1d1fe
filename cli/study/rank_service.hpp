// A rank of a study other than 0.
#pragma once

#include <functional>
#include <string>

#include "cli/study/rank_letters.hpp"

namespace lastunit::cli {

enum class Leave : std::uint8_t {
    together,  // MPI is closed, which waits for every rank
    alone,     // a rank is lost: closing MPI would wait for it for ever
};

// Simulates what rank 0 hands out, each task in a process of its own, until rank 0 says how to leave or is silent for too long.
Leave serve(Post& post, const std::function<std::string(const std::string& task)>& work);

// For a rank that cannot serve: says why until rank 0 says how to leave.
Leave stand_aside(Post& post, const std::string& why);

}  // namespace lastunit::cli
