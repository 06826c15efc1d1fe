#include "drivers/http/shop.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <utility>

#include "drivers/http/encoding.hpp"
#include "drivers/http/flow_file.hpp"

namespace lastunit::drivers::http {
namespace {

// That whoever asks is not, or no longer, logged in. A GraphQL shop says so with status 200.
bool not_logged_in(const StepResult& result, const std::string& body) {
    if (result.status == 401 || result.status == 403) return true;
    const auto has = [&](const char* code) { return body.find(code) != std::string::npos; };
    return has("\"UNAUTHENTICATED\"") || has("\"FORBIDDEN\"") || has("\"UNAUTHORIZED\"");
}

constexpr std::size_t kAtOnce = 8;  // SKUs at a time, of a step that is done for each

// One page of a step, and what is to be known of those before it.
struct PageTurn : Page {
    std::size_t rows_before = 0;  // on the page before
    // Asked for although the total said that there is no more: that may have been the number of rows of one page.
    enum class Asked : std::uint8_t { as_told, in_doubt } asked = Asked::as_told;
    SeenRows seen;
};

// That there is no such page: how some shops answer for the one behind their last.
bool no_such_page(unsigned status) { return status == 400 || status == 404 || status == 416 || status == 422; }

// Whether nothing but an empty page says that there are no more. One with few rows does not: a shop may give fewer than it is
// asked for.
bool ends_when_empty(const PagesPlan& pages) { return pages.more.empty() && !pages.total.given() && !pages.cursor.given(); }

bool counts_rows(const StepPlan& step) {
    const bool every = (step.orders && step.orders->rows.has_every()) ||
                       (step.reservations && step.reservations->rows.has_every()) ||
                       (step.counters && step.counters->rows.has_every()) || (step.list && step.list->rows.has_every());
    return (step.orders || step.reservations || step.counters || step.list) && !every;
}

}  // namespace

// The steps of one hook, one after the other; a step for every SKU or row, several of them at once; page after page.
class Shop::Hook : public std::enable_shared_from_this<Hook> {
   public:
    Hook(Shop& shop, const Steps& steps, std::shared_ptr<Actor> actor, Done done)
        : shop_(shop), steps_(steps), actor_(std::move(actor)), done_(std::move(done)), lists_(steps.size()) {}

    std::vector<std::int64_t> stock;
    Books* books = nullptr;
    // Of all books every path has to lead somewhere; of one shopper's order there may be nothing.
    enum class Reading : std::uint8_t { one, all } reading = Reading::one;
    // Whether a step that finds its login to be over is done again after a new one.
    enum class Renewal : std::uint8_t { allowed, none } renewal = Renewal::allowed;

    // Of set-up, to find what there is: the steps that change nothing.
    enum class Which : std::uint8_t { all, reading } which = Which::all;

    void next() {
        while (which == Which::reading && at_ < steps_.size() && steps_[at_].effect == StepPlan::Effect::changes) ++at_;
        if (at_ == steps_.size()) return end("");
        read_ = {};
        const StepPlan& step = steps_[at_];
        next_ = done_with_ = 0;
        count_ = step.for_each ? rows_of(step).size() : step.each == StepPlan::Each::sku ? shop_.skus_.size() : 1;
        if (step.for_each && count_ > step.for_each->most) return too_many(step);
        if (step.for_each) has_read(step);  // also when there is no row to do it for
        begin_some(step);
        if (under_way_ == 0) finished();
    }

   private:
    std::vector<Slots>& rows_of(const StepPlan& step) { return lists_[step.for_each->step].rows; }

    // Several SKUs or rows at once.
    void begin_some(const StepPlan& step) {
        const std::size_t at_once = !step.for_each ? kAtOnce : done_with_ < kRowsAlone ? 1 : step.for_each->at_once;
        while (under_way_ < at_once && next_ < count_ && problem_.empty()) begin_one(step);
    }

