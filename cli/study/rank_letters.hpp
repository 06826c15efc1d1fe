// What ranks say to each other, and how long they wait for each other.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>

#include "cli/study/post.hpp"

namespace lastunit::cli {

using RankClock = std::chrono::steady_clock;

constexpr auto kSignOfLife = std::chrono::milliseconds(200);  // every rank says so often that it is there
constexpr auto kSilence = std::chrono::seconds(5);            // after that a rank is lost to rank 0; it may come back
constexpr auto kArrival = std::chrono::seconds(30);           // to load the scenario, on a shared disk; only rank 0's end waits
constexpr auto kOrphaned = std::chrono::seconds(30);          // after so much silence of rank 0 the others leave
constexpr auto kFarewell = std::chrono::seconds(20);          // for MPI to close, when a rank is killed at that very moment
constexpr int kLook_ms = 1;                                   // between two looks at the post
constexpr int kLookBusy_ms = 20;                              // of a follower whose process simulates: its end wakes it anyway

// In front of a task's or an answer's bytes.
struct Heading {
    std::uint64_t round = 0;  // of the study: an answer to an earlier one is too late
    std::uint64_t task = 0;
    std::uint64_t failed = 0;  // 1: the bytes say how the run ended without an answer
};

inline std::string with_heading(const Heading& heading, const std::string& bytes) {
    std::string out(sizeof heading, '\0');
    std::memcpy(out.data(), &heading, sizeof heading);
    return out + bytes;
}

inline Heading take_heading(std::string& bytes) {
    Heading out;
    if (bytes.size() < sizeof out) throw std::runtime_error("a letter of another rank cannot be read");
    std::memcpy(&out, bytes.data(), sizeof out);
    bytes.erase(0, sizeof out);
    return out;
}

}  // namespace lastunit::cli
