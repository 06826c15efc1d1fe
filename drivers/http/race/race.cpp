#include "drivers/http/race/race.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "drivers/driver.hpp"
#include "drivers/http/encoding.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/identities.hpp"
#include "drivers/http/race/judge.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr auto kThink = WayOptions::Think::yes;
constexpr std::size_t kKeptOfReason = 600;  // bytes
constexpr std::size_t kPreparedAtOnce = 4;  // on their way to a gate
constexpr Duration kLag = seconds(2);       // of a counter behind set-up, at most; or `settle`
constexpr Duration kReadAgain = milliseconds(200);

// At most so many at a time; what is begun says when it is over.
class Turns {
   public:
    void let(std::size_t at_once) {
        at_once_ = at_once;
        next();
    }
    void ask(std::function<void()> begin) {
        waiting_.push_back(std::move(begin));
        next();
    }
    void over() {
        --running_;
        next();
    }

   private:
    void next() {
        while (running_ < at_once_ && !waiting_.empty()) {
            const auto begin = std::move(waiting_.front());
            waiting_.pop_front();
            ++running_;
            begin();
        }
    }
    std::size_t at_once_ = 0, running_ = 0;
    std::deque<std::function<void()>> waiting_;
};

class Race {
   public:
    Race(const std::shared_ptr<const Plan>& plan, const RaceOptions& options)
        : engine_(engine_options(*plan)), shop_(engine_, plan, options.run, {options.sku}), recorder_(*plan) {
        run_.options = options;
        run_.hold_reserves = plan->hold_reserves;
        shop_.runner().observe(&recorder_);
    }

    RaceRun run() {
        std::string problem;
        if (!wait([&](auto done) {
                shop_.set_up({run_.options.units}, [&, done](const std::string& wrong) { problem = wrong, done(); });
            }))
            problem = "set_up: no end";
        if (problem.empty()) problem = read_before();
        if (!problem.empty()) return failed(problem);
        if (run_.options.opens) run_.options.opens();
        if (!wait([&](auto done) { all_ = done, start(); })) return failed("the shoppers: no end");
        if (problem = nobody_came(); !problem.empty()) return failed(problem);
        wait([&](auto done) { engine_.after(shop_.plan().settle, done); });
        if (run_.options.closes) run_.options.closes();
        if (problem = read(run_.after); !problem.empty()) return failed(problem);
        if (problem = same_identity(); !problem.empty()) return failed(problem);
        run_.seconds = static_cast<double>(recorder_.last_ns() - recorder_.first_ns()) / 1e9;
        for (RaceShopper& shopper : run_.shoppers)
            std::stable_sort(shopper.events.begin(), shopper.events.end(),
                             [](const RaceEvent& a, const RaceEvent& b) { return a.sent_us < b.sent_us; });
        if (problem = look_again(); !problem.empty()) return failed(problem);
        if (problem = nobodys_orders(run_); !problem.empty()) return failed(problem);
        return std::move(run_);
    }

   private:
    bool wait(const std::function<void(std::function<void()>)>& begin) {
        const auto over = std::make_shared<bool>(false);
        begin([over] { *over = true; });
        return engine_.run_until([over] { return *over; }, run_.options.patience);
    }
    std::string read(Books& books) {
        std::string problem = "read_back: no end";
        wait([&](auto done) {
            shop_.read_back(
                [&, done](const std::string& wrong, Books found) { problem = wrong, books = std::move(found), done(); });
        });
        return problem;
    }
    // The counter that everything is measured by has to be what set-up put there. A copy of it may lag behind for a moment.
    std::string read_before() {
        const std::int64_t until_ns = steady_now_ns() + std::max(shop_.plan().settle.us, kLag.us) * 1000;
        for (;;) {
            if (const std::string problem = read(run_.before); !problem.empty()) return problem;
            const auto found = run_.before.counters.find(Sku(0));
            if (shop_.plan().set_up.empty() || found == run_.before.counters.end() || !found->second.available) return "";
            if (*found->second.available == run_.options.units) return "";
            if (steady_now_ns() > until_ns)
                return "after set-up " + run_.options.sku + " has " + std::to_string(*found->second.available) +
                       " units available, not " + std::to_string(run_.options.units) +
                       ": the flow's `set_up` has to allow for what was taken before";
            wait([&](auto done) { engine_.after(kReadAgain, done); });
        }
    }
    // What commits late is not missing.
    std::string look_again() {
        const std::int64_t missed = later_books_may_mend(judge(run_));
        if (missed == 0) return "";
        const Duration wait_for{std::max(shop_.plan().settle.us, run_.options.look_again.us)};
        wait([&](auto done) { engine_.after(wait_for, done); });
        run_.after = {};
        const std::string problem = read(run_.after);
        if (problem.empty()) run_.late_units = std::max<std::int64_t>(0, missed - later_books_may_mend(judge(run_)));
        return problem;
    }
    RaceRun failed(const std::string& problem) {
        run_.problem = problem;
        return std::move(run_);
    }

