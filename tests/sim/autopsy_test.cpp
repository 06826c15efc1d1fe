// Autopsies of small shops with one known mechanism each.
#include "reports/autopsy/autopsy_terminal.hpp"
#include "reports/autopsy/decisive.hpp"
#include "reports/autopsy/moment_text.hpp"
#include "reports/autopsy/worst.hpp"
#include "reports/event_log_memory.hpp"
#include "tests/sim/logged.hpp"

namespace lastunit::sim_tests {

using Catch::Contains;

namespace {

const char* const kOne = "{nodes: [dc], each: 1}, {nodes: [shop], each: 0}";
const char* const kPush = "  edges: {stock: {to: web, kind: push, latency: 40s}, sales: {from: web, kind: push, latency: 2s}}\n";

// Its decisive lines, one under the other.
std::string decisive(const model::Autopsy& autopsy) {
    std::string text;
    for (const model::StoryMoment& moment : autopsy.timeline())
        if (moment.decisive()) text += moment.clock() + " " + moment.text() + "\n";
    return text;
}

const model::StoryMoment& moment_with(const model::Autopsy& autopsy, const std::string& text) {
    for (const model::StoryMoment& moment : autopsy.timeline())
        if (moment.text().find(text) != std::string::npos) return moment;
    FAIL("no moment says '" << text << "' in\n" << reports::autopsy_text(autopsy));
    return autopsy.timeline(0);
}

}  // namespace

TEST_CASE("autopsy: a push that is late, with its edge, its lag and how long the view had been wrong") {
    const Logged run = run_logged(listed_orders("100 web 1; 120 web 1", kOne, kPush));
    const model::Autopsy story = autopsy(run);
    CHECK(story.line().cause() == "stale_view");
    CHECK(story.line().order() == 2);
    CHECK(story.line().clock() == "00:02:00.000");
    CHECK(story.line().shown() == 1);
    CHECK(story.line().there() == 0);
    CHECK(story.line().wrong_for_s() == Approx(20));
    const model::StoryMoment& sold = moment_with(story, "web sells 1 (order 1)");
    CHECK(sold.decisive());
    CHECK(sold.there() == 0);
    CHECK(sold.edge() == "sales");
    CHECK(sold.lag_s() == Approx(2));
    const model::StoryMoment& late = moment_with(story, "stock sends \"0 at dc\", still under way at the promise");
    CHECK(late.decisive());
    CHECK(late.edge() == "stock");
    CHECK(late.sent_s() == Approx(102));
    CHECK(late.arrived_s() == Approx(142));
    CHECK(late.lag_s() == Approx(40));
    CHECK(late.record() == 0);
    CHECK(late.shows() == 1);
    CHECK(moment_with(story, "web ACCEPTS 1 (order 2)").decisive());
    CHECK_THAT(story.line().outcome(), Contains("1 cancelled"));
    CHECK(moment_with(story, "order 2 is cancelled").at_s() == Approx(120 + 3600));
}

TEST_CASE("autopsy: moments come in parts as well, with the systems between which a message travels and why they are decisive") {
    const model::Autopsy story = autopsy(run_logged(listed_orders("100 web 1; 120 web 1", kOne, kPush)));
    const auto roles = [](const model::StoryMoment& moment) {
        return std::vector<std::string>(moment.roles().begin(), moment.roles().end());
    };
    const model::StoryMoment& sold = moment_with(story, "web sells 1 (order 1)");
    CHECK(sold.kind() == "sale");
    CHECK(sold.channel() == "web");
    CHECK(sold.order() == 1);
    CHECK(sold.units() == 1);
    CHECK(sold.from() == "web");
    CHECK(sold.to() == "core");
    CHECK(sold.since_s() == Approx(100));
    CHECK(roles(sold) == std::vector<std::string>{"last_unit"});
    const model::StoryMoment& heard = moment_with(story, "the core hears over sales");
    CHECK(heard.kind() == "record");
    CHECK(heard.what() == "allocated");
    CHECK(heard.units() == -1);
    CHECK(heard.node() == "dc");
    CHECK(heard.edge() == "sales");
    CHECK(roles(heard) == std::vector<std::string>{"heard"});
    const model::StoryMoment& late = moment_with(story, "stock sends");
    CHECK(late.kind() == "sending");
    CHECK(late.from() == "core");
    CHECK(late.to() == "web");
    REQUIRE(late.items_size() == 1);
    CHECK(late.items(0).node() == "dc");
    CHECK(late.items(0).value() == 0);
    CHECK(roles(late) == std::vector<std::string>{"too_late"});
    CHECK(moment_with(story, "web ACCEPTS 1").kind() == "promise");
    CHECK(moment_with(story, "is cancelled").what() == "cancelled");
    CHECK(story.line().decides_on() == "view");
    CHECK(story.line().cancelled_units() == 1);
    CHECK(story.line().left_units() == 0);
}

TEST_CASE("autopsy: moments that are told together are told one by one as well, the last of them") {
    std::string orders;
    for (int i = 0; i < 15; ++i) orders += std::to_string(100 + i) + " web 1; ";
    const model::Autopsy story = autopsy(run_logged(
        listed_orders(orders + "120 web 1", "{nodes: [dc], each: 15}, {nodes: [shop], each: 0}",
                      "  edges: {stock: {to: web, kind: push, latency: 10s}, sales: {from: web, kind: push, latency: 2s}}\n")));
    std::uint32_t folded = 0;
    for (const model::StoryMoment& moment : story.timeline()) {
        CHECK(moment.inside_size() == static_cast<int>(std::min(moment.folded(), 8U)));
        for (const model::StoryMoment& one : moment.inside()) CHECK(one.at_s() <= moment.at_s());
        if (moment.inside_size() > 0) {
            const model::StoryMoment& last = moment.inside(moment.inside_size() - 1);
            CHECK(last.at_s() == moment.at_s());
            CHECK(last.there() == moment.there());
        }
        folded += moment.folded();
    }
    CHECK(folded > 8);
}

TEST_CASE("autopsy: several in one reading are those of one at a time, from a file and from memory") {
    const model::Scenario scenario = listed_orders("100 web 1; 120 web 1; 125 web 1; 130 web 1", kOne, kPush);
    const Logged run = run_logged(scenario);
    std::vector<const reports::OversoldUnits*> units;
    std::string apart, error;
    for (const reports::OversoldUnits& one : run.log.list.units()) {
        units.push_back(&one);
        apart += reports::autopsy_of(run.log, one, error)->SerializeAsString();
    }
    REQUIRE(units.size() >= 2);
    const auto together = [](const reports::RunLog& log) {
        std::vector<const reports::OversoldUnits*> all;
        for (const reports::OversoldUnits& one : log.list.units()) all.push_back(&one);
        std::string text, problem;
        for (const model::Autopsy& one : reports::autopsies_of(log, all, problem)) text += one.SerializeAsString();
        return text + problem;
    };
    CHECK(together(run.log) == apart);

    const std::string in_memory = tests::in_child([&] {
        model::EventLogOrigin origin;
        origin.set_commit("test");
        reports::EventLogMemory memory(origin);
        sim::RunOptions options;
        options.log = &memory;
        sim::run(scenario, options);
        const reports::RunLog log = reports::read_run_log(memory);
        return log.error + together(log);
    });
    CHECK(in_memory == apart);
}

TEST_CASE("autopsy: of a SKU the lines that tell most are the first of each cause and channel, most units first") {
    const Logged run = run_logged(listed_orders("100 web 1; 120 web 1; 121 web 1; 122 web 1", kOne, kPush));
    REQUIRE(run.log.list.units().size() == 3);
    const auto chosen = reports::most_telling(run.log, {"no such SKU", "mug"});
    REQUIRE(chosen.size() == 1);
    CHECK(chosen[0]->first == 1);
}

TEST_CASE("autopsy: a sale of which the core hears too late, however fast the stock travels") {
    const Logged run =
        run_logged(listed_orders("100 web 1; 250 web 1", kOne,
                                 "  edges: {stock: {to: web, kind: push}, sales: {from: web, kind: poll, interval: 5min}}\n"));
    const model::Autopsy story = autopsy(run);
    REQUIRE(story.line().late_news_size() == 1);
    const model::LateNews& news = story.line().late_news(0);
    CHECK(news.edge() == "sales");
    CHECK(news.units() == 1);
    CHECK(news.oldest_s() == Approx(150));
    CHECK_THAT(moment_with(story, "web sells 1 (order 1)").text(), Contains("the core hears of it 3 min 20 s later over sales"));
}

TEST_CASE("autopsy: a message that was lost is named, and when it was sent") {
    model::Scenario scenario = listed_orders("100 web 1; 5000 web 1", kOne, kPush);
    scenario.design.edges[0].loss = 1;
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "lost_message");
    const model::StoryMoment& lost = moment_with(story, "is lost");
    CHECK(lost.decisive());
    CHECK(lost.edge() == "stock");
    CHECK(lost.lost());
    CHECK(lost.sent_s() == Approx(102));
    CHECK(story.line().wrong_for_s() == Approx(4900));
}

