// Command lines through Boost.Program_options: the one file that sees it.
#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "cli/command.hpp"
#include "scenarios/suggest.hpp"

namespace po = boost::program_options;

namespace lastunit::cli {
namespace {

po::options_description describe(const Command& command) {
    po::options_description all;
    for (const Option& option : command.options) {
        if (option.value == nullptr)
            all.add_options()(option.name, option.help);
        else if (option.value[0] == '[')
            all.add_options()(option.name, po::value<std::string>()->implicit_value(""), option.help);
        else if (option.repeat == Repeat::often)
            all.add_options()(option.name, po::value<std::vector<std::string>>()->composing(), option.help);
        else
            all.add_options()(option.name, po::value<std::string>(), option.help);
    }
    all.add_options()("help,h", "")("words", po::value<std::vector<std::string>>());
    return all;
}

std::string unknown_option(const Command& command, const std::string& given) {
    // Compared without their dashes, which would make any two short names alike.
    std::vector<std::string> names{"help"};
    for (const Option& option : command.options) names.emplace_back(option.name);
    const std::string near = scenarios::nearest(given.substr(std::min(given.find_first_not_of('-'), given.size())), names);
    std::string valid;
    for (const std::string& name : names) valid += (valid.empty() ? "; one of --" : ", --") + name;
    const std::string hint = !near.empty()             ? "; did you mean `--" + near + "`?"
                             : command.options.empty() ? std::string("; ") + command.name + " has none but --help"
                                                       : valid;
    return "unknown option '" + given + "'" + hint + " (lastunit help " + command.name + ")";
}

// An empty word or value is a variable of the caller's script that was not set; nothing has a use for it.
void check_words(const Command& command, const Arguments& arguments) {
    for (const Option& option : command.options)
        if (option.value != nullptr && option.value[0] != '[')
            for (const std::string& value : arguments.all(option.name))
                if (value.empty()) throw BadInput(std::string("--") + option.name + ": the " + option.value + " given is empty");
    for (const std::string& word : arguments.words)
        if (word.empty()) throw BadInput(std::string(command.words) + ": '' is empty (lastunit help " + command.name + ")");
    if (arguments.words.size() < command.least_words)
        throw BadInput(std::string("needs ") + command.words + " (lastunit help " + command.name + ")");
    if (arguments.words.size() > command.most_words)
        throw BadInput("'" + arguments.words[command.most_words] + "' is one word too many (lastunit help " + command.name + ")");
}

}  // namespace

Arguments parse(const Command& command, const std::vector<std::string>& words) {
    po::variables_map found;
    try {
        po::positional_options_description rest;
        rest.add("words", -1);
        // No guessing: an abbreviation that works today would be ambiguous after the next option.
        const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
        const auto described = describe(command);
        po::store(po::command_line_parser(words).options(described).positional(rest).style(style).run(), found);
    } catch (const po::unknown_option& error) {
        throw BadInput(unknown_option(command, error.get_option_name()));
    } catch (const po::invalid_command_line_syntax& error) {
        const bool nothing = error.kind() == po::invalid_command_line_syntax::empty_adjacent_parameter;
        throw BadInput(nothing ? error.get_option_name() + "=: nothing stands after the equals sign (lastunit help " +
                                     command.name + ")"
                               : std::string(error.what()) + " (lastunit help " + command.name + ")");
    } catch (const po::error& error) {
        throw BadInput(std::string(error.what()) + " (lastunit help " + command.name + ")");
    }

    Arguments out;
    out.command = command.name;
    for (const auto& [name, value] : found) {
        if (name == "words")
            out.words = value.as<std::vector<std::string>>();
        else if (value.value().type() == typeid(std::vector<std::string>))
            out.options[name] = value.as<std::vector<std::string>>();
        else
            out.options[name] = {value.empty() ? "" : value.as<std::string>()};
    }
    if (!out.has("help")) check_words(command, out);
    return out;
}

std::optional<std::string> Arguments::get(const std::string& option) const {
    const auto found = options.find(option);
    if (found == options.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Arguments::all(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::uint64_t> Arguments::number(const std::string& option) const {
    const auto text = get(option);
    if (!text) return std::nullopt;
    std::uint64_t value = 0;
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, value);
    if (error == std::errc::result_out_of_range) throw BadInput("--" + option + ": " + *text + " is too large");
    if (error != std::errc{} || stop != end)
        throw BadInput("--" + option + ": '" + *text + "' is not a whole number in plain digits");
    return value;
}

}  // namespace lastunit::cli