    void begin_one(const StepPlan& step) {
        StepFor about;
        const std::size_t i = next_++;
        if (step.for_each) about.row = &rows_of(step)[i];
        if (step.each == StepPlan::Each::sku) {
            about.sku = &shop_.skus_[i];
            about.stock = i < stock.size() ? stock[i] : 0;
        } else if (stock.size() == 1) {
            about.stock = stock.front();
        }
        ++under_way_;
        page(step, about, std::make_shared<PageTurn>(), renewal);
    }

    void page(const StepPlan& step, StepFor about, const std::shared_ptr<PageTurn>& at, Renewal may) {
        at->size = step.pages ? step.pages->size : 0;
        about.page = at.get();
        // `at` lives in the call below until the answer is there.
        shop_.runner_.run(step, actor_, about,
                          [self = shared_from_this(), &step, about, at, may, login = shop_.logins_](const StepResult& result,
                                                                                                    const Runner::Seen& seen) {
                              const bool over = result.answer != Answer::accepted && may == Renewal::allowed &&
                                                !self->shop_.plan().login.empty() && not_logged_in(result, seen.response.body);
                              over ? self->again(step, about, at, login) : self->answered(step, about, at, result, seen);
                          });
    }

    // A login that is over is renewed, once for all steps that have found it so, and each is done again, once.
    void again(const StepPlan& step, const StepFor& about, const std::shared_ptr<PageTurn>& at, std::uint64_t login) {
        shop_.renew(login, [self = shared_from_this(), &step, about, at](const std::string& problem) {
            if (problem.empty()) {
                self->shop_.lend_login(*self->actor_);
                return self->page(step, about, at, Renewal::none);
            }
            --self->under_way_;
            if (self->problem_.empty()) self->problem_ = "step `" + step.name + "` was not logged in any more; " + problem;
            if (self->under_way_ == 0) self->finished();
        });
    }

    void answered(const StepPlan& step, const StepFor& about, const std::shared_ptr<PageTurn>& at, const StepResult& result,
                  const Runner::Seen& seen) {
        --under_way_;
        if (result.answer != Answer::accepted)
            return behind_the_last(step, *at, result) ? over(step) : failed(step, about, result, seen);
        std::size_t rows = 0;
        if (reads(step) && result.way == StepResult::Way::asked) {
            // How some say that a list is empty.
            const bool no_content = seen.response.status == 204 && seen.response.body.empty();
            if (!seen.document && !no_content) return failed(step, about, result, seen);
            has_read(step);
            const Before before = so_far(step);
            const Taken taken = seen.document ? take_all(step, about, *at, seen) : Taken{};
            if (step.pages && same_page(*step.pages, *at, taken.rows)) return forget(before), over(step);
            rows = taken.rows;
            if ((reading == Reading::all || books == nullptr) && !taken.problem.empty())
                return misread(step, about, taken.problem);
        }
        if (step.pages && takes_no_cursor(step, *at, rows, seen))
            return misread(
                step, about,
                "pages.cursor: the page of cursor `" + at->cursor +
                    "` has the same rows as the one before it, and leads to itself: does the shop take {{page.cursor}}?");
        if (step.pages && result.way == StepResult::Way::asked) {
            const bool nothing_new = ends_when_empty(*step.pages) && at->seen.repeated == rows;
            if (!nothing_new && more(step, *at, rows, seen)) {
                if (at->number >= step.pages->most && at->asked == PageTurn::Asked::in_doubt) return over(step);
                // What ends with an empty page is asked for one more, to see that it is.
                if (at->number > step.pages->most || (at->number == step.pages->most && !ends_when_empty(*step.pages)))
                    return cut_off(step);
                ++under_way_;
                return page(step, about, at, renewal);
            }
        }
        over(step);
    }

    bool reads(const StepPlan& step) const {
        return step.list || (books != nullptr && (step.orders || step.reservations || step.counters));
    }