    void start() {
        const std::size_t count = run_.options.shoppers;
        const bool one_by_one = run_.options.gate && run_.options.at_once == 1;
        run_.shoppers.resize(count);
        left_ = to_gate_ = count;
        for (std::size_t i = 0; i < count; ++i) {
            run_.shoppers[i].number = i + 1;
            before_.ask([this, i] { begin(i); });
        }
        after_.let(0);
        before_.let(run_.options.gate ? (one_by_one ? 1 : kPreparedAtOnce) : at_once());
        if (count == 0) all_();
    }
    std::size_t at_once() const { return run_.options.at_once == 0 ? run_.options.shoppers : run_.options.at_once; }

    void begin(std::size_t i) {
        RaceShopper& told = run_.shoppers[i];
        const auto actor = shop_.shopper(told.number, {{shop_.skus().data(), run_.options.quantity}});
        told.identity = lower_case(shop_.runner().identity(*actor));
        recorder_.follow(*actor, &told.events, 1);
        kept_.push_back(actor);
        const std::size_t split = run_.options.gate.value_or(0);
        if (!run_.options.gate) return finish(i, actor, 0, [this] { before_.over(); });
        run_steps(shop_.runner(), shop_.plan().steps, actor, {.from = 0, .to = split, .gate = {}, .think = kThink},
                  [this, i, actor, split](const WayResult& way) {
                      if (way.answer != Answer::accepted) {
                          note(i, actor, way);
                          at_gate();
                          before_.over();
                          return end();
                      }
                      after_.ask([this, i, actor, split] { finish(i, actor, split, [this] { after_.over(); }); });
                      at_gate();
                      before_.over();
                  });
    }

    void at_gate() {
        if (--to_gate_ == 0) after_.let(at_once());
    }

    // From a step on to the end, with what is done twice.
    void finish(std::size_t i, const std::shared_ptr<Actor>& actor, std::size_t from, std::function<void()> over) {
        const std::size_t promise = shop_.plan().promise;
        const Twice twice = run_.options.twice;
        const std::size_t doubled = twice == Twice::repeat_submit ? run_.options.twice_step : promise;
        const bool splits = twice == Twice::same_cart || twice == Twice::cancel_and_pay || twice == Twice::repeat_submit;
        const auto ended = [this, i, actor, over = std::move(over)](const WayResult& way) {
            note(i, actor, way);
            webhooks(i, actor, [this, over] {
                over();
                end();
            });
        };
        if (!splits || doubled > promise)
            return run_steps(shop_.runner(), shop_.plan().steps, actor,
                             {.from = from, .to = promise + 1, .gate = {}, .think = kThink}, ended);
        run_steps(shop_.runner(), shop_.plan().steps, actor,
                  {.from = from, .to = std::max(from, doubled), .gate = {}, .think = kThink},
                  [this, i, actor, doubled, ended](const WayResult& way) {
                      if (way.answer != Answer::accepted) return ended(way);
                      both(i, actor, doubled, ended);
                  });
    }

    // The same actor once more, as it is now: another device, or the second of two clicks.
    std::shared_ptr<Actor> second_device(std::size_t i, const std::shared_ptr<Actor>& actor) {
        auto second = std::make_shared<Actor>(*actor);
        recorder_.follow(*second, &run_.shoppers[i].events, 2);
        kept_.push_back(second);
        return second;
    }

    // What two devices were told together: that it is bought, by either; else nothing for certain where either had no last word.
    WayResult of_two(std::size_t i, const WayResult& first, const std::optional<WayResult>& second, std::size_t step) {
        RaceShopper& shopper = run_.shoppers[i];
        bool open = false;
        for (const WayResult* way : {&first, second ? &*second : nullptr}) {
            if (way == nullptr) continue;
            if (way->answer == Answer::accepted && step == shop_.plan().promise) ++shopper.acceptances;
            Told alone;
            alone.note(shop_.plan(), *way);
            if (alone.lost) shopper.lost = true;  // for good: what the other was told may be about what this one bought
            if (way == &first) open = alone.open();
            if (way != &first && first.answer != Answer::accepted && (way->answer == Answer::accepted || (alone.open() && !open)))
                return *way;
        }
        return first;
    }

    void both(std::size_t i, const std::shared_ptr<Actor>& actor, std::size_t step,
              const std::function<void(const WayResult&)>& ended) {
        struct Two {
            int left = 2;
            std::optional<WayResult> first, second;  // none: it is not over, or cancels
        };
        const auto two = std::make_shared<Two>();
        const auto second = second_device(i, actor);
        const bool cancels = run_.options.twice == Twice::cancel_and_pay;
        const std::size_t after = run_.options.twice == Twice::same_cart ? shop_.plan().promise + 1 : step + 1;
        const auto one_over = [this, i, actor, step, two, ended] {
            if (--two->left > 0) return;
            const WayResult decides = of_two(i, *two->first, two->second, step);
            if (step >= shop_.plan().promise || decides.answer != Answer::accepted) return ended(decides);
            run_steps(shop_.runner(), shop_.plan().steps, actor,
                      {.from = step + 1, .to = shop_.plan().promise + 1, .gate = {}, .think = kThink}, ended);
        };
        run_steps(shop_.runner(), shop_.plan().steps, actor, {.from = step, .to = after, .gate = {}, .think = kThink},
                  [two, one_over](const WayResult& way) { two->first = way, one_over(); });
        if (!cancels)
            return run_steps(shop_.runner(), shop_.plan().steps, second, {.from = step, .to = after, .gate = {}, .think = kThink},
                             [two, one_over](const WayResult& way) { two->second = way, one_over(); });
        run_steps(shop_.runner(), shop_.plan().cancel, second,
                  {.from = 0, .to = shop_.plan().cancel.size(), .gate = {}, .think = kThink},
                  [this, i, one_over](const WayResult& way) {
                      run_.shoppers[i].cancelled = way.answer == Answer::accepted;
                      run_.shoppers[i].may_be_cancelled = may_be_cancelled(run_.shoppers[i], way);
                      one_over();
                  });
    }

