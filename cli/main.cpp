// The `lastunit` command: finds the command's row in the table, parses, runs it, and turns what was thrown into an exit code.
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/log.hpp"
#include "cli/study/ranks.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

int dispatch(const std::vector<std::string>& words) {
    if (words.empty()) {
        std::fputs(help_for_all().c_str(), stderr);
        return kBadInput;
    }
    if (words[0] == "--help" || words[0] == "-h") {
        std::fputs(help_for_all().c_str(), stdout);
        return kOk;
    }
    const std::string name = words[0] == "--version" || words[0] == "-V" || words[0] == "-v" ? "version" : words[0];
    const Command* command = find_command(name);
    if (command == nullptr) {
        std::vector<std::string> names;
        for (const Command& known : commands()) names.emplace_back(known.name);
        throw BadInput("unknown command '" + name + "'" + scenarios::suggest(name, names) + " (lastunit help)");
    }
    const Arguments arguments = parse(*command, {words.begin() + 1, words.end()});
    if (arguments.has("help")) {
        std::fputs(help_for(*command).c_str(), stdout);
        return kOk;
    }
    set_up_log(arguments.has("verbose") ? Verbosity::verbose : Verbosity::warnings);
    return command->run(arguments);
}

// What was printed reaches the disk or the pipe here at the latest: a full disk must not look like a finished report.
int written_out(int status, const std::string& who) {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    const std::string why = errno == 0 ? "" : std::string(": ") + std::strerror(errno);
    std::fprintf(stderr, "%s: cannot write to stdout%s\n", who.c_str(), why.c_str());
    return status == kOk || status == kGateFailed || status == kInvalid ? kBadInput : status;
}

// Under mpirun. What cannot be read is rank 0's to refuse.
Participation participation(const std::vector<std::string>& words) {
    const Command* command = words.empty() ? nullptr : find_command(words[0]);
    if (command == nullptr || command->studies == Studies::never) return Participation::lead_alone;
    try {
        const Arguments arguments = parse(*command, {words.begin() + 1, words.end()});
        const bool studies = command->studies == Studies::always || arguments.has("replications") || arguments.has("until");
        return studies && !arguments.has("help") ? Participation::all_ranks : Participation::lead_alone;
    } catch (const BadInput&) {
        return Participation::lead_alone;
    }
}

int saying_errors(const std::string& who, const std::function<int()>& command) {
    try {
        return command();
    } catch (const BadInput& error) {
        std::fflush(stdout);
        std::fprintf(stderr, "%s: %s\n", who.c_str(), error.what());
        return kBadInput;
    } catch (const std::exception& error) {
        std::fflush(stdout);
        std::fprintf(stderr, "%s: internal error: %s\n", who.c_str(), error.what());
        return kInternal;
    }
}

// A failed assertion has printed what it knows; the exit code stays in the documented range.
void on_abort(int) { _exit(kInternal); }

}  // namespace
}  // namespace lastunit::cli

int main(int argc, char** argv) {
    using namespace lastunit::cli;
    std::signal(SIGABRT, on_abort);
    const std::vector<std::string> words(argv + 1, argv + argc);
    const std::string who = words.empty() || find_command(words[0]) == nullptr ? "lastunit" : "lastunit " + words[0];
    return saying_errors(who, [&] {
        return run_in_ranks(participation(words),
                            [&] { return saying_errors(who, [&] { return written_out(dispatch(words), who); }); });
    });
}