    void has_read(const StepPlan& step) const {
        if (books == nullptr) return;
        books->has_orders = books->has_orders || step.orders;
        books->has_reservations = books->has_reservations || step.reservations;
        books->has_counters = books->has_counters || step.counters;
    }

    Taken take_all(const StepPlan& step, const StepFor& about, PageTurn& at, const Runner::Seen& seen) {
        SeenRows* turned = step.pages ? &at.seen : nullptr;
        Taken out;
        if (books != nullptr) out = take(step, *seen.document, seen.values, shop_.skus_, about.sku, {*books, read_, turned});
        if (!step.list) return out;
        const bool known = step.orders || step.reservations;  // by those
        const Taken listed = take_rows(*step.list, *seen.document, seen.values, shop_.plan().row_value_names.size(),
                                       known ? nullptr : turned, lists_[at_]);
        out.rows = std::max(out.rows, listed.rows);
        if (out.problem.empty()) out.problem = listed.problem;
        return out;
    }

    // No more pages: of this SKU or row, where the step is done for each.
    void over(const StepPlan& step) {
        ++done_with_;
        begin_some(step);
        if (under_way_ == 0) finished();
    }

    static bool behind_the_last(const StepPlan& step, const PageTurn& at, const StepResult& result) {
        if (!step.pages || at.number == 0 || !no_such_page(result.status)) return false;
        return at.asked == PageTurn::Asked::in_doubt || (ends_when_empty(*step.pages) && at.rows_before < step.pages->size);
    }

    // Whether a shop that does not turn pages, or has no more of them, gives the same again. Full ones without ids may well be
    // alike.
    static bool same_page(const PagesPlan& pages, const PageTurn& at, std::size_t rows) {
        if (at.number == 0 || rows == 0 || rows != at.rows_before || !at.seen.same_page()) return false;
        return at.asked == PageTurn::Asked::in_doubt || (ends_when_empty(pages) && rows < pages.size);
    }

    // Rows without an id would be counted twice.
    static bool takes_no_cursor(const StepPlan& step, const PageTurn& at, std::size_t rows, const Runner::Seen& seen) {
        if (!step.pages->cursor.given() || at.number == 0 || rows == 0 || at.seen.repeated == rows) return false;
        return rows == at.rows_before && at.seen.same_page() && next_cursor(*step.pages, seen) == at.cursor;
    }
    static std::string next_cursor(const PagesPlan& pages, const Runner::Seen& seen) {
        const auto cursor = seen.document ? pages.cursor.first(*seen.document, seen.values) : std::nullopt;
        return cursor ? text_of(*cursor).value_or("") : "";
    }

    struct Before {
        std::size_t orders = 0, reservations = 0, rows = 0;
        std::map<Sku, Books::Counter> counters{};
    };
    Before so_far(const StepPlan& step) const {
        Before out;
        if (!step.pages) return out;
        out.rows = lists_[at_].rows.size();
        if (books == nullptr) return out;
        out.orders = books->orders.size();
        out.reservations = books->reservations.size();
        out.counters = books->counters;
        return out;
    }
    void forget(const Before& back_to) {
        lists_[at_].rows.resize(back_to.rows);
        if (books == nullptr) return;
        books->orders.resize(back_to.orders);
        books->reservations.resize(back_to.reservations);
        books->counters = back_to.counters;
    }

    static bool more(const StepPlan& step, PageTurn& at, std::size_t rows, const Runner::Seen& seen) {
        const PagesPlan& pages = *step.pages;
        const Page asked = at;
        ++at.number;
        at.offset += counts_rows(step) && rows > 0 ? rows : pages.size;
        at.rows_before = rows;
        at.seen.turn();
        if (!pages.more.empty()) {
            Values values = seen.values;
            values.page = &asked;
            if (!holds(pages.more, {&seen.response, seen.document, &values})) return false;
        }
        if (pages.total.given()) {
            const auto total = seen.document ? pages.total.first(*seen.document, seen.values) : std::nullopt;
            const auto all = total ? whole_of(*total) : std::nullopt;
            const bool of_page = all && rows >= pages.size && *all == static_cast<std::int64_t>(rows);
            at.asked = of_page ? PageTurn::Asked::in_doubt : PageTurn::Asked::as_told;
            if (!of_page && (all ? static_cast<std::int64_t>(at.offset) >= *all : rows == 0)) return false;
        }
        if (!pages.cursor.given()) return !pages.more.empty() || pages.total.given() || rows > 0;
        const std::string next = next_cursor(pages, seen);
        if (next.empty() || next == at.cursor) return false;
        at.cursor = next;
        return true;
    }