    // Unless each of its tries was answered, and none by what could have cancelled: "already cancelled" after a try without an
    // answer is no refusal. Of several steps the first ones may have cancelled already.
    static bool may_be_cancelled(const RaceShopper& shopper, const WayResult& way) {
        if (way.answer == Answer::accepted || way.step > 0) return true;
        const auto unanswered = [](const RaceEvent& event) { return event.device == 2 && event.status == 0; };
        const bool sent = way.last.problem != Response::Problem::not_sent;
        return (way.answer == Answer::unknown && sent) || std::any_of(shopper.events.begin(), shopper.events.end(), unanswered);
    }

    void webhooks(std::size_t i, const std::shared_ptr<Actor>& actor, std::function<void()> over) {
        const Steps& hooks = shop_.plan().webhooks;
        if (run_.shoppers[i].told != Answer::accepted || hooks.empty()) return over();
        const bool doubled = run_.options.twice == Twice::duplicate_webhook;
        const auto left = std::make_shared<int>(doubled ? 2 : 1);
        // Of a webhook that comes twice one acceptance is enough: "seen before" is no refusal.
        const auto refused = std::make_shared<std::vector<std::size_t>>();
        const auto one = [this, i, doubled, left, refused, over = std::move(over)](const WayResult& way) {
            if (way.answer != Answer::accepted) refused->push_back(way.step);
            if (--*left > 0) return;
            const bool other = doubled && refused->size() == 1 && refused->front() == run_.options.twice_step;
            run_.shoppers[i].unconfirmed = !refused->empty() && !other;
            over();
        };
        if (doubled) {
            const std::size_t step = run_.options.twice_step;
            run_steps(shop_.runner(), hooks, second_device(i, actor), {.from = step, .to = step + 1, .gate = {}, .think = kThink},
                      one);
        }
        run_steps(shop_.runner(), hooks, actor, {.from = 0, .to = hooks.size(), .gate = {}, .think = kThink}, one);
    }

    // What steps have found may be part of the identity: it is known when the promise has been made.
    void note(std::size_t i, const std::shared_ptr<Actor>& actor, const WayResult& way) {
        RaceShopper& shopper = run_.shoppers[i];
        shopper.note(shop_.plan(), way);
        shopper.identity = lower_case(shop_.runner().identity(*actor));
        // The one place where a report's reasons come from: a template that gave no URL quotes what it gave.
        shopper.why = one_line(masked(shopper.why, shop_.plan().secrets), kKeptOfReason);
        shopper.passed_a_step = way.step > 0 || way.answer == Answer::accepted;
        const std::size_t hold = shop_.plan().hold;
        shopper.passed_hold = way.step > hold || (way.step == hold && way.answer == Answer::accepted);
        const bool reached = shopper.passed_a_step || way.last.problem != Response::Problem::not_sent;
        if (reached) reached_ = true;
    }
    // A race whose shoppers never got through proves nothing of the shop.
    std::string nobody_came() const {
        if (reached_ || run_.shoppers.empty()) return "";
        const RaceShopper& one = run_.shoppers.front();
        return "none of the shoppers reached the shop: " + one.last_step + ": " + one.why;
    }

    // Orders of two who are one in the books would be the one's alone.
    std::string same_identity() const {
        std::map<std::string, std::uint64_t> known;
        for (const RaceShopper& one : run_.shoppers) {
            if (!one.promised || !run_.after.has_orders) continue;
            const auto [at, first] = known.emplace(one.identity, one.number);
            if (!first) return http::same_identity(shop_.plan(), at->second, one.number, one.identity);
        }
        return "";
    }

    void end() {
        if (--left_ == 0) all_();
    }

    Engine engine_;
    Shop shop_;
    WireRecorder recorder_;
    RaceRun run_;
    Turns before_, after_;  // the gate
    std::size_t left_ = 0, to_gate_ = 0;
    bool reached_ = false;                      // by anybody
    std::vector<std::shared_ptr<Actor>> kept_;  // followed by their address: not to be given to another
    std::function<void()> all_;
};

}  // namespace

RaceRun run_race(const std::shared_ptr<const Plan>& plan, const RaceOptions& options) { return Race(plan, options).run(); }

}  // namespace lastunit::drivers::http
