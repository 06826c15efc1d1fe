#include "drivers/http/race/judge.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kNamed = 200;  // shoppers of a finding

std::string units(std::int64_t count) { return std::to_string(count) + (count == 1 ? " unit" : " units"); }

std::int64_t sum_of(const std::vector<Books::Line>& lines) {
    std::int64_t sum = 0;
    for (const Books::Line& line : lines) sum += line.units;
    return sum;
}

// Of the first SKU: a race has one.
std::optional<std::int64_t> available(const Books& books) {
    const auto found = books.counters.find(Sku(0));
    return found == books.counters.end() ? std::nullopt : found->second.available;
}

const RaceEvent* promise_of(const RaceShopper& shopper) {
    const auto found = std::find_if(shopper.events.rbegin(), shopper.events.rend(),
                                    [&](const RaceEvent& event) { return event.step == shopper.last_step; });
    return found == shopper.events.rend() ? nullptr : &*found;
}

class Judge {
   public:
    explicit Judge(const RaceRun& run) : run_(run) {}

    Verdict judge() {
        count();
        oversold();
        undersold();
        phantom_and_missing();
        duplicates();
        stock();
        return std::move(out_);
    }

   private:
    struct Seen {
        const RaceShopper* shopper;
        std::int64_t ordered = 0;
        std::set<std::string> order_ids;
        bool sold = false, open = false;  // open: may be sold or not
    };

    void count() {
        const Quantity each = run_.options.quantity;
        out_.stock = available(run_.before).value_or(run_.options.units);
        std::map<std::string, Seen*> by_identity;
        seen_.reserve(run_.shoppers.size());
        for (const RaceShopper& shopper : run_.shoppers) {
            seen_.push_back({&shopper, 0, {}});
            by_identity[shopper.identity] = &seen_.back();
        }
        out_.demand = static_cast<std::int64_t>(seen_.size()) * each;
        if (run_.after.has_orders) out_.orders = 0;
        for (const Books::Line& line : run_.after.orders) {
            const auto found = by_identity.find(line.shopper);
            if (found == by_identity.end()) continue;
            *out_.orders += line.units;
            found->second->ordered += line.units;
            found->second->order_ids.insert(line.id);
        }
        for (Seen& one : seen_) classify(one, each);
        if (run_.after.has_reservations) out_.reservations = sum_of(run_.after.reservations) - sum_of(run_.before.reservations);
        if (const auto left = available(run_.after)) out_.counter = out_.stock - *left;
    }

    void classify(Seen& one, Quantity each) {
        const RaceShopper& shopper = *one.shopper;
        if (shopper.told == Answer::accepted && !shopper.cancelled) {
            one.sold = true;
            out_.told += each;
        } else if (shopper.cancelled) {
            // Paid and cancelled at once: either may have been the last word, the orders say which.
            one.sold = one.ordered > 0;
            one.open = !run_.after.has_orders;
        } else if (shopper.told == Answer::unknown && shopper.promised) {
            one.sold = one.ordered > 0;
            one.open = !run_.after.has_orders;
            if (one.sold) out_.resolved += each;
        } else {
            one.sold = one.ordered > 0;  // a phantom: sold all the same
        }
        if (one.open) out_.unknown += each;
    }

    template <class Which> std::vector<std::uint64_t> shoppers(Which which) const {
        std::vector<std::uint64_t> out;
        for (const Seen& one : seen_)
            if (which(one) && out.size() < kNamed) out.push_back(one.shopper->number);
        return out;
    }

    std::int64_t sold() const {
        std::int64_t sum = 0;
        for (const Seen& one : seen_)
            if (one.sold) sum += std::max<std::int64_t>(run_.options.quantity, one.ordered);
        return sum;
    }

