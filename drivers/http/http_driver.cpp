#include "drivers/http/http_driver.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

#include "drivers/answered.hpp"
#include "drivers/http/desk.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/load/begins_with.hpp"
#include "drivers/http/load/books_report.hpp"
#include "drivers/http/load/part.hpp"
#include "drivers/http/load/step_tally.hpp"

namespace lastunit::drivers {
namespace {

constexpr Duration kPatience = minutes(10);  // of a hook
constexpr Duration kLookAgain = seconds(3);  // after books in which something is missing, at least
constexpr Duration kSweepEvery = milliseconds(20);
constexpr const char* kNoCounters =
    "the flow's `read_back` reads no counters, so that nobody can see what the shop begins with: let `lastunit prepare "
    "--prepared FILE` do it, and hand that file on";

// Of those who begin together and were not handed a name: the same in all, by splitmix64, so that starts a microsecond apart have
// names apart.
std::string run_name(HttpShare share) {
    if (share.start_unix_us == 0) return http::new_run_name();
    auto state = static_cast<std::uint64_t>(share.start_unix_us);
    std::string name;
    for (int i = 0; i < 8; ++i) {
        std::uint64_t h = (state += 0x9e3779b97f4a7c15ULL);
        h = (h ^ (h >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        h = (h ^ (h >> 27U)) * 0x94d049bb133111ebULL;
        name += "abcdefghjkmnpqrstuvwxyz23456789"[(h ^ (h >> 31U)) % 31];
    }
    return name;
}

std::vector<std::int64_t> by_sku(const InitialStock& stock) {
    const std::size_t nodes = stock.shape.nodes.size();
    std::vector<std::int64_t> units(stock.shape.skus.size());
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) units[cell / nodes] += stock.units[cell];
    return units;
}

std::int64_t unix_us_at(std::int64_t steady_ns) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count() - (steady_now_ns() - steady_ns) / 1000;
}

}  // namespace

// What is below the engine's thread is its own, once it runs.
struct HttpDriver::Internals : std::enable_shared_from_this<Internals> {
    Internals(std::shared_ptr<const http::Plan> given, HttpShare shared)
        : plan(std::move(given)), share(shared), engine(http::engine_options(*plan)) {}

    // The one preparation that there is.
    void open(const InitialStock& begins_with, const std::string& run) {
        stock = begins_with;
        units = by_sku(stock);
        shop = std::make_unique<http::Shop>(engine, plan, run, stock.shape.skus);
        begin_anew();
    }
    // The desk and the shop may be under way for sessions already.
    void once() {
        if (std::exchange(prepared, true)) throw std::logic_error("a shop is prepared, attached or joined once");
    }

