// Letters between the ranks of a study. The one door to MPI: nothing of it is seen elsewhere, and a build without it has this
// header too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lastunit::cli {

struct Letter {
    // Written to: `task` and `drop` (end what you do) and the two ways to leave by rank 0, the others by the others.
    enum class Kind : std::uint8_t { here, task, answer, absent, drop, leave_together, leave_alone };
    std::size_t from = 0;
    Kind kind = Kind::here;
    std::string bytes;
};

// Nothing here waits for another rank but open() and close_together(): a rank that was killed takes no other one with it. May be
// used by several threads.
class Post {
   public:
    // Null in a build without MPI. Every rank has to call it before any goes on.
    static std::unique_ptr<Post> open();
    virtual ~Post() = default;

    virtual std::size_t rank() const = 0;
    virtual std::size_t ranks() const = 0;
    virtual std::string machine() const = 0;
    // A sign of life (`here`) is left out while the one before it is still on its way to the same rank.
    virtual void send(std::size_t to, Letter::Kind kind, std::string bytes) = 0;
    // What has come. Also moves on what is being sent.
    virtual std::vector<Letter> receive() = 0;
    virtual std::size_t unsent() = 0;  // letters that are still on their way out
    // Every rank has to call it; without it, mpirun takes the end of a rank for a crash.
    virtual void close_together() = 0;
    // Ends every rank that is still there, this one included.
    [[noreturn]] virtual void end_all(int status) = 0;
};

}  // namespace lastunit::cli
