#include "drivers/http/judge.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kNamed = 200;  // shoppers of a finding

std::string units(std::int64_t count) { return std::to_string(count) + (count == 1 ? " unit" : " units"); }

struct Seen {
    const Buyer* buyer = nullptr;
    std::int64_t ordered = 0;
    bool sold = false, open = false;  // open: may be sold or not
    const Told& said() const { return *buyer->said; }
};

struct Who {
    std::vector<std::uint64_t> named;
    std::size_t all = 0;
    std::uint64_t teller = 0;  // the first whose requests are kept, else the first; 0: nobody
};

using Form = Disagreement::Form;

class Judge {
   public:
    explicit Judge(const SkuCase& of) : of_(of), books_(*of.books) {}

    Verdict judge() {
        count();
        oversold();
        if (of_.left_over == SkuCase::LeftOver::was_withheld) undersold();
        phantom_and_missing();
        duplicates();
        stock();
        return std::move(out_);
    }

   private:
    void count() {
        out_.stock = books_.before.available.value_or(of_.put);
        std::map<std::string_view, Seen*> by_identity;
        seen_.reserve(of_.buyers.size());
        for (const Buyer& buyer : of_.buyers) {
            seen_.push_back({&buyer});
            if (!buyer.identity->empty()) by_identity[*buyer.identity] = &seen_.back();
            out_.demand += buyer.wanted;
        }
        if (books_.has_orders) out_.orders = 0;
        for (const Books::Line& line : books_.orders) {
            const auto found = by_identity.find(line.shopper);
            if (found == by_identity.end()) {
                out_.others += std::max<std::int64_t>(0, line.units);
                continue;
            }
            *out_.orders += line.units;
            found->second->ordered += line.units;
        }
        for (Seen& one : seen_) classify(one);
        out_.reservations = moved_for(by_identity);
        if (books_.after.available) out_.counter = out_.stock - *books_.after.available;
    }

    // Rows of strangers are nothing that these shoppers took: where any row names one of them, or an order of theirs, those that
    // name somebody else are left out.
    std::optional<std::int64_t> moved_for(const std::map<std::string_view, Seen*>& buyers) const {
        std::set<std::string_view> orders;
        for (const Books::Line& line : books_.orders)
            if (!line.id.empty() && buyers.contains(line.shopper)) orders.insert(line.id);
        const auto ours = [&](const Books::Line& row) { return buyers.contains(row.shopper) || orders.contains(row.id); };
        std::int64_t of_strangers = 0;
        bool named = false;
        for (const Books::Line& row : books_.grown) {
            if (ours(row))
                named = true;
            else if (!row.shopper.empty())
                of_strangers += row.units;
        }
        return named ? *books_.moved - of_strangers : books_.moved;
    }

    void classify(Seen& one) {
        const Told& said = one.said();
        const Quantity wanted = one.buyer->wanted;
        if (bought(one)) {
            one.sold = true;
            out_.told += wanted;
        } else if (said.told == Answer::accepted && said.unconfirmed && !may_be_cancelled(one)) {
            one.sold = one.ordered > 0;
            one.open = !one.sold;
            out_.told += wanted;
        } else if (may_be_cancelled(one)) {
            // Paid and cancelled at once, or cancelled without an answer: either may have been the last word, the orders say
            // which.
            one.sold = one.ordered > 0;
            one.open = !books_.has_orders;
            if (one.sold && !said.cancelled && said.told == Answer::accepted) out_.told += one.ordered;
            if (one.sold && said.told == Answer::unknown) out_.resolved += one.ordered;
        } else if (said.told == Answer::unknown && said.promised) {
            one.sold = one.ordered > 0;
            one.open = !books_.has_orders;
            if (one.sold) out_.resolved += one.ordered;
        } else {
            one.sold = one.ordered > 0;  // a phantom: sold all the same
        }
        if (one.open) out_.unknown += wanted;
    }

    template <class Which> Who shoppers(Which which) const {
        Who out;
        bool tells = false;
        for (const Seen& one : seen_) {
            if (!which(one)) continue;
            ++out.all;
            if (out.named.size() < kNamed) out.named.push_back(one.buyer->number);
            if (out.teller == 0 || (!tells && one.buyer->tells)) out.teller = one.buyer->number, tells = one.buyer->tells;
        }
        return out;
    }