    std::string at_step(const StepPlan& step, const StepFor& about) {
        std::string out = "step `" + step.name + "`";
        if (about.sku != nullptr) out += " for " + about.sku->name;
        if (!step.for_each) return out + ": ";
        const std::vector<Slots>& rows = rows_of(step);
        out += " for row " + std::to_string(about.row - rows.data() + 1) + " of " + std::to_string(rows.size());
        const auto& id = steps_[step.for_each->step].list->id;
        if (id && (*about.row)[*id]) out += ", id " + (*about.row)[*id]->substr(0, 60);
        return out + ": ";
    }

    void failed(const StepPlan& step, const StepFor& about, const StepResult& result, const Runner::Seen& seen) {
        if (problem_.empty()) {
            problem_ = at_step(step, about) +
                       (result.answer == Answer::accepted ? "the answer is " + not_read(seen.values.notation, seen.problem)
                                                          : std::string(name_of(result.answer))) +
                       ", " + result.why;
            if (!seen.response.body.empty()) problem_ += "; the answer: " + one_line(seen.response.body, 200);
        }
        if (under_way_ == 0) finished();
    }

    void misread(const StepPlan& step, const StepFor& about, const std::string& problem) {
        if (problem_.empty()) problem_ = at_step(step, about) + problem;
        if (under_way_ == 0) finished();
    }

    // Books without their last pages would accuse the shop of orders that it has.
    void cut_off(const StepPlan& step) {
        if (problem_.empty())
            problem_ = "step `" + step.name + "`: there is more behind page " + std::to_string(step.pages->most) +
                       "; a larger `size` or `most` of its `pages` reads it";
        if (under_way_ == 0) finished();
    }

    // A part of them would accuse the shop as well.
    void too_many(const StepPlan& step) {
        const std::string& list = steps_[step.for_each->step].name;
        end("step `" + step.name + "`: " + std::to_string(count_) + " rows of `" + list + "`, and each is a request: more than " +
            std::to_string(step.for_each->most) + ". Have `" + list +
            "` ask for this run's alone, or leave out others by `only`; or `for_each: {of: " + list + ", most: ...}`");
    }

    void finished() {
        Observer& observer = shop_.runner_.observer();
        const StepPlan& step = steps_[at_];
        if (step.for_each) observer.each_done(step, done_with_);
        if (step.list) observer.listed(step, lists_[at_].rows);
        if (step.list && problem_.empty())
            if (const std::string wrong = lists_[at_].problem(*step.list); !wrong.empty())
                problem_ = "step `" + step.name + "`: " + wrong;
        const bool lacks = reading == Reading::all && step.counters && !shop_.skus_.empty() && books->counters.empty();
        if (problem_.empty() && reading == Reading::all) problem_ = misled(step);
        if (problem_.empty() && lacks)
            problem_ = "step `" + step.name + "`: counters: no row is of " + shop_.skus_.front().name + ": `sku`, `sku_is`?";
        if (!problem_.empty()) return end(problem_);
        ++at_;
        next();
    }

