// Requests over kept-alive connections, thousands at once on one thread. The thread that runs it is the only one that may call
// it, but for post() and stop().
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "core/types.hpp"
#include "drivers/http/answer.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::drivers::http {

struct EngineOptions {
    std::size_t connections = 10'000;  // open at once, to all hosts together; more requests wait for their turn
    enum class KeepAlive : std::uint8_t { no, yes } keep_alive = KeepAlive::yes;
    enum class Verify : std::uint8_t { no, yes } verify = Verify::yes;  // certificates of https
    std::string authorities{};  // PEM, believed beside the system's; what cannot be read of it is believed by nobody
};

struct Exchange {
    Origin origin;
    std::string bytes;  // the whole request
    Duration timeout{};
    std::size_t most_bytes = 0;  // of the answer's body
    enum class Repeatable : std::uint8_t {
        no,
        yes
    } repeatable = Repeatable::no;  // sent again, once, where a kept connection was closed before any byte of an answer
};

class Engine {
   public:
    explicit Engine(EngineOptions options);
    ~Engine();  // what is under way is dropped; nobody is told

    // `done` is called by the engine's thread, never from within. A timeout counts from when there is a connection or an attempt
    // at one.
    using Done = std::function<void(Response&&)>;
    void exchange(Exchange exchange, Done done);
    void after(Duration delay, std::function<void()> call);
    void post(std::function<void()> call);  // any thread

    // Until `finished` says so, which is asked after every step; false: `at_most` passed first.
    bool run_until(const std::function<bool()>& finished, Duration at_most);
    void run();   // until stop()
    void stop();  // any thread

    struct Figures {
        std::uint64_t connections_opened = 0, open = 0, most_open = 0, requests = 0;
    };
    Figures figures() const;

    struct Internals;

   private:
    std::unique_ptr<Internals> internals_;
};

}  // namespace lastunit::drivers::http