    static bool may_be_cancelled(const Seen& one) { return one.said().cancelled || one.buyer->cancelled_us.has_value(); }
    // Told so for good: it counts whatever the orders say.
    static bool bought(const Seen& one) {
        return one.said().told == Answer::accepted && !one.said().unconfirmed && !may_be_cancelled(one);
    }

    static std::int64_t sold_by(const Seen& one) {
        return bought(one) ? std::max<std::int64_t>(one.buyer->wanted, one.ordered) : one.ordered;
    }
    std::int64_t sold() const {
        std::int64_t sum = 0;
        for (const Seen& one : seen_) sum += sold_by(one);
        return sum;
    }

    // Was told yes, and gave it back later.
    static bool had_it(const Seen& one) {
        return one.said().told == Answer::accepted && one.buyer->decided && one.buyer->cancelled_us.has_value() && !one.sold;
    }

    // Most units that were certainly sold at one time, those cancelled later among them: an acceptance counts from its answer, a
    // cancelled one until its cancelling was sent.
    std::int64_t most_at_once() const {
        std::vector<std::pair<std::int64_t, std::int64_t>> changes;  // when, by how much: given back before taken
        for (const Seen& one : seen_) {
            if (had_it(one)) {
                if (*one.buyer->cancelled_us <= one.buyer->answered_us) continue;
                changes.emplace_back(one.buyer->answered_us, one.buyer->wanted);
                changes.emplace_back(*one.buyer->cancelled_us, -one.buyer->wanted);
            } else if (one.sold && one.said().told == Answer::accepted && one.buyer->decided) {
                changes.emplace_back(one.buyer->answered_us, sold_by(one));
            }
        }
        std::sort(changes.begin(), changes.end());
        std::int64_t now = 0, most = 0;
        for (const auto& [when, change] : changes) most = std::max(most, now += change);
        return most;
    }

    // Those sold of whose promise the times are known, by the time of its answer; those who cancelled later among them.
    std::vector<const Buyer*> sold_in_order() const {
        std::vector<const Buyer*> sold;
        for (const Seen& one : seen_)
            if ((one.sold || had_it(one)) && one.buyer->decided) sold.push_back(one.buyer);
        std::stable_sort(sold.begin(), sold.end(),
                         [](const Buyer* a, const Buyer* b) { return a->answered_us < b->answered_us; });
        return sold;
    }
    static std::int64_t together_us(const Buyer& a, const Buyer& b) {
        return std::min(a.answered_us, b.answered_us) - std::max(a.sent_us, b.sent_us);
    }