TEST_CASE("autopsy: a sale whose message was lost is named, and the core never hears of it") {
    model::Scenario scenario = listed_orders("100 web 1; 5000 web 1", kOne, kPush);
    scenario.design.edges[1].loss = 1;
    scenario.design.cancel_after = hours(3);
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "lost_message");
    CHECK_THAT(moment_with(story, "web sells 1 (order 1)").text(), Contains("the core never hears of it") && Contains("sales"));
    REQUIRE(story.line().late_news_size() == 1);
    CHECK(story.line().late_news(0).lost());
}

TEST_CASE("autopsy: a race is told from what the shopper was shown to what was left") {
    model::Scenario scenario =
        listed_orders("100 web 1; 110 web 1", kOne, "  core: {host: oms, service: 0s}\n  hosts: {oms: {cores: 1}}\n");
    scenario.design.channels[0].reservation = model::ReservationMode::check_then_act;
    scenario.design.channels[0].decides_on = model::DecidesOn::core;
    scenario.design.channels[0].window = model::constant(seconds(60));
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "race");
    CHECK(story.line().looked_s() == Approx(110));
    CHECK(story.line().at_s() == Approx(170));
    CHECK(story.line().there() == 1);
    CHECK(story.line().wrong_for_s() == 0);
    CHECK(moment_with(story, "web shows 1").decisive());
    CHECK(moment_with(story, "web sells 1 (order 1)").decisive());
    reports::TerminalStyle wide;
    wide.width = 300;
    CHECK_THAT(reports::autopsy_text(story, wide),
               Contains("web showed 1 (1 were there) 1 min 00 s before it sold; by then there were 0"));
}