    // Who was sold the last unit that there was, and who was sold it again: of all the later ones the one whose request was under
    // way together with the other's for the longest.
    std::vector<std::uint64_t> last_unit_pair() const {
        std::vector<const RaceShopper*> sold;
        for (const Seen& one : seen_)
            if (one.sold && promise_of(*one.shopper) != nullptr) sold.push_back(one.shopper);
        std::stable_sort(sold.begin(), sold.end(), [](const RaceShopper* a, const RaceShopper* b) {
            return promise_of(*a)->answered_us < promise_of(*b)->answered_us;
        });
        const auto last = static_cast<std::size_t>(std::max<std::int64_t>(0, out_.stock / run_.options.quantity - 1));
        if (sold.size() < last + 2) return {};
        const RaceEvent* mine = promise_of(*sold[last]);
        const RaceShopper* best = sold[last + 1];
        std::int64_t most = -1;
        for (std::size_t i = last + 1; i < sold.size(); ++i) {
            const RaceEvent* other = promise_of(*sold[i]);
            const std::int64_t together =
                std::min(mine->answered_us, other->answered_us) - std::max(mine->sent_us, other->sent_us);
            if (together > most) best = sold[i], most = together;
        }
        return {sold[last]->number, best->number};
    }

    void add(FindingKind kind, std::int64_t count, std::vector<std::uint64_t> who, std::string sentence,
             std::vector<std::uint64_t> side_by_side) {
        out_.findings.push_back({kind, count, std::move(who), std::move(sentence), std::move(side_by_side)});
    }

    void oversold() {
        const std::int64_t over = sold() - out_.stock;
        if (over <= 0) return;
        add(FindingKind::oversold, over, shoppers([](const Seen& one) { return one.sold; }),
            units(sold()) + " sold of " + std::to_string(out_.stock), last_unit_pair());
    }

    void undersold() {
        const std::int64_t could = std::min(out_.stock, out_.demand), under = could - sold() - out_.unknown;
        const auto refused = [](const Seen& one) { return !one.sold && !one.open && !one.shopper->cancelled; };
        const auto who = shoppers(refused);
        // Whoever cancelled gave the units back: they were there to be sold, and the run was over.
        std::int64_t cancelled = 0;
        for (const Seen& one : seen_)
            if (one.shopper->cancelled && !one.sold) cancelled += run_.options.quantity;
        if (under - cancelled <= 0 || who.empty()) return;
        std::map<std::string, int> whys;
        for (const Seen& one : seen_)
            if (refused(one)) ++whys[one.shopper->last_step + ": " + name_of(one.shopper->told)];
        std::string listed;
        for (const auto& [why, count] : whys) listed += (listed.empty() ? "" : ", ") + std::to_string(count) + " " + why;
        add(FindingKind::undersold, under - cancelled, who,
            units(under - cancelled) + " left while shoppers were turned away (" + listed + ")", {who.front()});
    }

    void phantom_and_missing() {
        if (!run_.after.has_orders) return;
        const auto phantom = [](const Seen& one) {
            const RaceShopper& shopper = *one.shopper;
            const bool told_so = shopper.told == Answer::accepted || shopper.acceptances > 0 || shopper.cancelled;
            return one.ordered > 0 && !told_so && (!shopper.promised || shopper.answered);
        };
        const auto missing = [](const Seen& one) {
            return one.ordered == 0 && one.shopper->told == Answer::accepted && !one.shopper->cancelled;
        };
        std::int64_t phantoms = 0, gone = 0;
        for (const Seen& one : seen_) {
            if (phantom(one)) phantoms += one.ordered;
            if (missing(one)) gone += run_.options.quantity;
        }
        const auto who = shoppers(phantom), lost = shoppers(missing);
        if (phantoms > 0)
            add(FindingKind::phantom_order, phantoms, who,
                units(phantoms) + " in orders whose shoppers were answered that there is none", {who.front()});
        if (gone > 0)
            add(FindingKind::missing_order, gone, lost, units(gone) + " accepted, and the system has no such order",
                {lost.front()});
    }