    // Who was sold the last unit that there was, and who was sold it again: of all who were while nothing was left the one whose
    // request was under way together with the other's for the longest, of those whose requests are kept if there are any.
    std::vector<std::uint64_t> last_unit_pair() const {
        struct Change {
            std::int64_t at_us, units;  // given back before taken
            const Buyer* buyer;
        };
        std::vector<Change> changes;
        for (const Buyer* buyer : sold_in_order()) {
            if (buyer->cancelled_us && *buyer->cancelled_us <= buyer->answered_us) continue;
            changes.push_back({buyer->answered_us, buyer->wanted, buyer});
            if (buyer->cancelled_us) changes.push_back({*buyer->cancelled_us, -buyer->wanted, buyer});
        }
        std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
            return std::pair(a.at_us, a.units) < std::pair(b.at_us, b.units);
        });
        const Buyer* last = nullptr;
        std::vector<const Buyer*> again;
        std::int64_t sum = 0;
        for (const Change& change : changes) {
            sum += change.units;
            if (sum <= out_.stock && !again.empty()) break;
            if (change.units < 0) continue;
            if (sum <= out_.stock || last == nullptr)
                last = change.buyer;
            else
                again.push_back(change.buyer);
        }
        if (again.empty()) return {};
        const auto better = [&](const Buyer* a, const Buyer* b) {
            return std::pair(a->tells, together_us(*last, *a)) < std::pair(b->tells, together_us(*last, *b));
        };
        return {last->number, (*std::max_element(again.begin(), again.end(), better))->number};
    }

    // Of those sold the two whose promises were under way together for the longest, of those whose requests are kept if there are
    // any; none: no two were.
    std::vector<std::uint64_t> longest_together() const {
        std::vector<const Buyer*> sold = sold_in_order();
        std::stable_sort(sold.begin(), sold.end(), [](const Buyer* a, const Buyer* b) { return a->sent_us < b->sent_us; });
        std::vector<std::uint64_t> pair;
        std::pair<bool, std::int64_t> most{false, 0};
        std::size_t last = 0;  // of those before, the one that was answered last
        for (std::size_t i = 1; i < sold.size(); ++i) {
            const Buyer &mine = *sold[i], &other = *sold[last];
            const std::pair<bool, std::int64_t> now{mine.tells && other.tells, together_us(mine, other)};
            if (now.second > 0 && (pair.empty() || now > most)) pair = {other.number, mine.number}, most = now;
            if (mine.answered_us > other.answered_us) last = i;
        }
        return pair;
    }
    std::vector<std::uint64_t> telling_pair() const {
        auto pair = last_unit_pair();
        return pair.empty() ? longest_together() : pair;
    }

    void add(FindingKind kind, std::int64_t count, const Who& who, Disagreement disagreement,
             std::vector<std::uint64_t> side_by_side) {
        std::string sentence = sentence_of(disagreement);
        out_.findings.push_back(
            {kind, count, who.named, who.all, std::move(disagreement), std::move(sentence), std::move(side_by_side)});
    }

    void oversold() {
        const std::int64_t in_the_end = sold(), at_once = most_at_once(), most = std::max(in_the_end, at_once);
        if (most <= out_.stock) return sold_with_others(in_the_end);
        const Form form = at_once > in_the_end ? Form::sold_beyond_stock_at_one_time : Form::sold_beyond_stock;
        add(FindingKind::oversold, most - out_.stock, shoppers([](const Seen& one) { return one.sold || had_it(one); }),
            {form, most, out_.stock}, last_unit_pair());
    }

    // Somebody else's may be an order of an earlier run, paid meanwhile, whose units were taken before this one began.
    void sold_with_others(std::int64_t sold) {
        if (out_.others == 0 || sold + out_.others <= out_.stock) return;
        leave_open(sold + out_.others - out_.stock,
                   units(sold + out_.others) + " of " + std::to_string(out_.stock) + " are in new orders, " +
                       std::to_string(out_.others) +
                       " of them of nobody of this run: somebody else bought, or an earlier order was paid meanwhile");
    }

    // A basket is sold whole or not at all: of what is left so many units could have gone to those who were turned away, the
    // smallest baskets first.
    static std::int64_t fitting(std::int64_t left, std::vector<std::int64_t> baskets) {
        std::sort(baskets.begin(), baskets.end());
        std::int64_t sum = 0;
        for (const std::int64_t basket : baskets) {
            if (basket > left - sum) break;
            sum += basket;
        }
        return sum;
    }

    static bool refused(const Seen& one) {
        return !one.sold && !one.open && !may_be_cancelled(one) && one.buyer->heard == Buyer::Heard::something;
    }

    // Whoever cancelled gave the units back: they were there to be sold, and the run was over. Whoever heard nothing may have had
    // them set aside; others who bought have them.
    std::int64_t left() const {
        std::int64_t left = out_.stock - out_.others;
        for (const Seen& one : seen_)
            left -= refused(one) ? one.buyer->set_aside : std::max<std::int64_t>(sold_by(one), one.sold ? 0 : one.buyer->wanted);
        return left;
    }

    template <class Which> std::int64_t withheld(std::int64_t left, Which which) const {
        std::vector<std::int64_t> baskets;
        for (const Seen& one : seen_)
            if (refused(one) && which(one)) baskets.push_back(one.buyer->wanted);
        return fitting(left, std::move(baskets));
    }

    void undersold() {
        const auto for_good = [](const Seen& one) { return refused(one) && !one.said().come_again; };
        const std::int64_t there = left(), perhaps = withheld(there, refused);
        if (perhaps <= 0) return;
        // A counter that has less than that: units in the carts of those who were turned away behind a step that sets aside.
        const std::int64_t counted = std::max(there - in_carts(there), std::int64_t{0});
        const std::int64_t under = withheld(counted, for_good);
        if (under > 0) {
            const Who who = shoppers(for_good);
            add(FindingKind::undersold, under, who, {Form::left_unsold, under, 0, turned_away(for_good)}, {who.teller});
        } else if (withheld(counted, refused) > 0) {
            leave_open(withheld(counted, refused), units(withheld(counted, refused)) +
                                                       " left, and who was turned away was told to try again (" + whys(refused) +
                                                       "): more `retries` say whether they were withheld");
        } else {
            leave_open(perhaps, units(perhaps) + " in no order, and not available either: carts of those who were turned away (" +
                                    whys(refused) + ") may hold them; if they do, `hold_is: reservation` says so");
        }
    }

    // Of so many units in no order those that the counter does not have, as far as carts of this run may.
    std::int64_t in_carts(std::int64_t there) const {
        if (!books_.after.available) return 0;
        std::int64_t may = 0;
        for (const Seen& one : seen_)
            if (refused(one)) may += one.buyer->may_hold - one.buyer->set_aside;
        return std::clamp<std::int64_t>(there - std::max<std::int64_t>(0, *books_.after.available), 0, may);
    }

    template <class Which> std::vector<Disagreement::TurnedAway> turned_away(Which which) const {
        std::map<std::pair<std::string, std::string>, std::int64_t> counts;
        for (const Seen& one : seen_)
            if (which(one)) ++counts[{one.said().last_step, name_of(one.said().told)}];
        std::vector<Disagreement::TurnedAway> out;
        for (const auto& [why, count] : counts) out.push_back({why.first, why.second, count});
        return out;
    }
    template <class Which> std::string whys(Which which) const {
        std::string listed;
        for (const auto& one : turned_away(which))
            listed += (listed.empty() ? "" : ", ") + std::to_string(one.shoppers) + " " + one.step + ": " + one.answer;
        return listed;
    }

    template <class Count> void add_orders(FindingKind kind, Count count, Form form) {
        std::int64_t sum = 0;
        for (const Seen& one : seen_) sum += count(one);
        if (sum <= 0) return;
        const Who who = shoppers([&](const Seen& one) { return count(one) > 0; });
        add(kind, sum, who, {form, sum, 0}, {who.teller});
    }

    void phantom_and_missing() {
        if (!books_.has_orders) return;
        add_orders(
            FindingKind::phantom_order,
            [](const Seen& one) {
                const Told& said = one.said();
                const bool told_so = said.told == Answer::accepted || said.acceptances > 0 || said.cancelled;
                const bool has_word = one.buyer->heard == Buyer::Heard::something && (!said.promised || said.answered);
                return !told_so && has_word ? one.ordered : 0;
            },
            Form::ordered_though_refused);
        // Only of a cancelling that was sent when the promise had been answered: of two at once either may be the last.
        add_orders(
            FindingKind::phantom_order,
            [](const Seen& one) {
                const Buyer& buyer = *one.buyer;
                const bool after = one.said().cancelled && one.said().told == Answer::accepted && buyer.decided &&
                                   buyer.cancelled_us && *buyer.cancelled_us >= buyer.answered_us;
                return after ? one.ordered : 0;
            },
            Form::ordered_though_cancelled);
        add_orders(
            FindingKind::missing_order,
            [](const Seen& one) { return bought(one) ? std::max<std::int64_t>(0, one.buyer->wanted - one.ordered) : 0; },
            Form::accepted_without_order);
    }

    void duplicates() {
        const auto twice = [](const Seen& one) { return one.ordered > one.buyer->wanted; };
        const Who who = shoppers(twice);
        if (who.all == 0) return;
        std::int64_t more = 0;
        for (const Seen& one : seen_)
            if (twice(one)) more += one.ordered - one.buyer->wanted;
        add(FindingKind::duplicate_order, more, who, {Form::ordered_beyond_asked, more, 0}, {who.teller});
    }

    // Orders, rows and counter against each other.
    void stock() {
        const std::int64_t ordered = out_.orders.value_or(out_.told);
        const Who who = shoppers([](const Seen& one) { return one.sold; });
        if (out_.reservations && *out_.reservations < ordered)
            add(FindingKind::unallocated_order, ordered - *out_.reservations, who,
                {Form::ordered_without_stock, ordered, *out_.reservations}, telling_pair());
        const std::int64_t taken = out_.reservations.value_or(ordered);
        if (taken <= 0) return;  // what others gave back meanwhile is no business of these shoppers
        // Rows that were there before and are gone may have given their units back to the counter: a cart that expired.
        const std::int64_t back = books_.gone + rows_left_behind(taken - ordered);
        if (!out_.counter) return;
        // Without rows nobody knows whether carts of earlier runs gave units back.
        if (*out_.counter + back < taken && of_.hold_reserves && !out_.reservations)
            return leave_open(taken - *out_.counter,
                              units(taken) + " ordered, and the counter moved by " + std::to_string(*out_.counter) +
                                  ": carts of earlier runs may have given units back; `reservations` say so");
        if (*out_.counter + back < taken) return did_not_follow(taken, taken - back - *out_.counter, who);
        const std::int64_t most = taken + may_be_taken() + out_.others;
        if (of_.left_over == SkuCase::LeftOver::was_withheld && *out_.counter > most)
            did_not_follow(taken, *out_.counter - most, who);
    }

    // Of the units that rows have beyond the orders: those of cancelled purchases, whose rows many platforms keep.
    std::int64_t rows_left_behind(std::int64_t beyond_orders) const {
        std::int64_t cancelled = 0;
        for (const Seen& one : seen_)
            if (may_be_cancelled(one) && !one.sold) cancelled += one.buyer->wanted;
        return std::clamp<std::int64_t>(cancelled, 0, std::max<std::int64_t>(0, beyond_orders));
    }

    // Units that the counter may lack although neither rows nor orders have them: set aside in carts, cancelled and not given
    // back, or sold without a word.
    std::int64_t may_be_taken() const {
        std::int64_t sum = 0;
        for (const Seen& one : seen_)
            sum += std::max(one.buyer->may_hold, one.open || may_be_cancelled(one) ? std::int64_t{one.buyer->wanted} : 0);
        return sum;
    }

    void did_not_follow(std::int64_t taken, std::int64_t by, const Who& who) {
        // Without rows a counter that stayed behind has two possible causes; without two requests at once it cannot be an update
        // that was lost.
        const auto together = longest_together();
        const bool race = out_.reservations || !together.empty() || *out_.counter > taken;
        add(race ? FindingKind::lost_update : FindingKind::unallocated_order, by, who,
            {out_.reservations ? Form::counter_left_rows : Form::counter_left_orders, taken, *out_.counter},
            race && !together.empty() ? together : telling_pair());
    }

    void leave_open(std::int64_t count, std::string sentence) { out_.left_open.push_back({count, std::move(sentence)}); }

    const SkuCase& of_;
    const SkuBooks& books_;
    Verdict out_;
    std::vector<Seen> seen_;
};

}  // namespace

