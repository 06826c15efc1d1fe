#include "drivers/http/load/story_keeper.hpp"

#include <algorithm>

#include "drivers/driver.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::int64_t kGoneUs = 60'000'000;  // without a request: a cart that was left standing

}  // namespace

void StoryKeeper::comes(const std::shared_ptr<Actor>& actor) {
    while (!order_.empty() && !following_.contains(order_.front())) order_.pop_front();
    if (following_.size() >= kFollowed) {
        const Following& oldest = following_.at(order_.front());
        const std::int64_t now_us = (steady_now_ns() - recorder_.first_ns()) / 1000;
        if (!oldest.events->empty() && now_us - oldest.events->back().sent_us < kGoneUs) return;
        leaves(*oldest.actor);
    }
    auto events = std::make_unique<std::vector<WireEvent>>();
    recorder_.follow(*actor, events.get(), 1);
    following_.emplace(actor->number, Following{actor, std::move(events)});
    order_.push_back(actor->number);
    if (order_.size() > 4 * kFollowed) std::erase_if(order_, [this](std::uint64_t one) { return !following_.contains(one); });
}

void StoryKeeper::leaves(const Actor& actor) {
    const auto found = following_.find(actor.number);
    if (found == following_.end()) return;
    recorder_.forget(actor);
    following_.erase(found);
}

// Whether the requests of one who came to the promise are worth their memory; makes room for them.
bool StoryKeeper::takes(const Actor& actor, Answer answer) {
    bool wanted = false, ordinary = answer == Answer::accepted;
    for (const BasketLine& line : actor.lines) {
        const auto sku = static_cast<std::size_t>(line.sku - skus_);
        OfSku& of = kept_of_[sku];
        if (answer != Answer::accepted) {
            wanted = of.turned_away++ < kTurnedAway || wanted;
        } else if (sold_[sku] > stock_[sku]) {
            ordinary = false;
            wanted = of.after++ < kAfterLast || wanted;
        } else {
            wanted = true;
            of.before.push_back(actor.number);
            if (of.before.size() <= kBeforeLast) continue;
            kept_.erase(of.before.front());
            of.before.pop_front();
        }
    }
    if (!wanted) return false;
    while (kept_.size() >= kKept && !ordinary_.empty()) {
        kept_.erase(ordinary_.front());
        ordinary_.pop_front();
    }
    if (kept_.size() >= kKept) return false;
    if (ordinary) ordinary_.push_back(actor.number);
    if (ordinary_.size() > 2 * kKept) std::erase_if(ordinary_, [this](std::uint64_t one) { return !kept_.contains(one); });
    return true;
}

void StoryKeeper::promised(const Actor& actor, Answer answer) {
    if (answer == Answer::accepted)
        for (const BasketLine& line : actor.lines) sold_[static_cast<std::size_t>(line.sku - skus_)] += line.quantity;
    const auto found = following_.find(actor.number);
    if (found == following_.end()) return;
    if (takes(actor, answer)) kept_[actor.number] = std::move(found->second.events);
    leaves(actor);
}

std::vector<std::uint64_t> StoryKeeper::kept() const {
    std::vector<std::uint64_t> out;
    for (const auto& [shopper, events] : kept_) out.push_back(shopper);
    std::sort(out.begin(), out.end());
    return out;
}

const std::vector<WireEvent>* StoryKeeper::of(std::uint64_t shopper) const {
    const auto found = kept_.find(shopper);
    return found == kept_.end() ? nullptr : found->second.get();
}

}  // namespace lastunit::drivers::http
