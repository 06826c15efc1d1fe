// Mode `lua`: a command is one EVALSHA, and once more an EVAL where Redis has forgotten the script.
#include <algorithm>

#include "drivers/redis/errors.hpp"
#include "drivers/redis/flow.hpp"
#include "drivers/redis/request.hpp"
#include "drivers/redis/script.hpp"

namespace lastunit::drivers::redis {

namespace {

using core::CommandKind;

// Beyond this a hold does not end: a sorted set's scores are exact up to 2^53, and that is 285 years of microseconds.
constexpr std::int64_t kLongestHoldUs = 100LL * 365 * 24 * 3600 * 1'000'000;

class Words {
   public:
    void add(std::string_view word) {
        append_word(bytes_, word);
        ++count_;
    }
    template <class Integer> void add_number(Integer value) { add(std::to_string(value)); }
    void add_lines(std::span<const core::Line> lines) {
        for (const core::Line& line : merged({lines.begin(), lines.end()})) {
            add(cell_of(line.node, line.sku));
            add_number(line.quantity);
        }
    }
    std::size_t count() const { return count_; }
    const std::string& bytes() const { return bytes_; }

   private:
    std::string bytes_;
    std::size_t count_ = 0;
};

// What stands in the script's ARGV from 6 on: lua/*.lua say what it is.
void add_arguments(const core::Command& command, Words& words) {
    switch (command.kind) {
        case CommandKind::hold:
            words.add_number(command.id);
            words.add_number(std::min(command.ttl.us, kLongestHoldUs));
            words.add_lines(command.lines);
            break;
        case CommandKind::extend:
            words.add_number(command.id);
            words.add_number(std::min(command.ttl.us, kLongestHoldUs));
            break;
        case CommandKind::release:
            words.add_number(command.id);
            break;
        case CommandKind::confirm:
            words.add_number(command.id);
            words.add_number(command.order);
            break;
        case CommandKind::allocate:
            words.add_number(command.order);
            words.add(command.backorder == core::Backorder::accept ? "accept" : "refuse");
            words.add_lines(command.lines);
            break;
        case CommandKind::deallocate:
            words.add_number(command.order);
            words.add_lines(command.lines);
            break;
        case CommandKind::pick:
        case CommandKind::ship:
            words.add_number(command.order);
            words.add(cell_of(command.node, command.sku));
            words.add_number(command.quantity);
            break;
        case CommandKind::transfer_in:
            words.add_number(command.id);
            break;
        case CommandKind::advance:
            break;
        default:
            words.add(cell_of(command.node, command.sku));
            words.add_number(command.quantity);
    }
    if (command.kind == CommandKind::take_return)
        words.add(command.return_to == core::ReturnTo::shelf ? "on_hand" : "quarantined");
    if (command.kind == CommandKind::transfer_out) {
        words.add(cell_of(command.to, command.sku));
        words.add(command.transfer_from == core::TransferFrom::shelf ? "on_hand" : "quarantined");
        words.add_number(command.id);
    }
}

class LuaFlow : public Flow {
   public:
    LuaFlow(const core::Command& command, const ShopSize& size, Duration key_retention) {
        const core::Outcome wrong = wrong_with(command, size);
        words_.add("0");  // no KEYS: which ones it needs, it finds out
        words_.add(key_of(command));
        words_.add(fingerprint_of(command));
        words_.add_number(std::max<std::int64_t>(1, key_retention.us / 1000));
        words_.add(wrong == core::Outcome::applied ? "" : core::name_of(wrong));
        words_.add(core::name_of(command.kind));
        if (wrong == core::Outcome::applied) add_arguments(command, words_);
    }

    unsigned begin(std::string& out) override {
        send("EVALSHA", script_sha(), out);
        return 1;
    }
    unsigned next(const std::vector<Reply>& replies, std::string& out, Completion& completion) override {
        const redisReply& reply = *replies.front();
        if (is_error(reply)) {
            if (is_no_script(text_of(reply))) {
                send("EVAL", script_text(), out);
                return 1;
            }
            settle_error(text_of(reply), completion);
        } else if (!settle_answer(text_of(reply), completion)) {
            completion.settled = Settled::unknown;
            completion.cause = Cause::no_answer;
        }
        return 0;
    }
    Effect effect() const override { return Effect::whole; }

   private:
    void send(std::string_view verb, std::string_view script, std::string& out) const {
        append_count(out, '*', words_.count() + 2);
        append_word(out, verb);
        append_word(out, script);
        out += words_.bytes();
    }

    Words words_;
};

}  // namespace

std::unique_ptr<Flow> lua_flow(const core::Command& command, const ShopSize& size, Duration key_retention) {
    return std::make_unique<LuaFlow>(command, size, key_retention);
}

}  // namespace lastunit::drivers::redis
