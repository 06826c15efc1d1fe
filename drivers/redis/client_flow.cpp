#include "drivers/redis/client_flow.hpp"

#include <algorithm>
#include <charconv>

#include "drivers/redis/errors.hpp"
#include "drivers/redis/request.hpp"

namespace lastunit::drivers::redis {

namespace {

std::string redis_key_of(const core::Command& command) {
    const std::string key = key_of(command);
    return key.empty() ? key : "lastunit:key:" + key;
}

}  // namespace

void Writes::add(std::initializer_list<std::string_view> words) {
    append_command(bytes_, words);
    ++count_;
}

void Writes::change(const std::string& cell, std::string_view state, std::int64_t units) {
    add({"HINCRBY", "lastunit:cell:" + cell, state, std::to_string(units)});
}

void Writes::change_available(const std::string& cell, std::int64_t units) {
    if (mode_ != RedisMode::get_decr) return;
    add({units < 0 ? "DECRBY" : "INCRBY", "lastunit:available:" + cell, std::to_string(std::abs(units))});
}

void Writes::change_order(const std::string& order, const std::string& field, std::int64_t units) {
    add({"HINCRBY", order, field, std::to_string(units)});
}

ClientFlow::ClientFlow(RedisMode mode, const core::Command& command, const ShopSize& size, Duration key_retention,
                       Purpose purpose)
    : mode_(mode),
      command_(command),
      lines_(merged({command.lines.begin(), command.lines.end()})),
      wrong_(wrong_with(command, size)),
      key_(redis_key_of(command)),
      fingerprint_(fingerprint_of(command)),
      retention_ms_(std::to_string(std::max<std::int64_t>(1, key_retention.us / 1000))),
      purpose_(purpose),
      writes_(mode) {
    command_.lines = {};  // the caller's
}

Flow::Effect ClientFlow::effect() const {
    if (stage_ == Stage::reading || stage_ == Stage::checking) return Effect::none;
    return mode_ == RedisMode::watch ? Effect::whole : Effect::anywhere;
}

unsigned ClientFlow::begin(std::string& out) {
    stage_ = Stage::reading;
    ++tries_;
    unsigned count = 0;
    if (mode_ == RedisMode::watch) {
        std::vector<std::string> words = watched();
        if (!words.empty()) {
            words.insert(words.begin(), "WATCH");
            append_command_of(out, words);
            ++count;
        }
    }
    count += append_reads(out);
    if (count == 0) {  // nothing to read: a step needs a reply
        append_command(out, {"TIME"});
        ++count;
    }
    return count;
}

unsigned ClientFlow::next(const std::vector<Reply>& replies, std::string& out, Completion& completion) {
    switch (stage_) {
        case Stage::reading:
            return after_reading(replies, out, completion);
        case Stage::checking:
            // Later, when a sweep has been there: what a refusal says has to be true of the moment.
            if (is_error(*replies.front()) || number_of(*replies.front()) != 0) {
                completion.settled = Settled::refused;
                completion.cause = Cause::overloaded;
                return 0;
            }
            return write(out, completion);
        case Stage::claiming:
            // Only who takes the hold off the list gives its units back, or every session would.
            if (number_of(*replies.front()) != 1) return settle(core::Outcome::unknown_hold, completion);
            stage_ = Stage::writing;
            out += writes_.bytes();
            return writes_.count();
        case Stage::writing:
            return after_writing(replies, out, completion);
    }
    return 0;
}

unsigned ClientFlow::settle(core::Outcome outcome, Completion& completion) const {
    completion.outcome = outcome;
    completion.settled = outcome == core::Outcome::applied ? Settled::applied : Settled::refused;
    completion.cause = Cause::outcome;
    return 0;
}

std::string ClientFlow::remembered(core::Outcome outcome) const {
    return std::string(core::name_of(outcome)) + " 0 " + fingerprint_;
}

unsigned ClientFlow::after_reading(const std::vector<Reply>& replies, std::string& out, Completion& completion) {
    for (const Reply& reply : replies) {
        if (!is_error(*reply)) continue;
        if (!settle_error(text_of(*reply), completion)) {
            completion.settled = Settled::refused;  // nothing was written, whatever it was
            completion.cause = Cause::unavailable;
        }
        return 0;
    }
    const bool watches = mode_ == RedisMode::watch && !watched().empty();
    Readings readings(replies, watches ? 1 : 0);
    if (!key_.empty()) {
        const std::string_view known = text_of(readings.next());
        if (!known.empty()) {
            if (!known.ends_with(fingerprint_)) return settle(core::Outcome::key_reused, completion);
            if (settle_answer(known, completion)) return 0;
        }
    }
    writes_ = Writes(mode_);
    outcome_ = wrong_ != core::Outcome::applied ? wrong_ : decide(readings);
    if (!key_.empty()) writes_.add({"SET", key_, remembered(outcome_), "PX", retention_ms_});
    if (outcome_ == core::Outcome::out_of_stock) {
        stage_ = Stage::checking;
        append_command(out, {"ZCOUNT", "lastunit:ends", "-inf", std::to_string(now_us_)});
        return 1;
    }
    return write(out, completion);
}

unsigned ClientFlow::write(std::string& out, Completion& completion) {
    if (writes_.count() == 0) return settle(outcome_, completion);
    if (purpose_ == Purpose::expiry && mode_ == RedisMode::get_decr) {
        stage_ = Stage::claiming;
        append_command(out, {"ZREM", "lastunit:ends", std::to_string(command_.id)});
        return 1;
    }
    stage_ = Stage::writing;
    if (mode_ != RedisMode::watch) {
        out += writes_.bytes();
        return writes_.count();
    }
    append_command(out, {"MULTI"});
    out += writes_.bytes();
    append_command(out, {"EXEC"});
    return writes_.count() + 2;
}

unsigned ClientFlow::after_writing(const std::vector<Reply>& replies, std::string& out, Completion& completion) {
    if (mode_ == RedisMode::watch) {
        const redisReply& exec = *replies.back();
        if (is_nil(exec)) {
            if (tries_ < kTries) return begin(out);
            completion.settled = Settled::refused;
            completion.cause = Cause::overloaded;
            return 0;
        }
        if (is_error(exec)) {
            settle_error(text_of(exec), completion);
            return 0;
        }
        return settle(outcome_, completion);
    }
    const auto errors = std::count_if(replies.begin(), replies.end(), [](const Reply& reply) { return is_error(*reply); });
    if (errors == 0) return settle(outcome_, completion);
    // All refused for one cause: nothing happened. Some of them: half of it did, as it goes without a transaction.
    settle_error(text_of(*replies.front()), completion);
    if (errors != static_cast<std::ptrdiff_t>(replies.size())) {
        completion.settled = Settled::unknown;
        completion.cause = Cause::no_answer;
    }
    return 0;
}

std::unique_ptr<Flow> client_flow(RedisMode mode, const core::Command& command, const ShopSize& size, Duration key_retention) {
    return std::make_unique<ClientFlow>(mode, command, size, key_retention, ClientFlow::Purpose::command);
}

std::unique_ptr<Flow> expiry_flow(RedisMode mode, const std::string& hold, Duration key_retention) {
    core::Command command;
    command.kind = core::CommandKind::release;
    std::from_chars(hold.data(), hold.data() + hold.size(), command.id);
    return std::make_unique<ClientFlow>(mode, command, ShopSize{}, key_retention, ClientFlow::Purpose::expiry);
}

bool supports(RedisMode mode, core::CommandKind kind) {
    using core::CommandKind;
    if (mode == RedisMode::lua) return kind != CommandKind::set_channel_allocation;
    switch (kind) {
        case CommandKind::hold:
        case CommandKind::extend:
        case CommandKind::release:
        case CommandKind::confirm:
        case CommandKind::allocate:
        case CommandKind::deallocate:
        case CommandKind::pick:
        case CommandKind::ship:
        case CommandKind::sell:
        case CommandKind::receive:
        case CommandKind::adjust:
        case CommandKind::take_return:
            return true;
        default:
            return false;
    }
}

}  // namespace lastunit::drivers::redis
