#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {
namespace {

class Way : public std::enable_shared_from_this<Way> {
   public:
    Way(Runner& runner, const Steps& steps, std::shared_ptr<Actor> actor, WayOptions options,
        std::function<void(const WayResult&)> done)
        : runner_(runner), steps_(steps), actor_(std::move(actor)), options_(std::move(options)), done_(std::move(done)) {
        at_ = options_.from;
    }

    void next() {
        if (at_ >= options_.to) return end();
        if (!options_.gate || line_ > 0) return step();
        options_.gate(at_, [self = shared_from_this()] { self->step(); });
    }

   private:
    void step() {
        const StepPlan& plan = steps_[at_];
        StepFor about;
        about.line = plan.each == StepPlan::Each::line ? line_ : 0;
        runner_.run(plan, actor_, about,
                    [self = shared_from_this()](const StepResult& result, const Runner::Seen&) { self->answered(result); });
    }

    void answered(const StepResult& result) {
        result_.step = at_;
        result_.last = result;
        result_.answer = result.answer;
        if (result.answer != Answer::accepted) return end();
        const bool more = steps_[at_].each == StepPlan::Each::line && line_ + 1 < actor_->lines.size();
        line_ = more ? line_ + 1 : 0;
        if (!more) ++at_;
        next();
    }

    void end() {
        const auto done = std::move(done_);
        done_ = nullptr;
        options_.gate = nullptr;
        done(result_);
    }

    Runner& runner_;
    const Steps& steps_;
    const std::shared_ptr<Actor> actor_;
    WayOptions options_;
    std::function<void(const WayResult&)> done_;
    std::size_t at_ = 0, line_ = 0;
    WayResult result_;
};

}  // namespace

void run_steps(Runner& runner, const Steps& steps, const std::shared_ptr<Actor>& actor, WayOptions options,
               std::function<void(const WayResult&)> done) {
    std::make_shared<Way>(runner, steps, actor, std::move(options), std::move(done))->next();
}

}  // namespace lastunit::drivers::http
