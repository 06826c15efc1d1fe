#include "drivers/http/desk.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace lastunit::drivers::http {
namespace {

constexpr std::int64_t kRememberedNs = 300'000'000'000;  // a key, from when it was asked first: longer than anybody asks again

// By SKU: a platform knows no nodes.
std::vector<BasketLine> basket_of(const std::vector<core::Line>& lines, const std::vector<SkuEntry>& skus) {
    std::map<Sku, Quantity> sums;
    for (const core::Line& line : lines) sums[line.sku] += line.quantity;
    std::vector<BasketLine> out;
    for (const auto& [sku, units] : sums) out.push_back({&skus[sku.value], units});
    return out;
}

Completion answered(core::Outcome outcome) {
    Completion out;
    out.settled = outcome == core::Outcome::applied ? Settled::applied : Settled::refused;
    out.outcome = outcome;
    out.at_ns = steady_now_ns();
    return out;
}

Completion unknown_now() {
    Completion out;
    out.cause = Cause::no_answer;
    out.at_ns = steady_now_ns();
    return out;
}

Completion refused(Cause cause) {
    Completion out;
    out.settled = Settled::refused;
    out.cause = cause;
    out.at_ns = steady_now_ns();
    return out;
}

// Its last request, or an earlier try of it, may have taken effect, whatever the last answer was.
bool unanswered(const WayResult& way) {
    return way.answer != Answer::accepted && (way.answer == Answer::unknown || way.last.before == StepResult::Before::unanswered);
}

}  // namespace

// An error says that something went wrong, not that there is nothing: it is no testimony.
Completion Desk::completion_of(const WayResult& way, Certain certain) {
    Completion out;
    out.at_ns = way.last.answered_ns;
    out.settled = Settled::refused;
    switch (way.answer) {
        case Answer::accepted:
            out.settled = Settled::applied;
            out.outcome = core::Outcome::applied;
            return out;
        case Answer::out_of_stock:
            out.outcome = core::Outcome::out_of_stock;
            return out;
        case Answer::error:
            out.cause = way.last.problem == Response::Problem::not_sent ? Cause::unavailable : Cause::failed;
            return out;
        case Answer::conflict:
            out.cause = Cause::overloaded;
            return out;
        case Answer::unknown:
            break;
    }
    out.cause = certain == Certain::yes ? Cause::failed : Cause::no_answer;
    if (certain == Certain::no) out.settled = Settled::unknown;
    return out;
}

// By what the shopper was told of all that was asked for, not by the last answer alone. Before the promise was sent nothing can
// have been bought, whatever the answer was.
Completion Desk::completion_of(const WayResult& way, const Told& said) const {
    if (said.open() && way.answer != Answer::accepted) {
        Completion open = unknown_now();
        open.at_ns = way.last.answered_ns;
        return open;
    }
    Completion out = completion_of(way, said.promised ? Certain::no : Certain::yes);
    if (!said.promised && !shop_.plan().hold_reserves) out.weight = Weight::hearsay;
    return out;
}

void Desk::settle(const Entry& entry, Completion completion) {
    entry->state = Known::State::settled;
    entry->completion = completion;
    const auto waiting = std::move(entry->waiting);
    entry->waiting.clear();
    for (const auto& [tag, told] : waiting) {
        completion.tag = tag;
        told(completion);
    }
}
void Desk::settle(const Entry& entry, core::Outcome outcome) { settle(entry, answered(outcome)); }
void Desk::refuse(const Entry& entry, Cause cause) { settle(entry, refused(cause)); }

void Desk::take(Errand errand, Reply told) {
    errand.operation.command.lines = errand.lines;
    const core::Key key = errand.operation.command.key;
    Entry& entry = known_[key];
    const std::int64_t now_ns = steady_now_ns();
    const bool fresh = !entry;
    if (fresh) entry = std::make_shared<Known>();
    const Entry kept = entry;
    if (key == core::Key{}) known_.erase(key);  // no key: never remembered
    kept->waiting.emplace_back(errand.operation.tag, std::move(told));
    deadlines_.push_back({now_ns + errand.operation.timeout.us * 1000, errand.operation.tag, kept});
    if (fresh && key != core::Key{}) remembered_.emplace_back(now_ns, key);
    if (fresh) return begin(kept, errand);
    if (kept->state == Known::State::under_way) return;
    const Completion before = kept->completion;
    kept->state = Known::State::under_way;
    const bool promised = kept->purchase && kept->purchase->state == Purchase::State::promising;
    if (before.settled == Settled::unknown && promised) return look_up(kept);
    // Nobody can be asked what is set aside, and a second shopper would set aside as much once more.
    const bool reserving = kept->purchase && kept->purchase->state == Purchase::State::reserving;
    if (before.settled == Settled::unknown && reserving) return settle(kept, unknown_now());
    is_final(before) ? settle(kept, before) : begin(kept, errand);
}