    // What is known of shoppers is of one preparation.
    void begin_anew() {
        read_back = false;
        tally = std::make_unique<http::StepTally>(*plan);
        std::vector<std::int64_t> own = units;
        for (std::int64_t& one : own) one = (one + share.of - 1) / share.of;
        stories = std::make_unique<http::StoryKeeper>(*plan, own, shop->skus().data());
        observers = std::make_unique<http::Observers>(std::vector<http::Observer*>{tally.get(), &stories->observer()});
        desk = std::make_unique<http::Desk>(*shop, *stories, http::Numbering{share.part + std::uint64_t{1}, share.of});
        shop->runner().observe(observers.get());
    }
    void start() {
        thread = std::thread([this] { engine.run(); });
        engine.post([this] { sweep(); });
    }
    void sweep() {
        if (desk) {
            desk->sweep(steady_now_ns());
            refuse(desk->problem());
        }
        engine.after(kSweepEvery, [this] { sweep(); });
    }
    void refuse(const std::string& why) {
        if (why.empty() || refused) return;
        why_refused = plan->name + ": " + why;
        refused.store(true, std::memory_order_release);
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
    void done_by_shop(const std::function<void(http::Shop::Done)>& what) {
        fail(wait<std::string>([&](std::function<void(std::string)> done) { what(std::move(done)); }));
    }
    void read_before() {
        const std::int64_t begin_ns = steady_now_ns();
        before = books();
        reading_s = static_cast<double>(steady_now_ns() - begin_ns) / 1e9;
    }
    http::Books books() {
        using Read = std::pair<std::string, http::Books>;
        Read read = wait<Read>([this](std::function<void(Read)> done) {
            shop->read_back([done](const std::string& problem, http::Books found) { done({problem, std::move(found)}); });
        });
        fail(read.first);
        return std::move(read.second);
    }

    http::Customers customers() const { return joined ? joined->customers : desk->customers(); }
    const std::vector<http::WireEvent>* story_of(std::uint64_t shopper) const {
        if (!joined) return stories->of(shopper);
        const auto found = joined->stories.find(shopper);
        return found == joined->stories.end() ? nullptr : &found->second;
    }
    // `what` is asked of this run's shoppers.
    template <class What> auto of_customers(const What& what) const {
        const http::Customers all = customers();
        const auto story = [this](std::uint64_t shopper) { return story_of(shopper); };
        return what(http::ShopCustomers{*plan, stock.shape.skus, units, all, story});
    }
    model::ShopBooks judged() const {
        return of_customers([this](const http::ShopCustomers& all) {
            return http::books_report(all, before, after, earlier ? &*earlier : nullptr);
        });
    }
    std::string nobodys_orders() const {
        return of_customers([this](const http::ShopCustomers& all) { return http::nobodys_orders(all, before, after); });
    }
    // What commits late is not missing, and what changes while books are read is not lost.
    void look_again() {
        const bool may_be_mended =
            wait<bool>([&](const std::function<void(bool)>& done) { done(http::later_books_may_mend(judged())); });
        if (!may_be_mended) return;
        std::this_thread::sleep_for(std::chrono::microseconds(std::max(plan->settle.us, kLookAgain.us)));
        earlier = std::move(after);
        after = books();
    }
    lastunit::shop::Prepared handed() const {
        return http::prepared_of(*plan, shop->runner().name(), stock.shape.skus, shop->found());
    }
    // Orders that were there before the first shopper came are nobody's of this run.
    std::string ordered_before() const {
        const http::Customers all = customers();
        std::unordered_map<std::string_view, std::uint64_t> numbers;
        for (const http::Customer& one : all) numbers.emplace(one.identity, one.number);
        for (const http::Books::Line& line : before.orders)
            if (const auto found = numbers.find(line.shopper); !line.shopper.empty() && found != numbers.end())
                return "identity: shopper " + std::to_string(found->second) + ", `" + http::masked(line.shopper, plan->secrets) +
                       "`, had an order in the books before the run began: " + plan->identity.written() +
                       " has to be another one in every run, such as {{unique.email}}";
        return "";
    }

    const std::shared_ptr<const http::Plan> plan;
    const HttpShare share;
    http::Engine engine;
    InitialStock stock;
    std::vector<std::int64_t> units;  // by SKU, as set up
    http::Books before, after;
    std::optional<http::Books> earlier;  // `after` was read twice: the first time
    double reading_s = 0;                // of `before`
    std::optional<http::Joined> joined;  // absent: the desk's own shoppers are all there are
    bool prepared = false;               // or about to be
    std::atomic<bool> refused = false;
    std::string why_refused;  // written before `refused` is set, never again
    bool read_back = false;   // `after` is what the shop says
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

HttpDriver::HttpDriver(std::shared_ptr<const http::Plan> plan, HttpShare share)
    : internals_(std::make_shared<Internals>(std::move(plan), share)) {
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
    if (kind == CommandKind::release) return http::cancels_carts(*internals_->plan) || !internals_->plan->hold_reserves;
    return kind == CommandKind::hold || kind == CommandKind::extend || kind == CommandKind::confirm ||
           kind == CommandKind::allocate || kind == CommandKind::advance;
}

void HttpDriver::prepare(const InitialStock& stock) {
    Internals& driver = *internals_;
    driver.once();
    driver.done_by_shop([&](const http::Shop::Done& done) {
        driver.open(stock, run_name(driver.share));
        driver.shop->set_up(driver.units, done);
    });
    if (driver.plan->read_back.empty()) return;
    driver.read_before();
    for (const auto& [sku, counter] : driver.before.counters)
        if (counter.available && *counter.available != driver.units[sku.value])
            driver.fail("after set-up " + stock.shape.skus[sku.value] + " has " + std::to_string(*counter.available) +
                        " units available, not " + std::to_string(driver.units[sku.value]) +
                        ": the flow's `set_up` has to allow for what was taken before");
}

void HttpDriver::attach(const InitialStock& stock, const std::string& prepared) {
    Internals& driver = *internals_;
    driver.once();
    const bool by_hand = prepared.empty();
    lastunit::shop::Prepared handed;
    if (!handed.ParseFromString(prepared)) throw DriverError("this is not what `lastunit prepare` has left");
    std::optional<http::ShopFound> found;
    if (!by_hand) found = http::found_in(handed, *driver.plan, stock.shape.skus);
    driver.done_by_shop([&](const http::Shop::Done& done) {
        driver.open(stock, by_hand ? run_name(driver.share) : handed.run());
        if (by_hand) return driver.shop->find(done);
        driver.shop->adopt(*found);
        done("");
    });
    if (driver.share.part > 0) return;
    if (!driver.plan->read_back.empty()) driver.read_before();
    if (by_hand && !driver.before.has_counters) driver.fail(kNoCounters);
    driver.fail(http::unlike(driver.before, driver.units, stock.shape.skus,
                             by_hand ? http::Uncounted::refused : http::Uncounted::passed_over));
}

std::string HttpDriver::prepared() const {
    Internals& driver = *internals_;
    return driver.wait<std::string>(
        [&](const std::function<void(std::string)>& done) { done(driver.handed().SerializeAsString()); });
}

double HttpDriver::reading_s() const { return internals_->reading_s; }

std::string HttpDriver::part() const {
    Internals& driver = *internals_;
    return driver.wait<std::string>([&](const std::function<void(std::string)>& done) {
        lastunit::shop::Part out;
        *out.mutable_prepared() = driver.handed();
        out.set_number(driver.share.part + 1), out.set_of(driver.share.of);
        if (driver.stories->first_ns() != 0) out.set_first_unix_us(unix_us_at(driver.stories->first_ns()));
        http::add_customers(driver.desk->customers(), out);
        for (const std::uint64_t shopper : driver.stories->kept()) http::add_story(shopper, *driver.stories->of(shopper), out);
        if (driver.share.part == 0) *out.mutable_before() = http::books_to(driver.before);
        done(out.SerializeAsString());
    });
}

void HttpDriver::join(const InitialStock& stock, std::span<const std::string> parts) {
    Internals& driver = *internals_;
    std::vector<lastunit::shop::Part> read(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (!read[i].ParseFromString(parts[i])) throw DriverError("a part of the load cannot be understood");
    http::Joined joined = http::join(*driver.plan, read);
    const http::ShopFound found = http::found_in(read.front().prepared(), *driver.plan, stock.shape.skus);
    driver.done_by_shop([&](const http::Shop::Done& done) {
        if (!std::exchange(driver.prepared, true)) {
            driver.open(stock, read.front().prepared().run());
            driver.shop->adopt(found);
        }
        driver.before = joined.before;
        driver.joined = std::move(joined);
        done("");
    });
}

std::unique_ptr<Session> HttpDriver::open() {
    if (!internals_->desk) throw DriverError(target() + ": is not prepared");
    return std::make_unique<HttpSession>(internals_);
}

Completion HttpDriver::resolve(const Operation& operation, Duration at_most) {
    return repeat_until_known(*this, operation, at_most);
}

FinalState HttpDriver::read_back() {
    if (!internals_->desk) throw DriverError(target() + ": is not prepared");
    Internals& driver = *internals_;
    if (driver.plan->read_back.empty()) throw DriverError(target() + ": the flow has no `read_back`");
    std::this_thread::sleep_for(std::chrono::microseconds(driver.plan->settle.us));
    if (when_settled) when_settled();
    driver.after = driver.books();
    driver.look_again();
    driver.wait<bool>([&](const std::function<void(bool)>& done) {
        driver.refuse(driver.desk->problem());
        driver.refuse(driver.ordered_before());
        driver.refuse(driver.nobodys_orders());
        done(true);
    });
    if (driver.refused) throw DriverError(driver.why_refused);
    driver.read_back = true;
    return driver.wait<FinalState>(
        [&](std::function<void(FinalState)> done) { done(http::final_state(driver.customers(), driver.after, driver.stock)); });
}

std::string HttpDriver::problem() const {
    return internals_->refused.load(std::memory_order_acquire) ? internals_->why_refused : "";
}

void HttpDriver::fill(model::LoadReport& report) {
    Internals& driver = *internals_;
    if (!driver.tally) return;
    driver.wait<bool>([&](const std::function<void(bool)>& done) {
        if (!driver.joined) driver.tally->fill(report);
        if (driver.read_back) *report.mutable_shop_books() = driver.judged();
        done(true);
    });
}

}  // namespace lastunit::drivers
