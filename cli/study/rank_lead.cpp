#include "cli/study/rank_lead.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>
#include <utility>

#include "cli/stop.hpp"
#include "cli/study/kept_runs.hpp"

namespace lastunit::cli {
namespace {

constexpr auto kAway = std::chrono::milliseconds(500);
constexpr auto kLastWords = std::chrono::seconds(2);  // for the goodbyes to go out, when one goes to a rank that is dead

}  // namespace

struct RankLead::Round {
    const CrewPlan& plan;
    std::uint64_t number;
    std::vector<Worked> out;
    Children own = {};

    void done(std::size_t task, ChildEnd&& end) {
        out[task] = worked_of(std::move(end), plan.repeat_command(task));
        if (plan.on_done) plan.on_done(task, out[task]);
        out[task].answer = std::string();  // told, not returned
    }
};

struct RankLead::Beacon {
    explicit Beacon(Post& post) : light([this, &post] { shine(post); }) {}
    ~Beacon() {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            over = true;
        }
        end.notify_all();
        light.join();
    }
    Beacon(const Beacon&) = delete;
    Beacon& operator=(const Beacon&) = delete;

    void shine(Post& post) {
        std::unique_lock<std::mutex> lock(mutex);
        while (!end.wait_for(lock, kSignOfLife, [this] { return over; }))
            for (std::size_t rank = 1; rank < post.ranks(); ++rank) post.send(rank, Letter::Kind::here, {});
    }

    std::mutex mutex;
    std::condition_variable end;
    bool over = false;
    std::thread light;
};

RankLead::RankLead(Post& post)
    : post_(post), hands_(post.ranks(), kSilence), seen_(post.ranks()), beacon_(std::make_unique<Beacon>(post)) {}

RankLead::~RankLead() = default;

std::vector<Worked> RankLead::work(const CrewPlan& plan) {
    const StopSignals signals;
    Round round{plan, ++rounds_, std::vector<Worked>(plan.tasks.size(), Worked{{}, {}, true})};
    hands_.begin(plan.tasks.size());
    while (!hands_.all_done()) {
        if (StopSignals::requested()) {
            say_to_all(Letter::Kind::drop);
            break;
        }
        read_post(&round);
        look_for_the_lost();
        hand_out(round);
        for (Children::Ended& ended : round.own.wait(kLook_ms))
            if (hands_.answered(0, ended.number)) round.done(ended.number, std::move(ended.end));
    }
    return std::move(round.out);
}

// A lost rank that is heard again is there again.
void RankLead::read_post(Round* round) {
    static const std::string code = code_of_build();
    for (Letter& letter : post_.receive()) {
        Seen& seen = seen_[letter.from];
        seen.last = RankClock::now();
        seen.lost = false;
        if (letter.kind == Letter::Kind::here) {
            const std::size_t on = std::min(letter.bytes.find(" on "), letter.bytes.size());
            seen.machine = letter.bytes.substr(on);
            // It would make other runs, to be kept under our name.
            if (letter.bytes.substr(0, on) != code) stands_aside(letter.from, "it is another build", round);
        }
        if (letter.kind == Letter::Kind::absent) stands_aside(letter.from, letter.bytes, round);
        if (seen.absent) continue;
        hands_.heard(letter.from, seen.last);
        if (letter.kind == Letter::Kind::answer && round != nullptr) take(*round, letter.from, letter);
    }
}

// Said once, and not without a round: rank 0 has then said itself what is wrong, or needs nobody.
void RankLead::stands_aside(std::size_t rank, const std::string& why, const Round* round) {
    if (!std::exchange(seen_[rank].absent, true)) seen_[rank].why = why;
    if (round == nullptr || seen_[rank].why.empty()) return;
    std::fprintf(stderr, "lastunit: %s takes no part: %s\n", name(rank).c_str(), why.c_str());
    seen_[rank].why.clear();
}

void RankLead::take(Round& round, std::size_t rank, Letter& letter) {
    const Heading heading = take_heading(letter.bytes);
    if (heading.round != round.number || !hands_.answered(rank, heading.task)) return;
    ChildEnd end;
    (heading.failed == 0 ? end.answer : end.failure) = std::move(letter.bytes);
    round.done(heading.task, std::move(end));
}

void RankLead::hand_out(Round& round) {
    const std::size_t at_once = std::max(1U, round.plan.at_once);
    for (std::size_t rank = 1; rank < post_.ranks(); ++rank)
        while (const auto task = hands_.next_for(rank, at_once))
            post_.send(rank, Letter::Kind::task, with_heading({round.number, *task, 0}, round.plan.tasks[*task]));
    while (const auto task = hands_.next_for(0, at_once))
        round.own.start(*task, [&] { return round.plan.work(round.plan.tasks[*task]); });
}

void RankLead::look_for_the_lost() {
    const auto now = RankClock::now();
    if (now - looked_ > kAway) hands_.excuse(now - looked_);  // this process was busy: what they said may not be read yet
    looked_ = now;
    for (const HandOut::Loss& loss : hands_.lose_silent(now)) {
        seen_[loss.rank].lost = true;
        std::fprintf(stderr, "lastunit: %s is lost; %zu of its runs are done by others\n", name(loss.rank).c_str(), loss.tasks);
    }
}

void RankLead::say_to_all(Letter::Kind kind) {
    for (std::size_t rank = 1; rank < post_.ranks(); ++rank) post_.send(rank, kind, {});
}

std::string RankLead::name(std::size_t rank) const { return "rank " + std::to_string(rank) + seen_[rank].machine; }

// Each is heard once more, or has had its time.
Leave RankLead::say_goodbye() {
    const auto began = RankClock::now();
    const auto silent = [&](const Seen& one) { return one.last <= began; };
    const auto awaited = [&](const Seen& one) {
        const bool arrived = one.last != RankClock::time_point{};
        return silent(one) && !one.lost &&
               RankClock::now() - began < (arrived ? RankClock::duration(kSilence) : RankClock::duration(kArrival));
    };
    while (std::any_of(seen_.begin() + 1, seen_.end(), awaited)) {
        read_post(nullptr);
        std::this_thread::sleep_for(std::chrono::milliseconds(kLook_ms));
    }
    beacon_.reset();
    const bool all = std::none_of(seen_.begin() + 1, seen_.end(), silent);
    say_to_all(all ? Letter::Kind::leave_together : Letter::Kind::leave_alone);
    for (const auto said = RankClock::now(); post_.unsent() > 0 && RankClock::now() - said < kLastWords;) {
        read_post(nullptr);
        std::this_thread::sleep_for(std::chrono::milliseconds(kLook_ms));
    }
    return all ? Leave::together : Leave::alone;
}

}  // namespace lastunit::cli
