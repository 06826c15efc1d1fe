// What a command of `lastunit` is: its name, its help, its options and the function that does it. Commands are rows of one table
// (commands.cpp); parsing, help and the nearest-name hints are made from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace lastunit::cli {

// The process's exit status, a promise to scripts and CI.
enum ExitCode : int {
    kOk = 0,
    kGateFailed = 1,
    kBadInput = 2,
    kInternal = 3,
    kInvalid = 4,        // `gate`, `audit`: the figures do not say
    kInterrupted = 130,  // 128 + SIGINT, as shells count
};

// The user's input is wrong: said in one message, exit 2. Everything else that is thrown is ours, exit 3.
class BadInput : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
};

// A parsed command line.
struct Arguments {
    std::string command;
    std::vector<std::string> words;                           // what is not an option, in order
    std::map<std::string, std::vector<std::string>> options;  // by long name without dashes; a switch has the value ""

    bool has(const std::string& option) const { return options.contains(option); }
    std::optional<std::string> get(const std::string& option) const;       // the last value given
    std::vector<std::string> all(const std::string& option) const;         // in the order given
    std::optional<std::uint64_t> number(const std::string& option) const;  // throws BadInput when it is not a whole number >= 0
};

enum class Repeat : std::uint8_t { once, often };

struct Option {
    const char* name;   // long name, without dashes
    const char* value;  // what stands for the value in the help; nullptr = a switch; "[=FILE]": may be left out, then ""
    const char* help;
    Repeat repeat = Repeat::once;
};

// Whether the command is a study, which all ranks do together when mpirun starts several (study/ranks.hpp).
enum class Studies : std::uint8_t { never, with_replications, always };

struct Command {
    const char* name;
    const char* summary;  // one line
    const char* words;    // usage of the words, e.g. "SCENARIO"
    std::size_t least_words;
    std::size_t most_words;
    std::vector<Option> options;
    std::vector<const char*> examples;
    int (*run)(const Arguments&);
    Studies studies = Studies::never;
};

std::span<const Command> commands();
const Command* find_command(const std::string& name);

// Reads the words after the command's name. Throws BadInput with the nearest valid option for a mistake.
// `--help` comes back as the option "help", unchecked for the rest.
Arguments parse(const Command& command, const std::vector<std::string>& words);

}  // namespace lastunit::cli
