#include "drivers/http/http_driver.hpp"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

#include "drivers/answered.hpp"
#include "drivers/http/desk.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/load/books_report.hpp"
#include "drivers/http/load/step_tally.hpp"

namespace lastunit::drivers {
namespace {

constexpr Duration kPatience = minutes(10);  // of a hook
constexpr Duration kSweepEvery = milliseconds(20);

}  // namespace

// What is below the engine's thread is its own, once it runs.
struct HttpDriver::Internals : std::enable_shared_from_this<Internals> {
    explicit Internals(std::shared_ptr<const http::Plan> given) : plan(std::move(given)), engine(http::engine_options(*plan)) {}

    // What is known of shoppers is of one preparation.
    void begin_anew() {
        read_back = false;
        tally = std::make_unique<http::StepTally>(*plan);
        stories = std::make_unique<http::StoryKeeper>(*plan, units, shop->skus().data());
        observers = std::make_unique<http::Observers>(std::vector<http::Observer*>{tally.get(), &stories->observer()});
        desk = std::make_unique<http::Desk>(*shop, *stories);
        shop->runner().observe(observers.get());
    }
    void start() {
        thread = std::thread([this] { engine.run(); });
        engine.post([this] { sweep(); });
    }
    void sweep() {
        if (desk) desk->sweep(steady_now_ns());
        engine.after(kSweepEvery, [this] { sweep(); });
    }
    // Done by the engine's thread, waited for here.
    template <class Result> Result wait(const std::function<void(std::function<void(Result)>)>& begin) {
        const auto promise = std::make_shared<std::promise<Result>>();
        auto future = promise->get_future();
        engine.post([begin, promise] { begin([promise](Result result) { promise->set_value(std::move(result)); }); });
        if (future.wait_for(std::chrono::microseconds(kPatience.us)) != std::future_status::ready)
            throw DriverError(plan->name + ": no end after 10 minutes");
        return future.get();
    }
    void fail(const std::string& problem) const {
        if (!problem.empty()) throw DriverError(plan->name + ": " + http::masked(problem, plan->secrets));
    }
    http::Books books() {
        using Read = std::pair<std::string, http::Books>;
        Read read = wait<Read>([this](std::function<void(Read)> done) {
            shop->read_back([done](const std::string& problem, http::Books found) { done({problem, std::move(found)}); });
        });
        fail(read.first);
        return std::move(read.second);
    }

    const std::shared_ptr<const http::Plan> plan;
    http::Engine engine;
    InitialStock stock;
    std::vector<std::int64_t> units;  // by SKU, as set up
    http::Books before, after;
    bool prepared = false;   // or about to be
    bool read_back = false;  // `after` is what the shop says
    std::unique_ptr<http::StepTally> tally;
    std::unique_ptr<http::StoryKeeper> stories;
    std::unique_ptr<http::Observers> observers;
    std::unique_ptr<http::Shop> shop;
    std::unique_ptr<http::Desk> desk;
    std::thread thread;
};

namespace {

class HttpSession : public Session {
   public:
    explicit HttpSession(std::shared_ptr<HttpDriver::Internals> driver) : driver_(std::move(driver)) {}

    void submit(std::span<const Operation> operations) override {
        std::vector<http::Errand> errands;
        errands.reserve(operations.size());
        for (const Operation& operation : operations)
            errands.push_back({operation, {operation.command.lines.begin(), operation.command.lines.end()}});
        in_flight_ += errands.size();
        driver_->engine.post([driver = driver_.get(), answers = answers_, errands = std::move(errands)]() mutable {
            for (http::Errand& errand : errands)
                driver->desk->take(std::move(errand), [answers](const Completion& completion) { answers->add(completion); });
        });
    }
    std::size_t poll(std::vector<Completion>& out, Duration at_most) override {
        const std::size_t count = answers_->take(out, at_most);
        in_flight_ -= count;
        return count;
    }
    std::size_t in_flight() const override { return in_flight_; }