TEST_CASE("autopsy: stock that is on record and not there") {
    model::Scenario scenario = listed_orders("36000 web 1", kOne, kPush);
    scenario.accuracy.shrink = 5.0 / 36000;  // of the one unit, within ten hours
    Logged run = run_logged(scenario);
    for (std::uint64_t seed = 2; run.record.kpi().oversold_units() == 0; ++seed) run = run_logged(scenario, seed);
    const model::Autopsy story = autopsy(run);
    CHECK(story.line().cause() == "phantom_stock");
    const model::StoryMoment& gone = moment_with(story, "vanishes at dc");
    CHECK(gone.decisive());
    CHECK(gone.there() == 0);
    CHECK(gone.record() == 1);
    CHECK(gone.shows() == 1);
    CHECK(story.line().wrong_for_s() == Approx(36000 - gone.at_s()));
}

TEST_CASE("autopsy: at a till, whose unit was taken") {
    model::Scenario scenario = listed_orders("100 web 1; 200 pos 1", "{nodes: [shop], each: 1}, {nodes: [dc], each: 0}", kPush);
    scenario.network.nodes[1].ships = true;
    scenario.network.nodes[1].pick.service = model::constant(hours(1));
    scenario.network.nodes[1].pick.workers = 1;
    const Logged run = run_logged(scenario);
    const model::Autopsy story = autopsy(run);
    CHECK(story.line().cause() == "pos_conflict");
    CHECK(story.line().channel() == "pos");
    CHECK(story.line().store() == "shop");
    CHECK(story.line().victim_order() == 1);
    CHECK(story.line().victim_channel() == "web");
    CHECK_THAT(decisive(story), Contains("web sells 1 (order 1)") && Contains("takes 1 off the shelf of shop") &&
                                    Contains("promised to order 1 (web)"));
    CHECK_THAT(reports::autopsy_text(story), Contains("a unit that was promised to order 1 (web)"));
}

namespace {

// A store that sends parcels, and takes an hour to pick one.
model::Scenario slow_store(const std::string& orders, const std::string& each) {
    model::Scenario scenario = listed_orders(orders, "{nodes: [shop], each: " + each + "}, {nodes: [dc], each: 0}", kPush);
    scenario.network.nodes[1].ships = true;
    scenario.network.nodes[1].pick.service = model::constant(hours(1));
    scenario.network.nodes[1].pick.workers = 1;
    return scenario;
}

void tills_are_offline(model::Scenario& scenario) {
    model::Fault fault;
    fault.name = "no-line";
    fault.kind = model::FaultKind::pos_offline;
    fault.at = seconds(150);
    fault.lasts = hours(3);
    scenario.faults.push_back(fault);
}

}  // namespace

