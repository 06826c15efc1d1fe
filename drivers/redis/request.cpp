#include "drivers/redis/request.hpp"

#include <charconv>

namespace lastunit::drivers::redis {

std::string cell_of(NodeId node, Sku sku) { return std::to_string(sku.value) + ":" + std::to_string(node.value); }

std::string key_of(const core::Command& command) {
    if (command.key == core::Key{} || command.kind == core::CommandKind::advance) return "";
    return std::to_string(command.key.client) + ":" + std::to_string(command.key.sequence);
}

std::string fingerprint_of(const core::Command& command) {
    const std::uint64_t hash = arguments_hash(command);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = kDigits[hash >> (4 * i) & 15];
    return text;
}

bool settle_answer(std::string_view text, Completion& completion) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return false;
    const auto outcome = outcome_named(text.substr(0, space));
    if (!outcome) return false;
    completion.outcome = *outcome;
    std::from_chars(text.data() + space + 1, text.data() + text.size(), completion.sequence);
    completion.settled = completion.outcome == core::Outcome::applied ? Settled::applied : Settled::refused;
    completion.cause = Cause::outcome;
    return true;
}

}  // namespace lastunit::drivers::redis