bool Desk::is_final(const Completion& completion) {
    return completion.settled != Settled::unknown && (completion.cause == Cause::outcome || completion.cause == Cause::failed);
}

void Desk::begin(const Entry& entry, const Errand& errand) {
    const core::Command& command = errand.operation.command;
    entry->kind = command.kind;
    const auto purchase_of = [](const auto& map, std::uint64_t id) {
        const auto found = map.find(id);
        return found == map.end() ? nullptr : found->second;
    };
    switch (command.kind) {
        case core::CommandKind::hold:
            return hold(entry, errand);
        case core::CommandKind::allocate:
            return allocate(entry, errand);
        case core::CommandKind::confirm:
            return confirm(entry, errand);
        case core::CommandKind::extend:
            return settle(entry, holds_.contains(command.id) ? core::Outcome::applied : core::Outcome::unknown_hold);
        case core::CommandKind::release: {
            const auto purchase = purchase_of(holds_, command.id);
            if (!purchase) return settle(entry, core::Outcome::unknown_hold);
            return cancel(entry, purchase);
        }
        case core::CommandKind::deallocate: {
            const auto purchase = purchase_of(orders_, command.order);
            if (!purchase) return settle(entry, core::Outcome::unknown_order);
            std::int64_t asked = 0, bought = 0;
            for (const core::Line& line : errand.lines) asked += line.quantity;
            for (const core::Line& line : purchase->lines) bought += line.quantity;
            // A platform's flow cancels orders, not lines.
            if (shop_.plan().cancel.empty() || asked != bought) return refuse(entry, Cause::unsupported);
            return cancel(entry, purchase);
        }
        case core::CommandKind::advance:
            return settle(entry, core::Outcome::applied);
        default:
            return refuse(entry, Cause::unsupported);
    }
}

// Null where the flow cannot buy such a basket.
std::shared_ptr<Desk::Purchase> Desk::shopper(const Errand& errand) {
    std::vector<BasketLine> basket = basket_of(errand.lines, shop_.skus());
    if (basket.empty() || (basket.size() > 1 && !shop_.plan().takes_several_lines())) return nullptr;
    auto purchase = std::make_shared<Purchase>();
    purchase->actor = shop_.shopper(numbers_.first + shoppers_++ * numbers_.step, std::move(basket));
    purchase->lines = errand.lines;
    purchase->began_ns = steady_now_ns();
    stories_.comes(purchase->actor);
    return purchase;
}

void Desk::hold(const Entry& entry, const Errand& errand) {
    const std::uint64_t id = errand.operation.command.id;
    if (holds_.contains(id)) return settle(entry, core::Outcome::hold_exists);
    const auto purchase = shopper(errand);
    if (!purchase) return refuse(entry, Cause::unsupported);
    entry->purchase = purchase;
    purchase->hold = id;
    const bool buys = shop_.plan().hold == shop_.plan().promise;
    if (buys) comes_to_promise(purchase);
    run_steps(shop_.runner(), shop_.plan().steps, purchase->actor,
              {.from = 0, .to = shop_.plan().hold + 1, .gate = {}, .think = {}},
              [this, entry, purchase, id, buys](const WayResult& way) {
                  if (buys) told(purchase, way);
                  if (way.answer == Answer::accepted)
                      holds_[id] = purchase;
                  else
                      stories_.leaves(*purchase->actor);
                  if (buys) return leave(entry, purchase, way, completion_of(way, purchase->said));
                  const bool lost = unanswered(way) && way.step == shop_.plan().hold && shop_.plan().hold_reserves;
                  if (lost) purchase->state = Purchase::State::reserving;
                  leave(entry, purchase, way, lost ? unknown_now() : completion_of(way, Certain::no));
              });
}

// Set aside although the way was refused; of a flow that does so.
std::size_t Desk::lines_aside(const Purchase& purchase, const WayResult& way) const {
    const Plan& plan = shop_.plan();
    if (!plan.hold_reserves || way.step < plan.hold) return 0;
    if (way.step > plan.hold) return purchase.actor->lines.size();
    const bool lost = unanswered(way);
    if (plan.steps[plan.hold].each == StepPlan::Each::line) return way.lines + (lost ? 1 : 0);
    return lost ? purchase.actor->lines.size() : 0;
}