const char* name_of(FindingKind kind) {
    static constexpr const char* kNames[] = {"oversold",        "undersold",   "phantom_order",    "missing_order",
                                             "duplicate_order", "lost_update", "unallocated_order"};
    return kNames[static_cast<std::size_t>(kind)];
}

Verdict judge(const SkuCase& of) { return Judge(of).judge(); }

bool later_books_may_mend(FindingKind kind) {
    return kind == FindingKind::missing_order || kind == FindingKind::unallocated_order || kind == FindingKind::lost_update;
}

std::int64_t later_books_may_mend(const Verdict& verdict) {
    std::int64_t sum = 0;
    for (const Finding& finding : verdict.findings)
        if (later_books_may_mend(finding.kind)) sum += finding.units;
    return sum;
}

std::string nobodys_orders(std::span<const SkuCase> cases) {
    std::size_t orders = 0;
    std::string reads, is;
    for (const SkuCase& one : cases) {
        std::set<std::string_view> known;
        for (const Buyer& buyer : one.buyers) {
            if (!buyer.identity->empty()) known.insert(*buyer.identity);
            if (is.empty() && buyer.said->told == Answer::accepted && !buyer.cancelled_us) is = *buyer.identity;
        }
        for (const Books::Line& line : one.books->orders) {
            if (known.contains(line.shopper)) return "";
            if (orders++ == 0) reads = line.shopper;
        }
    }
    if (orders == 0 || is.empty()) return "";
    return "read_back: orders.shopper: none of the " + std::to_string(orders) +
           " new order lines is of a shopper of this run: `" + reads + "` is read, and somebody who bought is `" + is +
           "`; `shopper`, `identity`?";
}

}  // namespace lastunit::drivers::http
