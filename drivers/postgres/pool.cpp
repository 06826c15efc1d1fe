#include "drivers/postgres/pool.hpp"

#include <algorithm>

#include "core/hashing.hpp"

namespace lastunit::drivers::postgres {

namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kReopenFirst = 5 * kMs, kReopenMost = 200 * kMs;
constexpr std::int64_t kOpenAtMost = 5'000 * kMs;
constexpr std::int64_t kSweepEvery = 100 * kMs;
constexpr std::int64_t kPauseFirst = kMs / 5, kPauseMost = 10 * kMs;
constexpr std::int64_t kIdle = 100 * kMs;

bool undone_by_another(const std::string& sqlstate) {
    // serialization_failure, deadlock_detected, lock_not_available, and ours of skip_locked.
    return sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03" || sqlstate == "LU002";
}

}  // namespace

Pool::Pool(Shared& shared, unsigned connections, Answered& answered)
    : shared_(shared), answered_(answered), words_(shared.target, ConnectionWords::For::operations) {
    lines_.reserve(connections);
    for (unsigned i = 0; i < connections; ++i) lines_.push_back({.connection = Connection(words_)});
}

std::size_t Pool::open() const {
    return static_cast<std::size_t>(
        std::count_if(lines_.begin(), lines_.end(), [](const Line& line) { return line.connection.ready(); }));
}

void Pool::add(std::unique_ptr<Work> work) {
    Work* key = work.get();
    deadlines_.push({key->deadline_ns, key, key->serial});
    waiting_.push_back(key);
    live_.emplace(key, std::move(work));
}

std::int64_t Pool::step(std::vector<std::unique_ptr<Work>>& done) {
    const std::int64_t now = steady_now_ns();
    for (Line& line : lines_)
        if (line.connection.broken()) advance(line);
    open_lines(now);
    expire(now);
    wake_retries(now);
    sweep(now);
    dispatch(now);
    answered_.add(completions_);
    completions_.clear();
    for (auto& work : done_) done.push_back(std::move(work));
    done_.clear();
    return time_to_wait(now);
}

std::int64_t Pool::time_to_wait(std::int64_t now) const {
    std::int64_t until = now + kIdle;
    if (!deadlines_.empty()) until = std::min(until, deadlines_.top().at_ns);
    if (!retries_.empty()) until = std::min(until, retries_.top().at_ns);
    for (const Line& line : lines_)
        if (line.connection.state() == Connection::State::closed) until = std::min(until, line.open_at_ns);
    return std::max<std::int64_t>(until - now, 0);
}

void Pool::open_lines(std::int64_t now) {
    for (Line& line : lines_) {
        Connection& connection = line.connection;
        const bool opening =
            connection.state() == Connection::State::connecting || connection.state() == Connection::State::preparing;
        if (opening && now - connection.opened_ns() > kOpenAtMost) connection.close();
        if (connection.state() == Connection::State::closed && !connection.problem().empty()) problem_ = connection.problem();
        if (connection.state() == Connection::State::closed && now >= line.open_at_ns) {
            connection.open();
            line.open_at_ns = now + std::min(kReopenFirst << std::min(line.refusals, 6U), kReopenMost);
            ++line.refusals;
        }
        if (connection.ready()) line.refusals = 0;
    }
    if (opening_settled_) return;
    opening_settled_ = std::all_of(lines_.begin(), lines_.end(), [](const Line& line) {
        return line.connection.ready() || line.connection.state() == Connection::State::closed || line.refusals > 1;
    });
}

void Pool::expire(std::int64_t now) {
    while (!deadlines_.empty() && deadlines_.top().at_ns <= now) {
        const Later due = deadlines_.top();
        deadlines_.pop();
        const auto found = live_.find(due.work);
        if (found == live_.end() || due.work->serial != due.serial || due.work->told == Work::Told::yes) continue;
        give_up(*due.work, Cause::late, now);  // what waits is taken out of the queue when its turn comes
    }
}

