#include "reports/audit/linearize.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "reports/audit/configurations.hpp"
#include "reports/audit/linearize_plan.hpp"

namespace lastunit::reports::audit {

namespace {

using Words = std::uint64_t*;
using ConstWords = const std::uint64_t*;

// How far a walk looks. The first levels seek: they find an order where there is one, mostly. The last is a proof.
struct Limits {
    std::uint64_t whole;  // configurations visited by an extension that wants all there is, before it seeks instead
    std::uint64_t seek;   // ... by one that wants a few
    std::size_t carried;  // from one event to the next
    std::size_t back;     // save points to go back to before it
};
// A first walk that is soon over, on all but the hardest cells: with no proof at its end, only an order or nothing.
constexpr Limits kNarrow[] = {{16, 100, 8, 0}, {32, 200, 32, 2}, {64, 400, 64, 5}, {64, 600, 128, 10}, {256, 2'000, 256, 20}};
constexpr Limits kWide[] = {
    {32, 200, 32, 0}, {64, 400, 64, 1}, {64, 600, 128, 3}, {256, 2'000, 256, 8}, {UINT64_MAX, UINT64_MAX, SIZE_MAX, 0}};
constexpr std::size_t kSaveEvery = 64;  // events
constexpr std::size_t kSavePoints = 24;
constexpr std::size_t kMostFound = 3;      // by one search that seeks
constexpr std::size_t kMostCompared = 64;  // configurations, each with each

class Walk {
   public:
    Walk(std::span<const CellOperation> operations, CellState start, std::int64_t safety, std::uint64_t budget, Keep keep,
         std::span<const Limits> levels)
        : operations_(operations), plan_(operations, start), safety_(safety), budget_(budget), keep_(keep), levels_(levels) {
        has_maybe_ =
            std::any_of(operations.begin(), operations.end(), [](const CellOperation& op) { return op.must != Must::happen; });
        words_ = plan_.words();
        invoked_.assign(plan_.unknowns.size(), 0);
        scratch_.assign(words_, 0);
        scratch_[0] = static_cast<std::uint64_t>(start.on_hand);
        scratch_[1] = static_cast<std::uint64_t>(start.committed);
        now_.reset(words_);
        now_.insert(scratch_.data());
    }

    Linearization run() {
        save(0, saved_);
        for (std::size_t e = 0; e < plan_.events.size(); ++e) {
            const auto& event = plan_.events[e];
            if (!event.is_end) {
                begin(event.operation);
            } else if (!end(event.operation)) {
                if (result_.visited > budget_) return decided(Linearization::Verdict::undecided, event.operation);
                if (whole_) return decided(Linearization::Verdict::refuted, event.operation);
                wide_until_ = std::max(wide_until_, e);
                if (++level_ == levels_.size()) return decided(Linearization::Verdict::undecided, event.operation);
                const std::size_t back = restore();
                result_.visited += e - back;  // what is walked again counts
                e = back - 1;                 // the loop's own step; the walk goes on with the saved event
                continue;
            }
            if (result_.visited > budget_) return decided(Linearization::Verdict::undecided, event.operation);
            if (e + 1 < plan_.events.size()) after(e + 1);
        }
        return result_;
    }

   private:
    Linearization decided(Linearization::Verdict verdict, std::uint32_t operation) {
        result_.verdict = verdict;
        result_.failed_at = operation;
        return result_;
    }

    bool proves() const { return levels_[level_].whole == UINT64_MAX; }

    // --- one configuration ---
    std::int64_t available(ConstWords c) const {
        return static_cast<std::int64_t>(c[0]) - static_cast<std::int64_t>(c[1]) - safety_;
    }
    bool has(ConstWords c, std::uint32_t op) const {
        const std::uint32_t slot = plan_.place[op];
        return ((c[plan_.bits_at() + slot / 64] >> (slot % 64)) & 1U) != 0;
    }
    void mark(Words c, std::uint32_t op) const {
        const std::uint32_t slot = plan_.place[op];
        c[plan_.bits_at() + slot / 64] |= std::uint64_t{1} << (slot % 64);
    }
    void unmark(Words c, std::uint32_t op) const {
        const std::uint32_t slot = plan_.place[op];
        c[plan_.bits_at() + slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
    }
    bool allows(ConstWords c, Act act, Quantity units) const {
        if (act == Act::take) return available(c) >= units;
        if (act == Act::deny) return available(c) < units;
        if (act == Act::read) return std::max<std::int64_t>(0, available(c)) == units;
        return true;  // also of a part of a refusal: another part may have been short
    }
    static void change(Words c, Act act, Quantity units) {
        const auto on_hand = static_cast<std::int64_t>(c[0]);
        if (act == Act::take) c[1] += static_cast<std::uint64_t>(units);
        if (act == Act::give) c[1] -= static_cast<std::uint64_t>(units);
        if (act == Act::stock) c[0] += static_cast<std::uint64_t>(units);
        if (act == Act::sell)
            c[0] = static_cast<std::uint64_t>(on_hand - std::min<std::int64_t>(units, std::max<std::int64_t>(on_hand, 0)));
        if (act == Act::count) c[0] = static_cast<std::uint64_t>(std::int64_t{units});
    }
    // Testimonies that are true now are given now.
    void testify(Words c) const {
        for (const std::uint32_t op : testimonies_)
            if (!has(c, op) && allows(c, operations_[op].act, operations_[op].units)) mark(c, op);
    }
    bool all_testified(ConstWords c) const {
        return std::all_of(testimonies_.begin(), testimonies_.end(), [&](std::uint32_t op) { return has(c, op); });
    }
    void take_effect(Words c, std::uint32_t op) const {
        mark(c, op);
        change(c, operations_[op].act, operations_[op].units);
        testify(c);
    }

    // --- events ---
    void begin(std::uint32_t index) {
        const CellOperation& op = operations_[index];
        if (op.until == kNever) {
            ++invoked_[plan_.place[index]];
            return;
        }
        if (is_effect(op.act)) {
            const auto at = std::upper_bound(effects_.begin(), effects_.end(), index, [&](std::uint32_t a, std::uint32_t b) {
                return operations_[a].until < operations_[b].until;
            });
            effects_.insert(at, index);
            return;
        }
        testimonies_.push_back(index);
        for (std::size_t i = 0; i < now_.size(); ++i)
            if (allows(now_.at(i), op.act, op.units)) mark(now_.at(i), index);
    }

    // False: no configuration is left.
    bool end(std::uint32_t index) {
        if (now_.size() == 1 && has(now_.at(0), index)) {
            unmark(now_.at(0), index);
        } else if (!end_quickly(index)) {
            next_.reset(words_);
            for (std::size_t i = 0; i < now_.size() && result_.visited <= budget_; ++i) extend(now_.at(i), index);
            if (next_.size() > 1) drop_dominated();
            if (next_.size() > levels_[level_].carried) keep_the_best();
            std::swap(now_, next_);
        }
        auto& pending = is_effect(operations_[index].act) ? effects_ : testimonies_;
        pending.erase(std::find(pending.begin(), pending.end(), index));
        return now_.size() > 0;
    }
    // The common case: one configuration, nothing open, and the operation takes effect now.
    bool end_quickly(std::uint32_t index) {
        const CellOperation& op = operations_[index];
        if (now_.size() != 1 || op.must != Must::happen || !is_effect(op.act)) return false;
        Words c = now_.at(0);
        if (!allows(c, op.act, op.units) || !all_testified(c) || !at_no_cost(c, index)) return false;
        take_effect(c, index);
        unmark(c, index);
        return true;
    }

    void emit(ConstWords c, std::uint32_t index) {
        ended_.assign(c, c + words_);
        unmark(ended_.data(), index);
        next_.insert(ended_.data());
    }
    void emit_taking_effect(ConstWords c, std::uint32_t index) {
        taken_.assign(c, c + words_);
        take_effect(taken_.data(), index);
        emit(taken_.data(), index);
    }

    void extend(ConstWords from, std::uint32_t index) {
        if (has(from, index)) return emit(from, index);
        if (extend_wholly(from, index)) return;
        whole_ = false;
        if (result_.visited <= budget_) extend_seeking(from, index);
    }

    // All ways in which `index` has taken effect (or, of what may have, has been passed over) from `from` on. False: too many.
    bool extend_wholly(ConstWords from, std::uint32_t index) {
        const CellOperation& op = operations_[index];
        if (op.must != Must::happen) emit(from, index);
        seen_.reset(words_);
        seen_.insert(from);
        stack_.assign(1, {0, Worth::emitting});
        while (!stack_.empty()) {
            const auto [at, worth] = stack_.back();
            stack_.pop_back();
            ++result_.visited;
            if (seen_.size() > levels_[level_].whole || result_.visited > budget_) return false;
            here_.assign(seen_.at(at), seen_.at(at) + words_);
            const bool testified = has(here_.data(), index);
            const bool possible = testified || (is_effect(op.act) && allows(here_.data(), op.act, op.units));
            if (possible && worth == Worth::emitting)
                testified ? emit(here_.data(), index) : emit_taking_effect(here_.data(), index);
            if (possible && all_testified(here_.data())) {
                if (at_no_cost(here_.data(), index)) continue;
                if (!proves() && !plan_.commutes) {
                    whole_ = false;
                    continue;
                }
            }
            successors(index, index, possible);
        }
        return true;
    }

    // Some ways: at once where that is possible, and after what lets a testimony be true that would be passed by for good.
    void extend_seeking(ConstWords from, std::uint32_t index) {
        const CellOperation& op = operations_[index];
        if (op.must != Must::happen) emit(from, index);
        if (!is_effect(op.act) || !allows(from, op.act, op.units)) return seek(from, index, index);
        emit_taking_effect(from, index);
        const std::int64_t before = available(from), after = available(taken_.data());
        for (const std::uint32_t testimony : testimonies_) {
            const CellOperation& told = operations_[testimony];
            if (has(from, testimony) || has(taken_at_once(from, index), testimony)) continue;
            const bool passed = told.act == Act::deny ? after >= before : (told.units - before) * (told.units - after) <= 0;
            if (passed) seek(from, testimony, index);
        }
    }
    ConstWords taken_at_once(ConstWords from, std::uint32_t index) {
        taken_.assign(from, from + words_);
        take_effect(taken_.data(), index);
        return taken_.data();
    }

    // Depth first to configurations in which `goal` is true or possible; there `index` takes effect.
    void seek(ConstWords from, std::uint32_t goal, std::uint32_t index) {
        const CellOperation &op = operations_[index], &wanted = operations_[goal];
        seen_.reset(words_);
        seen_.insert(from);
        stack_.assign(1, {0, Worth::emitting});
        std::size_t found = 0;
        for (std::uint64_t visited = 0; !stack_.empty() && visited < levels_[level_].seek && found < kMostFound; ++visited) {
            const std::size_t at = stack_.back().first;
            stack_.pop_back();
            if (++result_.visited > budget_) return;
            here_.assign(seen_.at(at), seen_.at(at) + words_);
            if (!is_effect(wanted.act) ? !has(here_.data(), goal) : !allows(here_.data(), wanted.act, wanted.units)) {
                successors(goal, index, false);
                continue;
            }
            if (has(here_.data(), index))
                emit(here_.data(), index);
            else if (is_effect(op.act) && allows(here_.data(), op.act, op.units))
                emit_taking_effect(here_.data(), index);
            else
                continue;
            ++found;
        }
    }

    // Whether letting `index` take effect before whatever else is pending closes no way. It would where effects do not commute,
    // and where a sale leaves less than pending takes need, which could have come first.
    bool at_no_cost(ConstWords c, std::uint32_t index) const {
        const CellOperation& op = operations_[index];
        if (!plan_.commutes) return effects_.size() == 1 && effects_[0] == index && plan_.unknowns.empty();
        if (op.act != Act::sell) return true;
        std::int64_t needed = op.units;
        for (const std::uint32_t other : effects_)
            if (operations_[other].act == Act::take && !has(c, other)) needed += operations_[other].units;
        for (std::size_t k = 0; k < plan_.unknowns.size(); ++k)
            if (plan_.unknowns[k].act == Act::take)
                needed += plan_.unknowns[k].units * static_cast<std::int64_t>(invoked_[k] - c[plan_.used_at() + k]);
        return available(c) >= needed;
    }

    // An extension beyond what is needed is worth going on with where it lets somebody testify, or takes before a sale; else the
    // shorter one stands for it.
    enum class Worth : std::uint8_t { emitting, passing };
    Worth worth_of(bool was_possible, Act step, Act target) const {
        if (!was_possible || !plan_.commutes || (step == Act::take && target == Act::sell)) return Worth::emitting;
        for (const std::uint32_t op : testimonies_)
            if (has(taken_.data(), op) && !has(here_.data(), op)) return Worth::emitting;
        return Worth::passing;
    }

    // Pushes what one more pending effect makes of `here_`; what is likeliest to help is pushed last.
    void successors(std::uint32_t goal, std::uint32_t target, bool was_possible) {
        const CellOperation& op = operations_[goal];
        const bool wants_more = op.act == Act::take || (op.act == Act::read && available(here_.data()) < op.units);
        for (const bool helpful : {false, true}) {
            for (std::size_t k = 0; k < plan_.unknowns.size(); ++k) {
                const auto& of = plan_.unknowns[k];
                const bool gives = of.act == Act::give || of.act == Act::stock;
                if ((gives == wants_more) != helpful || !can_use(k)) continue;
                taken_ = here_;
                ++taken_[plan_.used_at() + k];
                change(taken_.data(), of.act, of.units);
                testify(taken_.data());
                push(worth_of(was_possible, of.act, operations_[target].act));
            }
            for (std::size_t i = effects_.size(); i-- > 0;) {
                const CellOperation& effect = operations_[effects_[i]];
                const bool gives = effect.act == Act::give || effect.act == Act::stock;
                if (effects_[i] == target || has(here_.data(), effects_[i]) || (gives == wants_more) != helpful) continue;
                if (!allows(here_.data(), effect.act, effect.units) || !is_first_of_its_kind(i)) continue;
                taken_ = here_;
                take_effect(taken_.data(), effects_[i]);
                push(worth_of(was_possible, effect.act, operations_[target].act));
            }
        }
    }
    void push(Worth worth) {
        if (seen_.insert(taken_.data())) stack_.push_back({seen_.size() - 1, worth});
    }
    bool can_use(std::size_t k) const {
        const auto& of = plan_.unknowns[k];
        const std::uint64_t used = here_[plan_.used_at() + k];
        if (used >= invoked_[k] || !allows(here_.data(), of.act, of.units)) return false;
        return of.must != Must::may_if_taken || of.act != Act::give ||
               (of.taken_in >= 0 && used < here_[plan_.used_at() + static_cast<std::size_t>(of.taken_in)]);
    }
    bool is_first_of_its_kind(std::size_t i) const {
        const CellOperation& op = operations_[effects_[i]];
        for (std::size_t k = 0; k < i; ++k) {
            const CellOperation& other = operations_[effects_[k]];
            if (other.act == op.act && other.units == op.units && other.must == op.must && !has(here_.data(), effects_[k]))
                return false;
        }
        return true;
    }

    // --- fewer configurations ---
    void drop_dominated() {
        if (!plan_.commutes || next_.size() > kMostCompared) return;
        std::vector<bool> dropped(next_.size(), false);
        bool any = false;
        for (std::size_t a = 0; a < next_.size(); ++a)
            for (std::size_t b = 0; b < next_.size(); ++b)
                if (a != b && !dropped[a] && !dropped[b] && reaches(next_.at(a), next_.at(b))) any = dropped[b] = true;
        if (!any) return;
        kept_.reset(words_);
        for (std::size_t i = 0; i < next_.size(); ++i)
            if (!dropped[i]) kept_.insert(next_.at(i));
        std::swap(next_, kept_);
    }
    // Whether `a` becomes `b` by pending effects alone, all that it gives first; and has given every testimony that `b` has.
    bool reaches(ConstWords a, ConstWords b) const {
        std::int64_t on_hand = static_cast<std::int64_t>(a[0]), committed = static_cast<std::int64_t>(a[1]);
        if (available(b) < 0) return false;
        for (std::size_t k = 0; k < plan_.unknowns.size(); ++k) {
            const std::uint64_t from = a[plan_.used_at() + k], to = b[plan_.used_at() + k];
            if (from > to) return false;
            if (from != to && plan_.unknowns[k].must == Must::may_if_taken && !gives_back_what_it_has(a, b, k)) return false;
            add(on_hand, committed, plan_.unknowns[k].act, plan_.unknowns[k].units * static_cast<std::int64_t>(to - from));
        }
        for (const std::uint32_t op : testimonies_)
            if (has(b, op) && !has(a, op)) return false;
        for (const std::uint32_t op : effects_) {
            if (has(a, op) && !has(b, op)) return false;
            if (has(b, op) && !has(a, op)) add(on_hand, committed, operations_[op].act, operations_[op].units);
        }
        return on_hand == static_cast<std::int64_t>(b[0]) && committed == static_cast<std::int64_t>(b[1]);
    }
    // Of holds that are not known to be: what `b` has given back beyond `a`, `a` has taken already, so that it may be given
    // first.
    bool gives_back_what_it_has(ConstWords a, ConstWords b, std::size_t k) const {
        const auto& of = plan_.unknowns[k];
        if (of.act != Act::give) return true;
        return of.taken_in >= 0 && b[plan_.used_at() + k] <= a[plan_.used_at() + static_cast<std::size_t>(of.taken_in)];
    }
    static void add(std::int64_t& on_hand, std::int64_t& committed, Act act, std::int64_t units) {
        if (act == Act::take) committed += units;
        if (act == Act::give) committed -= units;
        if (act == Act::stock) on_hand += units;
        if (act == Act::sell) on_hand -= units;
    }

    // --- going back ---
    struct Saved {
        std::size_t event = 0;
        Configurations configurations;
        std::vector<std::uint32_t> effects, testimonies;
        std::vector<std::uint64_t> invoked;
    };
    void save(std::size_t event, Saved& into) const {
        into.event = event;
        into.configurations = now_;
        into.effects = effects_;
        into.testimonies = testimonies_;
        into.invoked = invoked_;
    }
    // A proof starts where the set was whole; a search that seeks, not far back.
    std::size_t restore() {
        const std::size_t back = levels_[level_].back;
        const Saved* from = &saved_;
        if (!proves() && recent_.size() >= back && recent_[recent_.size() - back].event > saved_.event) {
            recent_.resize(recent_.size() - back + 1);
            from = &recent_.back();
        } else {
            recent_.clear();
        }
        whole_ = from == &saved_;
        now_ = from->configurations;
        effects_ = from->effects;
        testimonies_ = from->testimonies;
        invoked_ = from->invoked;
        return from->event;
    }
    void save_now_and_then(std::size_t event) {
        const bool quiet = effects_.empty() && testimonies_.empty();
        // With nothing under way every order of what lies before leaves the same record.
        if (quiet && plan_.commutes && !has_maybe_) whole_ = true;
        if (level_ > 0) return;
        if (whole_ && now_.size() <= 4 && (quiet || event - saved_.event >= kSaveEvery)) {
            save(event, saved_);
            recent_.clear();
        } else if (event - std::max(saved_.event, recent_.empty() ? 0 : recent_.back().event) >= kSaveEvery) {
            if (recent_.size() == kSavePoints) recent_.erase(recent_.begin());
            save(event, recent_.emplace_back());
        }
    }
    // When all is given that may be given, and all is taken that must be.
    std::int64_t could_be_available(ConstWords c) const {
        std::int64_t units = available(c);
        for (const std::uint32_t op : effects_) {
            if (has(c, op)) continue;
            const CellOperation& of = operations_[op];
            if (of.act == Act::give || of.act == Act::stock) units += of.units;
            if (of.must == Must::happen && (of.act == Act::take || of.act == Act::sell)) units -= of.units;
        }
        for (std::size_t k = 0; k < plan_.unknowns.size(); ++k) {
            const auto& of = plan_.unknowns[k];
            if (of.act != Act::give && of.act != Act::stock) continue;
            std::uint64_t most = invoked_[k];
            if (of.must == Must::may_if_taken)
                most = of.taken_in < 0 ? 0 : std::min(most, c[plan_.used_at() + static_cast<std::size_t>(of.taken_in)]);
            const std::uint64_t used = c[plan_.used_at() + k];
            if (most > used) units += of.units * static_cast<std::int64_t>(most - used);
        }
        return units;
    }
    // Those in which most has been testified.
    void keep_the_best() {
        struct Rank {
            std::size_t open, place;
            std::int64_t left;
        };
        std::vector<Rank> ranks;
        for (std::size_t i = 0; i < next_.size(); ++i) {
            const auto open = static_cast<std::size_t>(
                std::count_if(testimonies_.begin(), testimonies_.end(), [&](std::uint32_t op) { return !has(next_.at(i), op); }));
            ranks.push_back({open, i, could_be_available(next_.at(i))});
        }
        kept_.reset(words_);
        // A quarter for those that leave most: an operation of unknown answer that was wrongly taken to have happened is spared
        // in them, and can be taken later.
        std::sort(ranks.begin(), ranks.end(), [](const Rank& a, const Rank& b) {
            return std::tuple(-a.left, a.open, a.place) < std::tuple(-b.left, b.open, b.place);
        });
        const std::size_t carried = levels_[level_].carried;
        for (std::size_t i = 0; i < carried / 4; ++i) kept_.insert(next_.at(ranks[i].place));
        // Many that leave as much are one guess: others move up.
        const auto by_open = [](const Rank& a, const Rank& b) {
            return std::tuple(a.open, a.place) < std::tuple(b.open, b.place);
        };
        std::sort(ranks.begin(), ranks.end(), by_open);
        std::map<std::int64_t, std::size_t> alike;
        for (Rank& rank : ranks) rank.open += alike[rank.left]++;
        std::sort(ranks.begin(), ranks.end(), by_open);
        for (std::size_t i = 0; i < ranks.size() && kept_.size() < carried; ++i) kept_.insert(next_.at(ranks[i].place));
        std::swap(next_, kept_);
        whole_ = false;
    }
    // Nothing pending has taken effect, in any order.
    bool is_certain() const {
        if (now_.size() != 1 || !whole_) return false;
        return std::none_of(effects_.begin(), effects_.end(), [&](std::uint32_t op) { return has(now_.at(0), op); });
    }
    void after(std::size_t event) {
        if (!plan_.events[event - 1].is_end) return;
        if (level_ > 0 && event > wide_until_ + 1) level_ = 0;
        save_now_and_then(event);
        if (keep_ == Keep::certainties && is_certain()) {
            Certainty certainty{event,
                                plan_.events[event - 1].at,
                                {static_cast<std::int64_t>(now_.at(0)[0]), static_cast<std::int64_t>(now_.at(0)[1])},
                                0};
            for (std::size_t k = 0; k < plan_.unknowns.size(); ++k) certainty.unknown_used += now_.at(0)[plan_.used_at() + k];
            result_.certainties.push_back(certainty);
        }
    }
    std::span<const CellOperation> operations_;
    LinearizePlan plan_;
    std::int64_t safety_;
    std::uint64_t budget_;
    Keep keep_;
    std::span<const Limits> levels_;
    std::size_t words_ = 0;

    Configurations now_, next_, seen_, kept_;
    std::vector<std::uint32_t> effects_;      // pending, by their end
    std::vector<std::uint32_t> testimonies_;  // pending
    std::vector<std::uint64_t> invoked_;      // [class of unknown ones]
    std::vector<std::uint64_t> scratch_, here_, taken_, ended_;
    std::vector<std::pair<std::size_t, Worth>> stack_;  // of `seen_`, yet to visit
    Saved saved_;                                       // the last moment at which the set was whole
    std::vector<Saved> recent_;                         // later ones, at which it was not
    bool whole_ = true;                                 // `now_` stands for every order there is
    std::size_t level_ = 0, wide_until_ = 0;
    bool has_maybe_ = false;
    Linearization result_;
};

}  // namespace

Linearization linearize(std::span<const CellOperation> operations, CellState start, std::int64_t safety, std::uint64_t budget,
                        Keep keep) {
    std::uint64_t visited = 0;
    if (keep == Keep::verdict) {
        const Linearization found = Walk(operations, start, safety, budget / 2, keep, kNarrow).run();
        if (found.verdict == Linearization::Verdict::linearizable) return found;
        visited = found.visited;
    }
    Linearization found = Walk(operations, start, safety, budget, keep, kWide).run();
    found.visited += visited;
    return found;
}

}  // namespace lastunit::reports::audit
