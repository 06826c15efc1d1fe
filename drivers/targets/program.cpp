#include "drivers/targets/program.hpp"

#include <chrono>
#include <fstream>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"

namespace lastunit::drivers::targets {

namespace {

constexpr auto kLookAgain = std::chrono::milliseconds(100);
constexpr std::size_t kLogLines = 12;  // of a program that failed: npm says what went wrong in about as many

}  // namespace

void run_to_end(const std::string& name, const ServerCommand& command, const Tick& tick) {
    ServerProcess process(name, command);
    process.start();
    for (;;) {
        if (const auto how = process.ended()) {
            if (*how == "exit code 0") return;
            throw DriverError(name + ": " + *how + process.log_tail(kLogLines));
        }
        tick();
        std::this_thread::sleep_for(kLookAgain);
    }
}

std::string output_of(const std::vector<std::string>& words) {
    try {
        const TemporaryFolder folder("output");
        ServerCommand command;
        command.words = words;
        command.log = folder.path("output");
        run_to_end(words[0], command, [] {});
        std::ifstream in(command.log);
        std::string line;
        std::getline(in, line);
        return line;
    } catch (const DriverError&) {
        return "";
    }
}

}  // namespace lastunit::drivers::targets
