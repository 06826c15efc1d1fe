#include "reports/autopsy/story.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "reports/autopsy/decisive.hpp"
#include "reports/autopsy/late_news.hpp"
#include "reports/autopsy/moment_parts.hpp"
#include "reports/autopsy/moment_text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

namespace {

constexpr std::size_t kFewest = 3;      // so many ordinary moments in a row are told together
constexpr std::size_t kMostInside = 8;  // ... and of these so many are told one by one as well

// "1 message on tills": what is counted has its plural in the first word, where it has one.
std::string counted(Quantity count, const std::string& what) {
    const std::size_t end = what.find(' ');
    const bool plural = end != std::string::npos && end > 0 && what[end - 1] == 's';
    return std::to_string(count) + " " + (count == 1 && plural ? what.substr(0, end - 1) + what.substr(end) : what);
}

class Teller {
   public:
    Teller(const SkuHistory& history, const Decisive& found, model::Autopsy& autopsy)
        : history_(history), found_(found), autopsy_(autopsy), decided_(found.moments[found.promise].at) {}

    void tell() {
        before();
        for (std::size_t i = found_.first; i <= found_.promise; ++i) take(i);
        flush();
        after();
    }

   private:
    // A record that was wrong from the start, what the cause names and the window does not reach, and the state in which the
    // window finds things.
    void before() {
        const Figures& start = history_.at_start();
        const bool wrong = !history_.focus().at_till && start.there < start.record;
        if (wrong)
            state(
                SimTime{0}, start,
                "at the start: " + std::to_string(start.record) + " on record and only " + std::to_string(start.there) + " there")
                .set_decisive(true);
        else if (found_.first == 0)
            state(SimTime{0}, start, "at the start");
        std::set<std::size_t> earlier(found_.named.begin(), found_.named.end());
        if (found_.unheard) earlier.insert(*found_.unheard);
        more();
        for (const std::size_t i : earlier)
            if (i < found_.first) line(i);
        if (found_.first > 0) state(found_.moments[found_.first].at, found_.moments[found_.first - 1].after, "just before");
    }

    // What the cause names as well: too many for a line each.
    void more() {
        std::vector<std::size_t> before_window;
        for (const std::size_t i : found_.unnamed)
            if (i < found_.first) before_window.push_back(i);
        if (before_window.empty()) return;
        folded_ = before_window;
        fold(" before");
        folded_.clear();
    }

    model::StoryMoment& state(SimTime at, const Figures& figures, const std::string& text) {
        model::StoryMoment& out = *autopsy_.add_timeline();
        out.set_at_s(at.seconds());
        out.set_clock(clock_text(history_.header(), at));
        out.set_text(text);
        out.set_kind("state");
        fill(out, figures);
        return out;
    }

    bool is_told(std::size_t i) const {
        const Moment& moment = found_.moments[i];
        const bool changes = !(moment.before == moment.after);
        switch (moment.kind) {
            case MomentKind::sending: {  // told where it arrives, if that is in time
                const Message& message = history_.message(moment.message);
                return !message.lost && message.arrived > decided_;
            }
            case MomentKind::sale:
                return changes || moment.channel == history_.focus().channel;
            case MomentKind::failed:  // the loss says it
                return !history_.message(moment.message).lost;
            case MomentKind::fate:  // of others: what changes who has units
                return moment.fate == model::FATE_CANCELLED || moment.fate == model::FATE_DECLINED ||
                       moment.fate == model::FATE_TAKEN_BACK || moment.fate == model::FATE_DISPLACED ||
                       moment.fate == model::FATE_FORGOTTEN;
            default:
                return true;
        }
    }

    void take(std::size_t i) {
        if (found_.decides(i)) {
            flush();
            line(i);
        } else if (is_told(i)) {
            folded_.push_back(i);
        }
    }

    void flush() {
        if (folded_.size() < kFewest) {
            for (const std::size_t i : folded_) line(i);
        } else {
            fold("");
        }
        folded_.clear();
    }