    // Lines that are there and are of nothing that this run sells: more of them than before the shoppers came are theirs.
    std::string misled(const StepPlan& step) {
        const std::pair<const char*, std::pair<const LinesTally*, const std::optional<LinesPlan>*>> all[] = {
            {"orders", {&read_.orders, &step.orders}}, {"reservations", {&read_.reservations, &step.reservations}}};
        for (const auto& [what, of] : all) {
            const auto& [tally, plan] = of;
            const std::string about = "step `" + step.name + "`: " + what + ".";
            if (const std::string wrong = tally->problem(); !wrong.empty()) return about + wrong;
            if (!*plan || !(*plan)->sku.given() || shop_.skus_.empty()) continue;
            const auto [before, first] = shop_.others_.emplace(step.name + "." + what, tally->others);
            if (first || tally->ours > 0 || tally->others <= before->second) continue;
            const SkuEntry& sku = shop_.skus_.front();
            const std::string ours = (*plan)->sku_is ? sku.values[*(*plan)->sku_is].value_or("") : sku.name;
            return about + "sku: " + std::to_string(tally->others - before->second) +
                   " more than before the run, none of its SKUs: " + "`sku` reads `" + tally->other + "`, and " + sku.name +
                   " is `" + ours + "`; `sku`, `sku_is`?";
        }
        return "";
    }

    void end(const std::string& problem) {
        const Done done = std::move(done_);
        done_ = nullptr;
        done(shop_.shown(problem));
    }