void Pool::wake_retries(std::int64_t now) {
    while (!retries_.empty() && retries_.top().at_ns <= now) {
        Work* work = retries_.top().work;
        retries_.pop();
        waiting_.push_front(work);
    }
}

// Holds that are due hurt nobody (whoever misses their units has them ended first): this keeps them few.
void Pool::sweep(std::int64_t now) {
    std::int64_t due = shared_.sweep_at_ns.load(std::memory_order_relaxed);
    if (now < due) return;
    Line* line = freest();
    if (line == nullptr || !shared_.sweep_at_ns.compare_exchange_strong(due, now + kSweepEvery)) return;
    parameters_.clear();
    line->connection.send(Statement::expire_due, parameters_, nullptr);
}

Pool::Line* Pool::freest() {
    Line* best = nullptr;
    for (Line& line : lines_) {
        if (!line.connection.ready() || line.connection.pending() >= shared_.target.pipeline) continue;
        if (best == nullptr || line.connection.pending() < best->connection.pending()) best = &line;
        if (best->connection.pending() == 0) break;
    }
    return best;
}

void Pool::dispatch(std::int64_t now) {
    if (waiting_.empty()) return;
    if (open() == 0) return refuse_waiting(now);
    while (!waiting_.empty()) {
        Work& work = *waiting_.front();
        if (work.told == Work::Told::yes) {
            waiting_.pop_front();
            finish(work);
            continue;
        }
        Line* line = freest();
        if (line == nullptr) return;
        waiting_.pop_front();
        send(*line, work);
    }
}

void Pool::refuse_waiting(std::int64_t now) {
    while (!waiting_.empty()) {
        Work& work = *waiting_.front();
        waiting_.pop_front();
        give_up(work, Cause::unavailable, now);
        finish(work);
    }
}

void Pool::send(Line& line, Work& work) { line.connection.send(next_statement(work), parameters_, &work); }

Statement Pool::next_statement(Work& work) {
    const PostgresMode mode = shared_.target.mode;
    work.place = Work::Place::asks;
    if (work.step == Work::Step::repeat) {
        ask_for(work.request, parameters_);
        return Statement::known;
    }
    const bool right = work.request.wrong == core::Outcome::applied;
    if (mode == PostgresMode::check_then_act && work.step == Work::Step::begin && right && reserves(work.request.command)) {
        look_at(work.request, parameters_);
        return Statement::look;
    }
    work.place = Work::Place::sent;
    if (mode == PostgresMode::conditional_update && work.step == Work::Step::begin)
        if (const auto statement = at_once(work.request, parameters_)) return *statement;
    return statement_of(work.request, work.seen, parameters_);
}

void Pool::add_sockets(std::vector<pollfd>& to) {
    polled_.clear();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const Connection& connection = lines_[i].connection;
        if (connection.state() == Connection::State::closed) continue;
        polled_.push_back(i);
        to.push_back({connection.socket(), connection.events(), 0});
    }
}

void Pool::take(std::span<const pollfd> sockets) {
    const std::size_t first = sockets.size() - polled_.size();
    for (std::size_t i = 0; i < polled_.size(); ++i) {
        if (sockets[first + i].revents == 0) continue;
        advance(lines_[polled_[i]]);
    }
}

void Pool::advance(Line& line) {
    replies_.clear();
    line.connection.advance(replies_);
    const std::int64_t now = steady_now_ns();
    for (Reply& reply : replies_) handle(line, reply, now);
}

void Pool::handle(Line& line, Reply& reply, std::int64_t now) {
    if (reply.work == nullptr) return;
    Work& work = *reply.work;
    switch (reply.kind) {
        case Reply::Kind::value:
            return handle_value(line, work, reply, now);
        case Reply::Kind::nothing:
            return handle_nothing(line, work, reply, now);
        case Reply::Kind::failed:
            return handle_failure(line, work, reply, now);
        case Reply::Kind::lost:
            break;
    }
    give_up(work, Cause::unavailable, now);
    finish(work);
}

