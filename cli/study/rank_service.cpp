#include "cli/study/rank_service.hpp"

#include <optional>
#include <utility>

#include "cli/child.hpp"
#include "cli/study/kept_runs.hpp"

namespace lastunit::cli {
namespace {

// Speaks while it lives, and notices when rank 0 does not.
class Line {
   public:
    Line(Post& post, Letter::Kind kind, std::string text) : post_(post), kind_(kind), text_(std::move(text)) {}

    std::vector<Letter> listen() {
        const auto now = RankClock::now();
        if (now - spoke_ > kSignOfLife && post_.unsent() == 0) {
            post_.send(0, kind_, text_);
            spoke_ = now;
        }
        std::vector<Letter> come = post_.receive();
        if (!come.empty()) heard_ = now;
        return come;
    }
    bool orphaned() const { return RankClock::now() - heard_ > kOrphaned; }

   private:
    Post& post_;
    Letter::Kind kind_;
    std::string text_;
    RankClock::time_point spoke_ = {}, heard_ = RankClock::now();
};

std::optional<Leave> how_to_leave(const Letter& letter) {
    if (letter.kind == Letter::Kind::leave_together) return Leave::together;
    if (letter.kind == Letter::Kind::leave_alone) return Leave::alone;
    return std::nullopt;
}

}  // namespace

Leave serve(Post& post, const std::function<std::string(const std::string& task)>& work) {
    Line line(post, Letter::Kind::here, code_of_build() + " on " + post.machine());
    Children children;
    std::uint64_t round = 0;
    while (!line.orphaned()) {
        for (Letter& letter : line.listen()) {
            if (const auto leave = how_to_leave(letter)) return *leave;
            if (letter.kind == Letter::Kind::drop) children.end_all();
            if (letter.kind != Letter::Kind::task) continue;
            const Heading heading = take_heading(letter.bytes);
            if (heading.round != round) children.end_all();  // nobody waits for these any more
            round = heading.round;
            children.start(heading.task, [&] { return work(letter.bytes); });
        }
        for (const Children::Ended& ended : children.wait(children.running() > 0 ? kLookBusy_ms : kLook_ms)) {
            const bool failed = !ended.end.failure.empty();
            post.send(0, Letter::Kind::answer,
                      with_heading({round, ended.number, failed ? 1U : 0U}, failed ? ended.end.failure : ended.end.answer));
        }
    }
    return Leave::alone;
}

Leave stand_aside(Post& post, const std::string& why) {
    Line line(post, Letter::Kind::absent, why);
    while (!line.orphaned()) {
        for (const Letter& letter : line.listen())
            if (const auto leave = how_to_leave(letter)) return *leave;
        Children().wait(kLookBusy_ms);
    }
    return Leave::alone;
}

}  // namespace lastunit::cli
