#include "cli/help.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

// Broken between words, further lines indented.
std::string wrapped(const std::string& text, std::size_t indent) {
    constexpr std::size_t kWidth = 100;
    std::string out;
    std::size_t column = indent;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (column > indent && column + 1 + word.size() > kWidth) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        }
        out += (column > indent ? " " : "") + word;
        column += word.size() + (column > indent ? 1 : 0);
    }
    return out;
}

std::string left_of(const Option& option) {
    return std::string("--") + option.name +
           (option.value == nullptr ? "" : std::string(option.value[0] == '[' ? "" : " ") + option.value);
}

}  // namespace

std::string help_for_all() {
    std::string out = "lastunit: what will our inventory architecture do on the worst day of the year?\n\n";
    out += "Usage: lastunit COMMAND [options]\n\nCommands:\n";
    for (const Command& command : commands()) out += "  " + padded(command.name, 10) + command.summary + "\n";
    out +=
        "\nExit codes: 0 ok, 1 a gate failed, 2 bad input, 3 internal error, 4 a gate cannot be judged, 130 stopped by Ctrl-C.\n";
    out += "Start with: lastunit list; lastunit run ordinary-tuesday; lastunit help run\n";
    return out;
}

std::string help_for(const Command& command) {
    std::string out = std::string(command.summary) + "\n\nUsage: lastunit " + command.name;
    if (*command.words != '\0') out += std::string(" ") + command.words;
    if (!command.options.empty()) out += " [options]\n\nOptions:";
    out += "\n";
    std::size_t width = 0;
    for (const Option& option : command.options) width = std::max(width, left_of(option).size());
    for (const Option& option : command.options) {
        const std::string text = std::string(option.help) + (option.repeat == Repeat::often ? " (may be repeated)" : "");
        out += "  " + padded(left_of(option), width + 2) + wrapped(text, width + 4) + "\n";
    }
    out += "\nExamples:\n";
    for (const char* example : command.examples) out += std::string("  ") + example + "\n";
    return out;
}

int help(const Arguments& arguments) {
    if (arguments.words.empty()) {
        std::fputs(help_for_all().c_str(), stdout);
        return kOk;
    }
    const Command* command = find_command(arguments.words[0]);
    if (command == nullptr) {
        std::vector<std::string> names;
        for (const Command& known : commands()) names.emplace_back(known.name);
        throw BadInput("unknown command '" + arguments.words[0] + "'" + scenarios::suggest(arguments.words[0], names));
    }
    std::fputs(help_for(*command).c_str(), stdout);
    return kOk;
}

}  // namespace lastunit::cli