TEST_CASE("autopsy: of several whose units store shoppers took, the victim is whom this shopper's own hand displaced") {
    const Logged run = run_logged(slow_store("100 web 1; 110 web 1; 200 pos 1; 300 pos 1", "2"));
    REQUIRE(run.log.list.total() == 2);
    const model::Autopsy first = autopsy(run, 1);
    const model::Autopsy second = autopsy(run, 2);
    REQUIRE(first.line().victim_order() > 0);
    REQUIRE(second.line().victim_order() > 0);
    CHECK(first.line().victim_order() != second.line().victim_order());
    for (const model::Autopsy* story : {&first, &second}) {
        const std::string victim = "order " + std::to_string(story->line().victim_order()) + " (web)";
        const model::StoryMoment& displaced = moment_with(*story, "promised to " + victim);
        CHECK(displaced.at_s() == Approx(story == &first ? 200 : 300));
        // The one that was displaced before is nobody that this shopper took from.
        const std::string other = "promised to order " + std::to_string(3 - story->line().victim_order()) + " (web)";
        for (const model::StoryMoment& moment : story->timeline())
            if (moment.text().find(other) != std::string::npos) CHECK_FALSE(moment.decisive());
    }
}

TEST_CASE("autopsy: at a till it is told what became of the promise that was broken") {
    model::Scenario scenario = slow_store("100 web 1; 200 pos 1", "1");
    CHECK(autopsy(run_logged(scenario)).line().outcome() ==
          "carried home; order 1 (web), whose it was: 1 cancelled for want of stock");
    // In a shop with other nodes a broken promise may be kept all the same: in the end units of another node leave for it.
    const Logged smoke = run_logged(load("smoke"), 1);
    bool kept = false;
    for (const reports::OversoldUnits& units : smoke.log.list.units())
        kept = kept || autopsy(smoke, units.first).line().outcome().find("whose it was: 1 sent or handed over all the same") !=
                           std::string::npos;
    CHECK(kept);
}

TEST_CASE("autopsy: a till without a connection: figures at the taking, the victim, and since when it is offline") {
    model::Scenario scenario = slow_store("100 web 1; 200 pos 1", "1");
    tills_are_offline(scenario);
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "offline_sale");
    CHECK(story.line().channel() == "pos");
    CHECK(story.line().victim_order() == 1);
    CHECK(story.line().there_at_promise() == 1);
    CHECK(story.line().shows_at_promise() == 1);
    CHECK_THAT(decisive(story), Contains("fault no-line begins") && Contains("fault no-line ends"));
}

TEST_CASE("autopsy: who sells what an offline till has sold is told of that sale, and of the fault") {
    model::Scenario scenario = slow_store("200 pos 1; 300 web 1", "1");
    tills_are_offline(scenario);
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "offline_sale");
    CHECK(story.line().channel() == "web");
    CHECK_THAT(decisive(story), Contains("pos sells 1 (order 1 at shop); kept, for the core cannot be reached") &&
                                    Contains("fault no-line begins") && Contains("fault no-line ends"));
}

TEST_CASE("autopsy: what a store shopper has in hand is one thing to a till and another to who sells it unseen") {
    reports::Focus focus;
    CHECK_THAT(reports::words_of(model::OversoldCause::pos_conflict, focus), Contains("already had it in the hand"));
    focus.at_till = true;
    CHECK_THAT(reports::words_of(model::OversoldCause::pos_conflict, focus), Contains("promised to somebody else"));
}

TEST_CASE("autopsy: an order of which the core never hears is given up, and nothing is looked for meanwhile") {
    model::Scenario scenario = listed_orders("100 web 1; 5000 web 1", kOne, kPush);
    scenario.design.edges[1].loss = 1;
    scenario.design.cancel_after = hours(3);
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(moment_with(story, "order 2 is given up (1), 3 h 00 min after it was accepted").at_s() == Approx(5000 + 3 * 3600));
    CHECK(story.line().outcome() == "1 given up: the core never heard of it");
    for (const model::StoryMoment& moment : story.timeline()) {
        CHECK_THAT(moment.text(), !Contains("try again"));
        CHECK_THAT(moment.text(), !Contains("want of stock"));
    }
}

TEST_CASE("autopsy: many messages that were lost are told as lost, each once, and how many more there were") {
    model::Scenario scenario = listed_orders(
        "100 web 1; 200 web 1; 300 web 1; 400 web 1; 500 web 1; 600 web 1; 700 web 1; 800 web 1; 900 web 1; 1000 web 1; 5000 web "
        "1",
        "{nodes: [dc], each: 10}, {nodes: [shop], each: 0}", kPush);
    scenario.design.edges[0].loss = 1;
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "lost_message");
    const model::StoryMoment& more = moment_with(story, "4 messages lost on stock before");
    CHECK(more.folded() == 4);
    std::size_t lost = 0;
    for (const model::StoryMoment& moment : story.timeline()) lost += moment.lost() ? 1 : 0;
    CHECK(lost == 6);
}

