// One piece of work in a process of its own, and how it ended.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace lastunit::cli {

struct ChildEnd {
    std::string answer;   // the bytes that the work returned
    std::string failure;  // empty when there is an answer; else how it ended: "failed: no such channel"
};

// Moves, does not copy. Ended when it is destroyed, or when this process dies.
class Child {
   public:
    // Forks: what was loaded before is there and costs nothing. What `work` throws is the failure's text.
    explicit Child(const std::function<std::string()>& work);
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;
    ~Child();

    // To be watched by poll(): readable when read_some() has something to do.
    int descriptor() const { return from_; }
    // Reads what is there. False at the end of the answer: finish() then does not wait for long.
    bool read_some();
    ChildEnd finish();

   private:
    void end();
    pid_t process_ = 0;
    int from_ = -1;  // its answer, then the end of file
    std::string said_;
};

// Several, each with a number. Ended when it is destroyed.
class Children {
   public:
    void start(std::size_t number, const std::function<std::string()>& work) { running_.push_back({number, Child(work)}); }
    std::size_t running() const { return running_.size(); }
    void end_all() { running_.clear(); }

    struct Ended {
        std::size_t number = 0;
        ChildEnd end;
    };
    // Those that have ended; waits for one, or for a signal, at most so long.
    std::vector<Ended> wait(int at_most_ms);

   private:
    struct Running {
        std::size_t number = 0;
        Child child;
    };
    std::vector<Running> running_;
};

}  // namespace lastunit::cli