std::shared_ptr<LeftAside> Desk::left_aside(const Purchase& purchase, const WayResult& way) const {
    const std::size_t count = lines_aside(purchase, way);
    if (count == 0) return nullptr;
    auto left = std::make_shared<LeftAside>();
    left->id = purchase.actor->number;
    for (const core::Line& line : purchase.lines)
        for (std::size_t i = 0; i < count; ++i)
            if (purchase.actor->lines[i].sku == &shop_.skus()[line.sku.value]) left->lines.push_back(line);
    left->since_ns = purchase.began_ns;
    if (way.step > shop_.plan().hold || !unanswered(way)) left->made_ns = steady_now_ns();
    // Many platforms let go of them when they refuse the promise.
    if (purchase.said.promised) left->lives = LeftAside::Lives::no_matter_how_long;
    return left;
}

void Desk::leave(const Entry& entry, const std::shared_ptr<Purchase>& purchase, const WayResult& way, Completion completion) {
    // What may have been bought is in no cart.
    if (completion.settled != Settled::refused) return settle(entry, completion);
    const auto left = left_aside(*purchase, way);
    completion.left = left;
    const Steps& cancel = shop_.plan().cancel;
    if (!left || !left->made_ns || purchase->said.promised || !cancels_carts_) return settle(entry, completion);
    const std::int64_t from_ns = steady_now_ns();
    run_steps(shop_.runner(), cancel, purchase->actor, {.from = 0, .to = cancel.size(), .gate = {}, .think = {}},
              [this, entry, left, completion, from_ns, count = lines_aside(*purchase, way)](const WayResult& back) {
                  // Line by line it may be over with those that there were.
                  const bool all =
                      back.answer == Answer::accepted || (back.step + 1 == shop_.plan().cancel.size() && back.lines >= count);
                  if (all) left->back = {from_ns, back.last.answered_ns};
                  settle(entry, completion);
              });
}

// From here on it may be in the books.
void Desk::comes_to_promise(const std::shared_ptr<Purchase>& purchase) {
    if (!std::exchange(purchase->came, true)) came_.push_back(purchase);
    identify(*purchase);
    purchase->said.asks();  // whoever is still under way in the end may have bought or not
}

// What steps have found may be part of it: it is known for good when the promise has been sent.
void Desk::identify(Purchase& purchase) { purchase.identity = lower_case(shop_.runner().identity(*purchase.actor)); }

void Desk::told(const std::shared_ptr<Purchase>& purchase, const WayResult& way) {
    purchase->said.note(shop_.plan(), way);
    identify(*purchase);
    if (way.step >= shop_.plan().promise) identities_.claim(purchase->identity, purchase->actor->number);
    purchase->sent_ns = way.last.sent_ns;
    purchase->answered_ns = way.last.problem == Response::Problem::none ? way.last.answered_ns : 0;
    if (purchase->said.promised)
        stories_.promised(*purchase->actor, way.answer);
    else
        stories_.leaves(*purchase->actor);
    if (purchase->said.promised && way.answer != Answer::accepted) purchase->state = Purchase::State::promising;
}

void Desk::confirm(const Entry& entry, const Errand& errand) {
    const core::Command& command = errand.operation.command;
    const auto found = holds_.find(command.id);
    if (found == holds_.end()) return settle(entry, core::Outcome::unknown_hold);
    const auto purchase = found->second;
    purchase->order = command.order;
    purchase->hold = command.id;
    if (shop_.plan().hold == shop_.plan().promise) {  // bought by the hold already
        purchase->state = Purchase::State::bought;
        orders_[command.order] = purchase;
        return settle(entry, core::Outcome::applied);
    }
    promise(entry, purchase, shop_.plan().hold + 1);
}

void Desk::allocate(const Entry& entry, const Errand& errand) {
    const auto purchase = shopper(errand);
    if (!purchase) return refuse(entry, Cause::unsupported);
    purchase->order = errand.operation.command.order;
    promise(entry, purchase, 0);
}

void Desk::promise(const Entry& entry, const std::shared_ptr<Purchase>& purchase, std::size_t from) {
    entry->purchase = purchase;
    comes_to_promise(purchase);
    run_steps(shop_.runner(), shop_.plan().steps, purchase->actor,
              {.from = from, .to = shop_.plan().promise + 1, .gate = {}, .think = {}},
              [this, entry, purchase, from](const WayResult& way) {
                  told(purchase, way);
                  const Completion completion = completion_of(way, purchase->said);
                  if (way.answer == Answer::accepted) {
                      purchase->state = Purchase::State::bought;
                      orders_[purchase->order] = purchase;
                      holds_.erase(purchase->hold);
                  }
                  if (way.answer != Answer::accepted)
                      return from == 0 ? leave(entry, purchase, way, completion) : settle(entry, completion);
                  settle(entry, completion);
                  if (shop_.plan().webhooks.empty()) return;
                  run_steps(shop_.runner(), shop_.plan().webhooks, purchase->actor,
                            {.from = 0, .to = shop_.plan().webhooks.size(), .gate = {}, .think = {}},
                            [purchase](const WayResult& last) { purchase->said.unconfirmed = last.answer != Answer::accepted; });
              });
}

