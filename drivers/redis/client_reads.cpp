#include "drivers/redis/client_flow.hpp"
#include "drivers/redis/request.hpp"

namespace lastunit::drivers::redis {

using core::CommandKind;

bool ClientFlow::takes() const { return command_.kind == CommandKind::hold || command_.kind == CommandKind::allocate; }

bool ClientFlow::on_a_hold() const {
    return command_.kind == CommandKind::hold || command_.kind == CommandKind::extend || command_.kind == CommandKind::release ||
           command_.kind == CommandKind::confirm;
}

// Every key whose value decides.
std::vector<std::string> ClientFlow::watched() const {
    std::vector<std::string> keys;
    if (!key_.empty()) keys.push_back(key_);
    if (on_a_hold()) keys.push_back("lastunit:hold:" + std::to_string(command_.id));
    if (command_.kind == CommandKind::deallocate || command_.kind == CommandKind::pick || command_.kind == CommandKind::ship)
        keys.push_back("lastunit:order:" + std::to_string(command_.order));
    if (takes())
        for (const core::Line& line : lines_) keys.push_back("lastunit:cell:" + cell_of(line.node, line.sku));
    if (command_.kind == CommandKind::pick || command_.kind == CommandKind::sell || command_.kind == CommandKind::adjust)
        keys.push_back("lastunit:cell:" + cell_of(command_.node, command_.sku));
    return keys;
}

unsigned ClientFlow::append_reads(std::string& out) const {
    unsigned count = 0;
    const auto add = [&](std::initializer_list<std::string_view> words) {
        append_command(out, words);
        ++count;
    };
    if (!key_.empty()) add({"GET", key_});
    if (wrong_ != core::Outcome::applied) return count;
    if (takes_time()) add({"TIME"});
    if (on_a_hold()) add({"GET", "lastunit:hold:" + std::to_string(command_.id)});
    switch (command_.kind) {
        case CommandKind::hold:
        case CommandKind::allocate:
            for (const core::Line& line : lines_) {
                const std::string cell = cell_of(line.node, line.sku);
                if (mode_ == RedisMode::get_decr) {
                    add({"GET", "lastunit:available:" + cell});
                } else {
                    add({"HMGET", "lastunit:cell:" + cell, "on_hand", "held", "allocated", "safety"});
                }
            }
            break;
        case CommandKind::deallocate:
            for (const core::Line& line : lines_) {
                const std::string cell = cell_of(line.node, line.sku);
                add({"HMGET", "lastunit:order:" + std::to_string(command_.order), cell, cell + ":picked"});
            }
            break;
        case CommandKind::pick:
        case CommandKind::ship:
        case CommandKind::sell:
        case CommandKind::adjust: {
            const std::string cell = cell_of(command_.node, command_.sku);
            if (command_.kind == CommandKind::pick || command_.kind == CommandKind::ship)
                add({"HMGET", "lastunit:order:" + std::to_string(command_.order), cell, cell + ":picked"});
            if (command_.kind != CommandKind::ship) add({"HMGET", "lastunit:cell:" + cell, "on_hand", "picked"});
            break;
        }
        default:
            break;
    }
    return count;
}

}  // namespace lastunit::drivers::redis