    void duplicates() {
        const auto twice = [&](const Seen& one) { return one.ordered > run_.options.quantity; };
        const auto who = shoppers(twice);
        if (who.empty()) return;
        std::int64_t more = 0;
        for (const Seen& one : seen_)
            if (twice(one)) more += one.ordered - run_.options.quantity;
        add(FindingKind::duplicate_order, more, who, units(more) + " ordered beyond what was asked for once", {who.front()});
    }

    // Of those sold the two whose promises were under way together for the longest; none: no two were.
    std::vector<std::uint64_t> longest_together() const {
        using Promise = std::pair<const RaceEvent*, std::uint64_t>;
        std::vector<Promise> promises;
        for (const Seen& one : seen_)
            if (one.sold && promise_of(*one.shopper) != nullptr)
                promises.emplace_back(promise_of(*one.shopper), one.shopper->number);
        std::stable_sort(promises.begin(), promises.end(),
                         [](const Promise& a, const Promise& b) { return a.first->sent_us < b.first->sent_us; });
        std::vector<std::uint64_t> pair;
        std::int64_t most = 0;
        std::size_t last = 0;  // of those before, the one that was answered last
        for (std::size_t i = 1; i < promises.size(); ++i) {
            const RaceEvent &mine = *promises[i].first, &other = *promises[last].first;
            const std::int64_t together = std::min(mine.answered_us, other.answered_us) - mine.sent_us;
            if (together > most) pair = {promises[last].second, promises[i].second}, most = together;
            if (mine.answered_us > other.answered_us) last = i;
        }
        return pair;
    }

    // Orders, rows and counter against each other.
    void stock() {
        const std::int64_t ordered = out_.orders.value_or(out_.told);
        const auto who = shoppers([](const Seen& one) { return one.sold; });
        const auto pair = last_unit_pair();
        if (out_.reservations && *out_.reservations < ordered)
            add(FindingKind::unallocated_order, ordered - *out_.reservations, who,
                units(ordered) + " ordered, " + std::to_string(*out_.reservations) + " reserved or moved", pair);
        const std::int64_t taken = out_.reservations.value_or(ordered);
        if (out_.counter && *out_.counter < taken) return stayed_behind("counter", *out_.counter, taken, who, pair);
        // On hand moves when units are shipped: not at all so far, or by all that was taken.
        const auto moved = on_hand_moved();
        if (moved && *moved > 0 && *moved < taken) stayed_behind("on-hand counter", *moved, taken, who, pair);
    }

    std::optional<std::int64_t> on_hand_moved() const {
        const auto before = run_.before.counters.find(Sku(0)), after = run_.after.counters.find(Sku(0));
        if (before == run_.before.counters.end() || after == run_.after.counters.end()) return std::nullopt;
        if (!before->second.on_hand || !after->second.on_hand) return std::nullopt;
        return *before->second.on_hand - *after->second.on_hand;
    }

    void stayed_behind(const char* counter, std::int64_t moved, std::int64_t taken, const std::vector<std::uint64_t>& who,
                       const std::vector<std::uint64_t>& pair) {
        // Without rows a counter that stayed behind has two possible causes; without two requests at once it cannot be an update
        // that was lost.
        const auto together = longest_together();
        const bool race = out_.reservations || !together.empty();
        add(race ? FindingKind::lost_update : FindingKind::unallocated_order, taken - moved, who,
            units(taken) + (out_.reservations ? " reserved or moved" : " ordered") + ", and the " + counter + " moved by " +
                std::to_string(moved),
            race && !together.empty() ? together : pair);
    }

    const RaceRun& run_;
    Verdict out_;
    std::vector<Seen> seen_;
};

}  // namespace

const char* name_of(FindingKind kind) {
    static constexpr const char* kNames[] = {"oversold",        "undersold",   "phantom_order",    "missing_order",
                                             "duplicate_order", "lost_update", "unallocated_order"};
    return kNames[static_cast<std::size_t>(kind)];
}

Verdict judge(const RaceRun& run) { return Judge(run).judge(); }

}  // namespace lastunit::drivers::http
