#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {
namespace {

// Of (0, 1), the same for the same shopper and step: splitmix64.
double uniform(std::uint64_t shopper, std::size_t step) {
    std::uint64_t z = shopper * 0x9e3779b97f4a7c15ULL + step * 0xd1b54a32d192ed03ULL;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return (static_cast<double>((z ^ (z >> 31U)) >> 11U) + 0.5) * 0x1.0p-53;
}

class Way : public std::enable_shared_from_this<Way> {
   public:
    Way(Runner& runner, const Steps& steps, std::shared_ptr<Actor> actor, WayOptions options,
        std::function<void(const WayResult&)> done)
        : runner_(runner), steps_(steps), actor_(std::move(actor)), options_(std::move(options)), done_(std::move(done)) {
        at_ = options_.from;
    }

    void next() {
        if (at_ >= options_.to) return end();
        const StepPlan& plan = steps_[at_];
        if (options_.think == WayOptions::Think::no || !plan.think || line_ > 0) return thought();
        const Duration pause = plan.think->sample_time(uniform(actor_->number, at_));
        runner_.engine().after(pause, [self = shared_from_this()] { self->thought(); });
    }

   private:
    void thought() {
        if (!options_.gate || line_ > 0) return step();
        options_.gate(at_, [self = shared_from_this()] { self->step(); });
    }

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
        result_.lines = line_;
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