TEST_CASE("autopsy: messages that are lost while a fault is on say so") {
    model::Scenario scenario = listed_orders("100 web 1; 5000 web 1", kOne, kPush);
    model::Fault fault;
    fault.name = "split";
    fault.kind = model::FaultKind::link_down;
    fault.at = seconds(101);
    fault.lasts = seconds(30);
    fault.edges = {0};
    scenario.faults.push_back(fault);
    for (model::Edge& edge : scenario.design.edges) edge.attempts = 1;
    const model::Autopsy story = autopsy(run_logged(scenario));
    CHECK(story.line().cause() == "lost_message");
    CHECK_THAT(reports::autopsy_text(story), Contains("during split"));
}

TEST_CASE("autopsy: a sale that was lost misleads one order after another, as each finds nothing and gives its unit up") {
    // A till's sale is lost; the record has the unit again whenever a picker has not found it.
    model::Scenario scenario =
        listed_orders("100 pos 1; 1000 web 1; 2000 web 1; 3000 web 1", "{nodes: [shop], each: 1}, {nodes: [dc], each: 0}",
                      "  edges: {sales: {from: pos, kind: push, latency: 2s}}\n");
    scenario.network.nodes[1].ships = true;
    scenario.design.edges[0].loss = 1;
    scenario.accuracy.failed_pick = model::Accuracy::FailedPick::keeps_record;
    scenario.design.cancel_after = hours(5);
    scenario.design.channels[0].reservation = model::ReservationMode::ledger;
    scenario.design.channels[0].decides_on = model::DecidesOn::core;
    const Logged run = run_logged(scenario);
    REQUIRE(run.log.list.total() == 3);
    for (std::uint64_t unit = 1; unit <= 3; ++unit) CHECK(autopsy(run, unit).line().cause() == "lost_message");
}

TEST_CASE("autopsy: what the history shows is what the channel showed, whenever it looked") {
    std::size_t looks = 0;
    for (const std::uint64_t seed : {1, 2}) {
        const Logged run = run_logged(load("smoke"), seed);
        for (const reports::OversoldUnits& units : run.log.list.units()) {
            const reports::Focus focus = reports::focus_of(run.log.header, run.log.list, units);
            reports::SkuHistory history(run.log.header, run.log.list, focus);
            reports::EventLogReader reader(run.path);
            REQUIRE(reader.read(history));
            const reports::Decisive found = reports::find_decisive(history, units);
            const reports::LogLine& line = *run.log.list.line(units.order, units.sku);
            CAPTURE(units.order, units.sku.value, run.log.header.channels(focus.channel.value).name());
            REQUIRE(found.promise < found.moments.size());
            const Quantity asked = run.log.list.asked(units.order, units.sku);
            const Quantity there = found.moments[found.promise].before.there;
            if (!focus.at_till) CHECK(units.units == asked - std::min(asked, there));
            if (!found.look || !focus.on_view) continue;
            ++looks;
            CHECK(found.moments[*found.look].before.shows == line.shown);
        }
    }
    CHECK(looks > 10);
}

TEST_CASE("autopsy: long stretches are told in one line, and every autopsy fits on a few screens") {
    const Logged run = run_logged(load("smoke"), 1);
    for (std::uint64_t unit = 1; unit <= run.log.list.total(); ++unit) {
        const model::Autopsy story = autopsy(run, unit);
        CAPTURE(unit);
        CHECK(story.timeline_size() < 40);
        double before = -1;
        for (const model::StoryMoment& moment : story.timeline()) {
            CHECK(moment.at_s() >= before);
            if (moment.folded() == 0) before = moment.at_s();
        }
    }
}

TEST_CASE("autopsy: the worst are listed by value, each with the command that explains it") {
    const Logged run = run_logged(load("smoke"), 1);
    const std::string text = reports::worst_text(run.log, 3, "", "out/run");
    CHECK_THAT(text,
               Contains("OVERSOLD " + std::to_string(run.log.list.total())) && Contains("lastunit explain out/run --oversold "));
    const std::string first = run.log.header.skus(static_cast<int>(run.log.list.units().front().sku.value)).name();
    CHECK_THAT(reports::worst_text(run.log, 3, first, "out/run"), Contains(" of " + first));
}

}  // namespace lastunit::sim_tests