    Shop& shop_;
    const Steps& steps_;
    const std::shared_ptr<Actor> actor_;
    Done done_;
    std::size_t at_ = 0, under_way_ = 0;
    std::size_t count_ = 0, next_ = 0, done_with_ = 0;  // SKUs or rows that the step is done for; one, where for neither
    std::vector<RowList> lists_;                        // by step
    std::string problem_;
    http::Reading read_;  // of the step
};

EngineOptions engine_options(const Plan& plan) {
    EngineOptions options;
    options.connections = plan.connections;
    if (plan.keep_alive == Plan::KeepAlive::no) options.keep_alive = EngineOptions::KeepAlive::no;
    if (plan.tls.verify == TlsPlan::Verify::no) options.verify = EngineOptions::Verify::no;
    options.authorities = plan.tls.authorities;
    return options;
}

std::string new_run_name() {
    std::random_device device;
    std::string name;
    for (int i = 0; i < 8; ++i) name += "abcdefghjkmnpqrstuvwxyz23456789"[device() % 31];
    return name;
}

Shop::Shop(Engine& engine, std::shared_ptr<const Plan> plan, std::string run, const std::vector<std::string>& skus)
    : runner_(engine, std::move(plan), std::move(run)), hooks_(std::make_shared<Actor>()) {
    const Plan& of = runner_.plan();
    for (const std::string& name : skus) {
        SkuEntry entry{name, Slots(of.sku_value_names.size())};
        Values values;
        values.sku = &entry;
        values.run = runner_.name();
        for (const SkuDefaults& defaults : of.skus)
            if (defaults.sku == "*" || defaults.sku == name)
                for (const auto& [slot, written] : defaults.values) {
                    std::string value;
                    if ((defaults.sku == name || !entry.values[slot]) && !written.render(values, value))
                        entry.values[slot] = std::move(value);
                }
        skus_.push_back(std::move(entry));
    }
    for (const StepPlan& step : of.set_up)
        if (step.each != StepPlan::Each::sku && !step.for_each)
            for (const ExtractPlan& one : step.extract) for_shoppers_.push_back(one.slot);
    runner_.begin(*hooks_);
}

void Shop::with_login(Done done) {
    if (logins_ > 0) return done("");
    log_in("login: ", std::move(done));
}

void Shop::log_in(const std::string& what, Done done) {
    const auto hook =
        std::make_shared<Hook>(*this, plan().login, hooks_, [this, what, done = std::move(done)](const std::string& problem) {
            if (problem.empty()) ++logins_;
            done(problem.empty() ? "" : what + problem);
        });
    hook->renewal = Hook::Renewal::none;
    hook->next();
}

void Shop::renew(std::uint64_t login, Done done) {
    if (logins_ > login) return done("");  // another step has seen to it
    renewing_.push_back(std::move(done));
    if (renewing_.size() > 1) return;
    log_in("login again: ", [this](const std::string& problem) {
        const std::vector<Done> all = std::exchange(renewing_, {});
        for (const Done& one : all) one(problem);
    });
}

// For people, and in one line: a shop may answer with what the login found, and with anything else.
std::string Shop::shown(const std::string& problem) const {
    if (problem.empty()) return "";
    constexpr std::size_t kShortest = 8;  // a shorter one stands in many texts by chance
    constexpr std::size_t kMostBytes = 2000;
    std::vector<std::string> secrets = hooks_->cookies.values();
    for (const StepPlan& step : plan().login)
        for (const ExtractPlan& one : step.extract)
            if (one.slot < hooks_->variables.size() && hooks_->variables[one.slot])
                secrets.push_back(*hooks_->variables[one.slot]);
    std::erase_if(secrets, [&](const std::string& one) { return one.size() < kShortest; });
    secrets.insert(secrets.end(), plan().secrets.begin(), plan().secrets.end());
    return one_line(masked(problem, secrets), kMostBytes);
}

void Shop::lend_login(Actor& to) const {
    if (&to == hooks_.get()) return;
    for (const StepPlan& step : plan().login)
        for (const ExtractPlan& one : step.extract)
            if (one.slot < to.variables.size() && one.slot < hooks_->variables.size())
                to.variables[one.slot] = hooks_->variables[one.slot];
    to.cookies = hooks_->cookies;
}

// Two SKUs of the scenario that are one thing at the platform: what one buys the other lacks, and nothing that is read adds up.
std::string Shop::same_skus() const {
    std::vector<std::uint16_t> names;
    for (const Steps* steps : {&plan().read_back, &plan().look_up})
        for (const StepPlan& step : *steps) {
            for (const auto* lines : {&step.orders, &step.reservations})
                if (*lines && (*lines)->sku_is) names.push_back(*(*lines)->sku_is);
            if (step.counters && step.counters->sku_is) names.push_back(*step.counters->sku_is);
        }
    for (std::size_t i = 0; i < skus_.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const Slots &a = skus_[k].values, &b = skus_[i].values;
            const auto named =
                std::find_if(names.begin(), names.end(), [&](std::uint16_t slot) { return a[slot] && a[slot] == b[slot]; });
            const bool same = plan().calls == Plan::Calls::by_values && !a.empty() && a == b;
            if (named == names.end() && !same) continue;
            const std::size_t slot = named == names.end() ? 0 : *named;
            return "the SKUs " + skus_[k].name + " and " + skus_[i].name + " are one at the shop (both have " +
                   plan().sku_value_names[slot] + " `" + a[slot].value_or("") +
                   "`): give each its own values in `skus`, or load a scenario with one SKU";
        }
    return "";
}

void Shop::set_up(std::vector<std::int64_t> units, Done done) {
    with_login([this, units = std::move(units), done = std::move(done)](const std::string& problem) mutable {
        if (!problem.empty()) return done(problem);
        if (const std::string same = same_skus(); !same.empty()) return done(same);  // before anything is changed
        const auto hook =
            std::make_shared<Hook>(*this, plan().set_up, hooks_, [this, done = std::move(done)](const std::string& wrong) {
                done(wrong.empty() ? same_skus() : "set_up: " + wrong);  // set-up finds values as well
            });
        hook->stock = std::move(units);
        hook->next();
    });
}

void Shop::find(Done done) {
    for (const StepPlan& step : plan().set_up)
        if (step.effect == StepPlan::Effect::changes && (!step.extract.empty() || step.list))
            return done("set_up: step `" + step.name + "` changes the shop, and finds " +
                        (step.list ? "rows" : "`" + step.extract.front().name + "`") + ", which nobody else can know");
    with_login([this, done = std::move(done)](const std::string& problem) mutable {
        if (!problem.empty()) return done(problem);
        const auto hook = std::make_shared<Hook>(
            *this, plan().set_up, hooks_,
            [this, done = std::move(done)](const std::string& wrong) { done(wrong.empty() ? same_skus() : "set_up: " + wrong); });
        hook->which = Hook::Which::reading;
        hook->next();
    });
}

ShopFound Shop::found() const {
    ShopFound out;
    for (const SkuEntry& sku : skus_) out.skus.push_back(sku.values);
    out.variables.resize(hooks_->variables.size());
    for (const std::uint16_t slot : for_shoppers_) out.variables[slot] = hooks_->variables[slot];
    return out;
}

void Shop::adopt(const ShopFound& found) {
    for (std::size_t sku = 0; sku < skus_.size(); ++sku) skus_[sku].values = found.skus[sku];
    for (const std::uint16_t slot : for_shoppers_) hooks_->variables[slot] = found.variables[slot];
}

void Shop::read_back(std::function<void(const std::string&, Books)> done) {
    with_login([this, done = std::move(done)](const std::string& problem) mutable {
        if (!problem.empty()) return done(problem, {});
        const auto books = std::make_shared<Books>();
        const auto hook =
            std::make_shared<Hook>(*this, plan().read_back, hooks_, [books, done = std::move(done)](const std::string& wrong) {
                done(wrong.empty() ? "" : "read_back: " + wrong, std::move(*books));
            });
        hook->books = books.get();
        hook->reading = Hook::Reading::all;
        hook->next();
    });
}

// A reading that is under way may have passed what somebody asks for now: those wait for another one.
void Shop::read_for_all() {
    if (reading_ == Reading::under_way || for_books_.empty()) return;
    reading_ = Reading::under_way;
    read_back([this, all = std::exchange(for_books_, {})](const std::string& problem, const Books& books) {
        reading_ = Reading::no;
        for (const Read& one : all) one(problem, books);
        read_for_all();
    });
}

void Shop::look_up(const std::shared_ptr<Actor>& actor, std::function<void(const std::string&, Books)> done) {
    const std::string identity = lower_case(runner_.identity(*actor));
    if (identity.empty()) return done("nobody knows under which name to look", {});
    auto only_theirs = [identity, done = std::move(done)](const std::string& problem, const Books& books) {
        Books theirs;
        theirs.has_orders = books.has_orders;
        std::copy_if(books.orders.begin(), books.orders.end(), std::back_inserter(theirs.orders),
                     [&](const Books::Line& line) { return line.shopper == identity; });
        done(problem, std::move(theirs));
    };
    if (plan().look_up.empty()) {
        for_books_.push_back(std::move(only_theirs));
        return read_for_all();
    }
    with_login([this, actor, only_theirs = std::move(only_theirs)](const std::string& problem) mutable {
        if (!problem.empty()) return only_theirs(problem, {});
        // The hooks' session and the shopper's own values.
        const auto both = std::make_shared<Actor>(*hooks_);
        both->number = actor->number;
        both->lines = actor->lines;
        for (std::size_t i = 0; i < actor->variables.size() && i < both->variables.size(); ++i)
            if (!both->variables[i]) both->variables[i] = actor->variables[i];
        const auto books = std::make_shared<Books>();
        const auto hook = std::make_shared<Hook>(*this, plan().look_up, both,
                                                 [books, only_theirs = std::move(only_theirs)](const std::string& wrong) {
                                                     only_theirs(wrong.empty() ? "" : "look_up: " + wrong, std::move(*books));
                                                 });
        hook->books = books.get();
        hook->next();
    });
}

std::shared_ptr<Actor> Shop::shopper(std::uint64_t number, std::vector<BasketLine> lines) {
    auto actor = std::make_shared<Actor>();
    actor->number = number;
    actor->lines = std::move(lines);
    actor->variables.resize(plan().variable_names.size());
    for (const std::uint16_t slot : for_shoppers_) actor->variables[slot] = hooks_->variables[slot];
    runner_.begin(*actor);
    return actor;
}

}  // namespace lastunit::drivers::http