    void fold(const std::string& when) {
        std::map<std::string, Quantity> counts;
        for (const std::size_t i : folded_) {
            const Moment& moment = found_.moments[i];
            const bool in_units = moment.kind == MomentKind::sale || moment.kind == MomentKind::stock;
            counts[kind_text(moment, history_)] += in_units ? moment.units : 1;
        }
        std::string text;
        for (const auto& [what, count] : counts) text += (text.empty() ? "" : ", ") + counted(count, what);
        const Moment& last = found_.moments[folded_.back()];
        model::StoryMoment& out = *autopsy_.add_timeline();
        out.set_at_s(last.at.seconds());
        out.set_clock(clock_text(history_.header(), last.at));
        out.set_text(text + when);
        out.set_kind("folded");
        out.set_folded(static_cast<std::uint32_t>(folded_.size()));
        fill(out, last.after);
        const std::size_t told = std::min(folded_.size(), kMostInside);
        for (std::size_t i = folded_.size() - told; i < folded_.size(); ++i) describe(folded_[i], *out.add_inside());
    }

    void line(std::size_t i) { describe(i, *autopsy_.add_timeline()); }

    void describe(std::size_t i, model::StoryMoment& out) const {
        const Moment& moment = found_.moments[i];
        out.set_at_s(moment.at.seconds());
        out.set_clock(clock_text(history_.header(), moment.at));
        out.set_text(text_of(moment, history_, decided_));
        out.set_decisive(found_.decides(i));
        fill(out, moment.after);
        add_parts(moment, history_, out);
        add_roles(found_, i, out);
    }

    static void fill(model::StoryMoment& out, const Figures& figures) {
        out.set_there(figures.there);
        out.set_record(figures.record);
        out.set_shows(figures.shows);
    }

    // The news that comes too late, and the order's own way. What is tried again and again is told once.
    void after() {
        std::map<std::uint32_t, std::uint32_t> tries;
        for (std::size_t i = found_.promise + 1; i < found_.moments.size(); ++i) {
            const Moment& moment = found_.moments[i];
            const bool own = moment.order == history_.focus().order ||
                             std::find(found_.victims.begin(), found_.victims.end(), moment.order) != found_.victims.end();
            if (own && moment.kind == MomentKind::fate && moment.fate == model::FATE_NO_NODE && ++tries[moment.order] > 1)
                continue;
            if (moment.kind == MomentKind::fate && moment.fate == model::FATE_ENDED) continue;  // said by the outcome
            const bool news = found_.decides(i);
            if (news || (own && (moment.kind == MomentKind::fate || moment.kind == MomentKind::record))) line(i);
        }
    }

    const SkuHistory& history_;
    const Decisive& found_;
    model::Autopsy& autopsy_;
    SimTime decided_;
    std::vector<std::size_t> folded_;
};

// How long what was shown had not been there any more, when it was shown.
double wrong_for(const Decisive& found, Quantity shown) {
    const std::size_t look = found.look.value_or(found.promise);
    const Figures& seen = found.moments[look].before;
    if (seen.there >= shown) return 0;
    for (std::size_t i = look; i-- > 0;)
        if (found.moments[i].before.there >= shown && found.moments[i].after.there < shown)
            return (found.moments[look].at - found.moments[i].at).seconds();
    return -1;
}

void add_channel(const model::LogChannel& channel, model::OversoldLineStory& line) {
    line.set_channel(channel.name());
    line.set_decides_on(channel.decides_on());
    line.set_buffer(channel.buffer());
    line.set_node_buffer(channel.node_buffer());
}

std::string units_and(Quantity units, const std::string& what) { return std::to_string(units) + " " + what; }

// What became of the units of a promise whose own were taken, since then.
std::string fate_of_victim(const SkuHistory& history, const Decisive& found, std::uint32_t victim) {
    const std::size_t since = *found.last_unit;
    std::map<std::string, Quantity> units;
    bool over = false;
    for (std::size_t i = since; i < found.moments.size(); ++i) {
        const Moment& moment = found.moments[i];
        if (moment.kind != MomentKind::fate || moment.order != victim) continue;
        over = over || moment.fate == model::FATE_ENDED;
        if (moment.fate == model::FATE_LEFT) units["sent or handed over all the same"] += moment.units;
        if (moment.fate == model::FATE_CANCELLED) units["cancelled for want of stock"] += moment.units;
        if (moment.fate == model::FATE_DECLINED) units["declined as too dear"] += moment.units;
        if (moment.fate == model::FATE_TAKEN_BACK) units["taken back or never paid"] += moment.units;
        if (moment.fate == model::FATE_UNCOLLECTED) units["never fetched"] += moment.units;
        if (moment.fate == model::FATE_FORGOTTEN) units["never sent"] += moment.units;
    }
    std::string text;
    for (const auto& [what, count] : units) text += (text.empty() ? "" : ", ") + units_and(count, what);
    if (text.empty()) text = over ? "served with other units" : "still waiting when the run ends";
    return order_text(victim) + " (" + history.header().channels(history.list().orders()[victim].channel.value).name() +
           "), whose it was: " + text;
}

std::string outcome(const SkuHistory& history, const Decisive& found, const OversoldUnits& units) {
    if (history.focus().at_till) {
        std::string text = "carried home";
        for (const std::uint32_t victim : found.victims) text += "; " + fate_of_victim(history, found, victim);
        return text;
    }
    const Message* news = history.news_of(units.order);
    std::string text;
    if (units.left > 0) text = units_and(units.left, "sent or handed over all the same");
    if (units.cancelled > 0)
        text += (text.empty() ? "" : ", ") +
                units_and(units.cancelled, news != nullptr && news->lost ? "given up: the core never heard of it" : "cancelled");
    const Quantity open = units.units - units.left - units.cancelled;
    if (open > 0) text += (text.empty() ? "" : ", ") + units_and(open, "still open when the run ends");
    return text;
}

}  // namespace