void Desk::cancel(const Entry& entry, const std::shared_ptr<Purchase>& purchase) {
    const auto over = [this](const Purchase& of) {
        holds_.erase(of.hold);
        orders_.erase(of.order);
    };
    const bool can = purchase->said.promised ? !shop_.plan().cancel.empty() : cancels_carts_;
    if (!can) {
        // What is set aside stays so until the platform lets go of it, and who was not asked has given nothing back.
        if (shop_.plan().hold_reserves) return refuse(entry, Cause::unsupported);
        over(*purchase);
        return settle(entry, core::Outcome::applied);
    }
    if (purchase->cancel_ns == 0) purchase->cancel_ns = steady_now_ns();
    run_steps(shop_.runner(), shop_.plan().cancel, purchase->actor,
              {.from = 0, .to = shop_.plan().cancel.size(), .gate = {}, .think = {}},
              [this, entry, purchase, over](const WayResult& way) {
                  if (way.answer == Answer::accepted) {
                      purchase->state = Purchase::State::over;
                      purchase->said.cancelled = true;
                      stories_.leaves(*purchase->actor);
                      over(*purchase);
                      return settle(entry, completion_of(way, Certain::no));
                  }
                  if (unanswered(way)) purchase->cancel_lost = true;
                  // "Cancelled already", say, after a try that nobody answered: it may have been that one.
                  if (purchase->cancel_lost) return settle(entry, unknown_now());
                  purchase->cancel_ns = 0;
                  settle(entry, completion_of(way, Certain::no));
              });
}

// That there is an order is certain, that there is none yet is not: a payment may commit after its shopper has gone. Then only
// the read-back of a shop that has settled may say so.
void Desk::look_up(const Entry& entry) {
    shop_.look_up(entry->purchase->actor, [this, entry](const std::string& problem, const Books& books) {
        if (!problem.empty() || books.orders.empty()) return settle(entry, unknown_now());
        entry->purchase->state = Purchase::State::bought;
        if (entry->kind == core::CommandKind::hold)
            holds_[entry->purchase->hold] = entry->purchase;
        else
            orders_[entry->purchase->order] = entry->purchase;
        settle(entry, core::Outcome::applied);
    });
}

// Settled long ago: nobody asks again.
void Desk::forget(std::int64_t now_ns) {
    while (!remembered_.empty() && remembered_.front().first + kRememberedNs < now_ns) {
        const auto found = known_.find(remembered_.front().second);
        if (found != known_.end() && found->second->state == Known::State::settled) known_.erase(found);
        remembered_.pop_front();
    }
}

void Desk::sweep(std::int64_t now_ns) {
    forget(now_ns);
    while (!deadlines_.empty() && (deadlines_.front().at_ns <= now_ns || deadlines_.front().entry->waiting.empty())) {
        const Deadline over = std::move(deadlines_.front());
        deadlines_.pop_front();
        auto& waiting = over.entry->waiting;
        const auto found = std::find_if(waiting.begin(), waiting.end(), [&](const auto& one) { return one.first == over.tag; });
        if (found == waiting.end()) continue;
        const Reply told = std::move(found->second);
        waiting.erase(found);
        Completion unknown{.tag = over.tag, .settled = Settled::unknown, .cause = Cause::no_answer};
        unknown.at_ns = now_ns;
        told(unknown);
    }
}

Customers Desk::customers() const {
    const auto us = [this](std::int64_t ns) { return (ns - stories_.first_ns()) / 1000; };
    Customers out;
    out.reserve(came_.size());
    for (const auto& purchase : came_) {
        Customer one{purchase->actor->number, purchase->identity, purchase->order, purchase->lines, purchase->said};
        one.sent_us = us(purchase->sent_ns);
        if (purchase->answered_ns > 0) one.answered_us = us(purchase->answered_ns);
        if (purchase->cancel_ns > 0) one.cancelled_us = us(purchase->cancel_ns);
        out.push_back(std::move(one));
    }
    std::sort(out.begin(), out.end(), [](const Customer& a, const Customer& b) { return a.number < b.number; });
    return out;
}

}  // namespace lastunit::drivers::http