void Pool::handle_nothing(Line& line, Work& work, const Reply& reply, std::int64_t now) {
    if (work.told == Work::Told::yes) return finish(work);
    if (reply.statement == Statement::known) {
        // The transaction that had made the key is gone.
        work.step = Work::Step::begin;
        return try_again(work, now);
    }
    work.step = Work::Step::act;
    go_on(line, work);
}

// At once, ahead of what waits: the application is in the middle of it.
void Pool::go_on(Line& line, Work& work) {
    if (line.connection.ready()) return send(line, work);
    waiting_.push_front(&work);
    work.place = Work::Place::waits;
}

void Pool::handle_value(Line& line, Work& work, const Reply& reply, std::int64_t now) {
    if (reply.statement == Statement::look) {
        work.seen = reply.value == "t" ? Seen::enough : Seen::short_of;
        work.step = Work::Step::act;
        if (work.told == Work::Told::yes) return finish(work);
        return go_on(line, work);
    }
    const auto outcome = outcome_named(reply.value);
    LASTUNIT_ASSERT(outcome, "outcome " + reply.value);
    settle(work, *outcome == core::Outcome::applied ? Settled::applied : Settled::refused, Cause::outcome, *outcome, now);
    finish(work);
}

void Pool::handle_failure(Line& line, Work& work, const Reply& reply, std::int64_t now) {
    if (work.told == Work::Told::yes) return finish(work);
    if (reply.sqlstate == "23505" && line.connection.ready()) {
        // Whichever of the two is written first.
        if (reply.constraint == "holds_pkey" || reply.constraint == "hold_lines_pkey") {
            work.request.wrong = core::Outcome::hold_exists;
        } else {
            work.step = Work::Step::repeat;
        }
        return send(line, work);
    }
    const bool due = reply.sqlstate == "LU001";
    if (!due && reply.sqlstate != "23505" && !undone_by_another(reply.sqlstate)) {
        // A full disk, a read-only server, a schema that is gone: rolled back, and later may be better.
        problem_ = line.connection.problem();
        settle(work, Settled::refused, Cause::unavailable, {}, now);
        return finish(work);
    }
    work.step = Work::Step::begin;
    work.seen = Seen::enough;
    if (due && line.connection.ready()) {
        // Ends them first; the operation follows.
        parameters_.clear();
        line.connection.send(Statement::expire_due, parameters_, nullptr);
    }
    if (!due) ++shared_.rolled_back;
    try_again(work, now);
}

void Pool::try_again(Work& work, std::int64_t now) {
    if (++work.attempts >= kMostAttempts) {
        settle(work, Settled::refused, Cause::overloaded, {}, now);
        return finish(work);
    }
    const std::int64_t pause = std::min(kPauseFirst << std::min(work.attempts, 10U), kPauseMost);
    const auto share = static_cast<std::int64_t>(core::mix(++jitter_ + work.request.command.key.sequence) % 1024);
    work.place = Work::Place::waits;
    retries_.push({now + pause / 2 + pause * share / 2048, &work, work.serial});
}

// What was not sent, or only asked, is without effect; but a key that is known already had an effect some day, and its answer has
// not been read.
void Pool::give_up(Work& work, Cause cause, std::int64_t now) {
    const bool harmless = work.place != Work::Place::sent && work.step != Work::Step::repeat;
    settle(work, harmless ? Settled::refused : Settled::unknown, harmless ? cause : Cause::no_answer, {}, now);
}

void Pool::settle(Work& work, Settled settled, Cause cause, core::Outcome outcome, std::int64_t now) {
    if (work.told == Work::Told::yes) return;
    work.told = Work::Told::yes;
    completions_.push_back(
        {.tag = work.tag, .settled = settled, .cause = cause, .outcome = outcome, .sequence = 0, .at_ns = now});
}

void Pool::finish(Work& work) {
    const auto found = live_.find(&work);
    LASTUNIT_ASSERT(found != live_.end(), "an operation ended twice");
    done_.push_back(std::move(found->second));
    live_.erase(found);
}

}  // namespace lastunit::drivers::postgres