void tell(const SkuHistory& history, const OversoldUnits& units, model::Autopsy& autopsy) {
    const Decisive found = find_decisive(history, units);
    const model::EventLogHeader& header = history.header();
    const OrderFacts& order = history.list().orders()[units.order];
    const LogLine& line = *history.list().line(units.order, units.sku);
    // At a till it was decided when the shopper took it.
    const bool taken = history.focus().at_till && found.last_unit;
    const Moment& promise = found.moments[taken ? *found.last_unit : found.promise];
    model::OversoldLineStory& out = *autopsy.mutable_line();
    out.set_first_unit(units.first);
    out.set_oversold(static_cast<std::uint64_t>(units.units));
    out.set_total_oversold(history.list().total());
    out.set_order(std::uint64_t{units.order} + 1);
    out.set_shopper(order.shopper);
    out.set_method(core::name_of(order.method));
    const model::LogSku& sku = header.skus(static_cast<int>(units.sku.value));
    out.set_sku(sku.name());
    if (!core::by_parcel(order.method)) out.set_store(name_of_node(header, order.store));
    out.set_units(static_cast<std::uint64_t>(history.list().asked(units.order, units.sku)));
    out.set_value(sku.price() * units.units);
    out.set_cause(model::name_of(units.cause));
    out.set_cause_text(words_of(units.cause, history.focus()));
    out.set_at_s(order.at.seconds());
    out.set_clock(clock_text(header, order.at));
    out.set_looked_s(line.shown < 0 ? -1 : (order.at - line.looked_before).seconds());
    out.set_shown(line.shown);
    out.set_there(found.look ? found.moments[*found.look].before.there : 0);
    out.set_wrong_for_s(wrong_for(found, line.shown));
    out.set_view_age_s(line.age.seconds());
    out.set_there_at_promise(promise.before.there);
    out.set_record_at_promise(promise.before.record);
    out.set_shows_at_promise(promise.before.shows);
    out.set_outcome(outcome(history, found, units));
    out.set_left_units(static_cast<std::uint64_t>(units.left));
    out.set_cancelled_units(static_cast<std::uint64_t>(units.cancelled));
    add_channel(header.channels(order.channel.value), out);
    for (const NodeId node : history.focus().nodes) out.add_nodes(name_of_node(header, node));
    if (!found.victims.empty()) {
        out.set_victim_order(std::uint64_t{found.victims.front()} + 1);
        out.set_victim_channel(header.channels(history.list().orders()[found.victims.front()].channel.value).name());
    }
    find_late_news(history, found, out);
    Teller(history, found, autopsy).tell();
}

}  // namespace lastunit::reports