   private:
    const std::shared_ptr<HttpDriver::Internals> driver_;
    const std::shared_ptr<Answered> answers_ = std::make_shared<Answered>();
    std::size_t in_flight_ = 0;
};

}  // namespace

HttpDriver::HttpDriver(std::shared_ptr<const http::Plan> plan) : internals_(std::make_shared<Internals>(std::move(plan))) {
    internals_->start();
}

HttpDriver::~HttpDriver() {
    internals_->engine.stop();
    internals_->thread.join();
}

std::string HttpDriver::target() const { return "http:" + internals_->plan->name; }

Contract HttpDriver::contract() const {
    const http::Plan& plan = *internals_->plan;
    Contract out{Contract::Stock::pooled, plan.hold_reserves ? Contract::Holds::reserve : Contract::Holds::check};
    if (plan.hold_reserves && plan.hold != plan.promise) out.hold_lives = plan.hold_lives;  // what is bought stays
    return out;
}

bool HttpDriver::supports(core::CommandKind kind) const {
    using core::CommandKind;
    if (kind == CommandKind::deallocate) return !internals_->plan->cancel.empty();
    return kind == CommandKind::hold || kind == CommandKind::extend || kind == CommandKind::confirm ||
           kind == CommandKind::release || kind == CommandKind::allocate || kind == CommandKind::advance;
}

void HttpDriver::prepare(const InitialStock& stock) {
    const std::size_t nodes = stock.shape.nodes.size();
    std::vector<std::int64_t> units(stock.shape.skus.size());
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) units[cell / nodes] += stock.units[cell];
    Internals& driver = *internals_;
    // The desk and the shop may be under way for sessions already.
    if (std::exchange(driver.prepared, true)) throw std::logic_error("HttpDriver::prepare() is called once");
    driver.stock = stock;
    driver.units = units;
    driver.fail(driver.wait<std::string>([&](std::function<void(std::string)> done) {
        driver.shop = std::make_unique<http::Shop>(driver.engine, driver.plan, http::new_run_name(), stock.shape.skus);
        driver.begin_anew();
        driver.shop->set_up(driver.units, done);
    }));
    if (driver.plan->read_back.empty()) return;
    driver.before = driver.books();
    for (const auto& [sku, counter] : driver.before.counters)
        if (counter.available && *counter.available != units[sku.value])
            driver.fail("after set-up " + stock.shape.skus[sku.value] + " has " + std::to_string(*counter.available) +
                        " units available, not " + std::to_string(units[sku.value]) +
                        ": the flow's `set_up` has to allow for what was taken before");
}

std::unique_ptr<Session> HttpDriver::open() {
    if (!internals_->desk) throw DriverError(target() + ": is prepared by the run that loads it: leave out --no-prepare");
    return std::make_unique<HttpSession>(internals_);
}

Completion HttpDriver::resolve(const Operation& operation, Duration at_most) {
    return repeat_until_known(*this, operation, at_most);
}

FinalState HttpDriver::read_back() {
    if (!internals_->desk) throw DriverError(target() + ": is prepared by the run that loads it: leave out --no-prepare");
    Internals& driver = *internals_;
    if (driver.plan->read_back.empty()) throw DriverError(target() + ": the flow has no `read_back`");
    std::this_thread::sleep_for(std::chrono::microseconds(driver.plan->settle.us));
    if (when_settled) when_settled();
    driver.after = driver.books();
    driver.read_back = true;
    return driver.wait<FinalState>(
        [&](std::function<void(FinalState)> done) { done(driver.desk->final_state(driver.after, driver.stock)); });
}

void HttpDriver::fill(model::LoadReport& report) {
    Internals& driver = *internals_;
    if (!driver.tally) return;
    driver.wait<bool>([&](const std::function<void(bool)>& done) {
        driver.tally->fill(report);
        if (driver.read_back)
            *report.mutable_shop_books() =
                http::books_report(*driver.desk, *driver.shop, *driver.stories, driver.before, driver.after, driver.units);
        done(true);
    });
}

}  // namespace lastunit::drivers
