// The built `lastunit serve`, or another server of the contract, as a process of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "drivers/grpc/client.hpp"

namespace lastunit::drivers::tests {

class Served {
   public:
    // Starts it with --listen 127.0.0.1:0 and these words, and waits until it says where it listens; `said` has its first line.
    // Throws with what it said on stderr when it ends before.
    explicit Served(const std::vector<std::string>& words);
    // Another server: it has to say "serving ... on 127.0.0.1:PORT ...".
    Served(const std::string& binary, std::vector<std::string> words);
    ~Served();  // kills it
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    const std::string& said() const { return said_; }
    std::string address() const { return address_; }
    Client client() const { return Client({.target = address_, .token = "", .roots = ""}); }
    void send(int signal) const;
    int wait();  // exit code, or 128 + signal
    pid_t process() const { return process_; }

   private:
    pid_t process_ = -1;
    std::string said_;
    std::string address_;
};

}  // namespace lastunit::drivers::tests
