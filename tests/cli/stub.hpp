// A stub shop in a process of its own, and its flow file.
#pragma once

#include <stdlib.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {

class Stub {
   public:
    Stub(const Sandbox& sandbox, const std::string& flaw) : sandbox_(sandbox), flow(sandbox.path("stub.yaml")) {
        ::setenv("STUB_PASSWORD", "s3cret", 1);
        child_ = sandbox.start(LASTUNIT_STUB_SHOP, {flaw, flow});
        for (int i = 0; i < 600 && !sandbox.has("stub.yaml"); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        REQUIRE(sandbox.has("stub.yaml"));
    }
    ~Stub() {
        ::kill(child_, SIGKILL);
        sandbox_.finish(child_);
    }
    Stub(const Stub&) = delete;
    Stub& operator=(const Stub&) = delete;
    pid_t process() const { return child_; }

   private:
    const Sandbox& sandbox_;
    pid_t child_ = 0;

   public:
    const std::string flow;
};

}  // namespace lastunit::cli_tests
