// A live run's record as text: terminal, JSON, Markdown, KPIs and gates.
#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "reports/gate/requirement.hpp"
#include "reports/gates.hpp"
#include "reports/json.hpp"
#include "reports/kpi_values.hpp"
#include "reports/load/words.hpp"
#include "reports/run_markdown.hpp"
#include "reports/store/store.hpp"
#include "reports/terminal.hpp"
#include "reports/text.hpp"
#include "tests/model/scratch_file.hpp"
#include "tests/reports/sample_record.hpp"
#include "tests/support/live_record.hpp"
#include "tests/support/shop_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;
using Catch::Matchers::Contains;

namespace {

model::RunRecord live() {
    model::RunRecord record = reports::test::sample_record();
    *record.mutable_load() = lastunit::test::live_load();
    return record;
}

model::RunRecord invalid() {
    model::RunRecord record = live();
    record.mutable_load()->add_invalid("dispatch lag p99 3.2 ms, more than 1 ms: the generator was too slow");
    return record;
}

// Lines as one, blanks as one: sentences are broken where the terminal ends.
std::string flat(const std::string& text) {
    std::istringstream words(text);
    std::string out;
    for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
}

std::map<std::string, double> kpis_of(const model::RunRecord& record) {
    std::map<std::string, double> out;
    for (const KpiValue& kpi : kpi_values(record)) out[kpi.path] = kpi.value;
    return out;
}

model::GateVerdict verdict(const std::string& kpi, model::Gate::Compare compare, double bound, const model::RunRecord& record) {
    model::Gate gate;
    gate.text = "gate", gate.kpi = kpi, gate.compare = compare, gate.bound = bound;
    return judge({gate}, record).at(0);
}

using Compare = model::Gate::Compare;

model::RunRecord at_a_shop() {
    model::RunRecord record = live();
    lastunit::test::add_shop(*record.mutable_load());
    return record;
}

}  // namespace

TEST_CASE("live run: the summary names the target, the times side by side, and what a waiting generator would have hidden") {
    const std::string text = flat(summary(live(), {Colour::off, Glyphs::unicode, 120}));
    CHECK_THAT(text, Contains("Live run postgres://127.0.0.1:5433/shop, check_then_act, PostgreSQL 15.18, at 60x"));
    CHECK_THAT(text, Contains("VALID: every operation was sent when the schedule had it"));
    CHECK_THAT(text, Contains("rate intended") && Contains("2,000/s") && Contains("1,966/s"));
    CHECK_THAT(text, Contains("p50 p90 p99 p99.9 max"));
    CHECK_THAT(text, Contains("coordinated omission") && Contains("would have been 1.07 ms and not 402 ms"));
    CHECK_THAT(text, Contains("refused out_of_stock ") && Contains(", node_closed 40"));
    CHECK_THAT(text, Contains("3 operations have no answer") && Contains("of them twice 2 to 5"));
    CHECK_THAT(text, Contains("30 s to 31 s") && Contains("SIGSTOP of the server"));
    CHECK_THAT(text, Contains("left out: the target is not started by this run"));
    CHECK_THAT(text, Contains("REFUTED: 2 to 5 units were sold twice"));
    CHECK_THAT(text, Contains("process 12 and process 47 both got the last unit of sku-7"));
    CHECK_THAT(text, Contains("response_p99_ms") && Contains("6.10 ms") && Contains("860 ms +854 ms (x 141)"));
    CHECK_THAT(text, Contains("oversold_units") && Contains("+5 (+36 %)"));
}

TEST_CASE("live run: a shop over HTTP is told step by step, with its processor time and its books") {
    const std::string text = flat(summary(at_a_shop(), {Colour::off, Glyphs::unicode, 120}));
    CHECK_THAT(text, Contains("Step by step") && Contains("cart 1,200 1,200 1,200") && Contains("pay 900 400 900 500"));
    CHECK_THAT(text, Contains("500 pay out_of_stock, 409: rule 2: status 409"));
    CHECK_THAT(text, Contains("CPU of vendure per accepted checkout: 30.0 ms (shop 20.0 ms, database 10.0 ms"));
    CHECK_THAT(text, Contains("told accepted 400") && Contains("reserved or moved not read") && Contains("counter moved by 371"));
    CHECK_THAT(text, Contains("FINDING lost_update: 29 units of 3 SKUs, most of sku-7: 15 units ordered"));
    CHECK_THAT(text, Contains("shopper 51 pay 51.0 ms 80.0 ms 200 accepted") && Contains("shopper 52 pay 52.0 ms"));
    const std::string other = flat(summary(live(), {Colour::off, Glyphs::unicode, 120}));
    CHECK_THAT(other, !Contains("Step by step") && !Contains("shop's books") && !Contains("CPU of"));
}

TEST_CASE("live run: books without a finding agree only where their numbers are one, and were read for anybody") {
    model::RunRecord record = at_a_shop();
    auto& books = *record.mutable_load()->mutable_shop_books();
    books.clear_kinds(), books.clear_findings(), books.clear_shoppers();
    const auto said = [&] { return flat(summary(record, {Colour::off, Glyphs::unicode, 200})); };
    books.set_shoppers_judged(900);
    CHECK_THAT(said(), Contains("no finding: told, orders and counters were read for 900 shoppers who came to the promise; they "
                                "differ, which proves nothing"));
    books.set_counter_moved_by(400);
    CHECK_THAT(said(), Contains("no finding: told, orders and counters agree for 900 shoppers"));
    books.set_told(390), books.set_unknown_but_ordered(10);
    CHECK_THAT(said(), Contains("counters agree for"));
    books.set_shoppers_judged(0);
    CHECK_THAT(said(), Contains("no finding: nobody came to the promise") && !Contains("agree"));
    books.set_shoppers_judged(1), books.clear_read();
    CHECK_THAT(said(), Contains("no finding: nothing was read beside what shoppers were told"));
}

TEST_CASE("live run: a shop is headed by what it sold twice and what its books contradict, not by nodes that it has not") {
    model::RunRecord record = at_a_shop();
    auto& audit = *record.mutable_load()->mutable_audit();
    const auto said = [&] { return flat(summary(record, {Colour::off, Glyphs::unicode, 120})); };
    audit.set_sold_low(380), audit.set_oversold_low(0);
    CHECK_THAT(said(), Contains("THE SHOP'S BOOKS DISAGREE: lost update, 29 units"));
    CHECK_THAT(said(), !Contains("OVERSOLD") && !Contains("NOTHING OVERSOLD"));
    audit.set_oversold_low(2);
    CHECK_THAT(said(),
               Contains("SOLD TWICE 2 units of 380 units that the shop promised; its books show more: lost update, 29 units"));
    CHECK_THAT(run_markdown(record), Contains("**SOLD TWICE 2 units**"));
    audit.set_oversold_low(0), audit.set_verdict("sound");
    record.mutable_load()->mutable_shop_books()->clear_kinds();
    CHECK_THAT(said(), Contains("NOTHING SOLD TWICE among 380 units that the shop promised"));
    audit.set_verdict("undecided");
    CHECK_THAT(said(), Contains("NOT DECIDED: the audit below"));
}

TEST_CASE("live run: a gate on what the scenario's nodes lacked does not judge a shop, which has none") {
    const model::GateVerdict at_shop = verdict("oversell_rate", Compare::at_most, 0, at_a_shop());
    CHECK(at_shop.not_judged());
    CHECK_THAT(at_shop.text(), Contains("load.audit_oversold_units"));
    CHECK_FALSE(verdict("oversell_rate", Compare::at_most, 1, live()).not_judged());
    CHECK_FALSE(verdict("load.audit_oversold_units", Compare::at_most, 100, at_a_shop()).not_judged());
}

TEST_CASE("live run: baskets that a flow cannot buy are counted apart from what no shop over HTTP does") {
    model::RunRecord record = at_a_shop();
    const auto unsupported = [&](const char* kind, std::uint64_t count) {
        model::OperationLoad& operation = *record.mutable_load()->add_operations();
        operation.set_kind(kind);
        operation.add_refusals()->set_outcome("unsupported");
        operation.mutable_refusals(0)->set_count(count);
    };
    unsupported("deliver", 70);
    const auto shown = [&] { return flat(summary(record, {Colour::off, Glyphs::unicode, 120})); };
    record.mutable_load()->set_target("http:shop.yaml");
    CHECK_THAT(shown(), !Contains("of several SKUs"));
    unsupported("hold", 1200);
    unsupported("allocate", 34);
    const std::string said = "1,234 baskets of several SKUs were not sent to the shop: no step of the flow has `each: line`";
    CHECK_THAT(shown(), Contains(said));
    CHECK_THAT(run_markdown(record), Contains("1,234 baskets of several SKUs were not sent to the shop"));
    record.mutable_load()->set_target("grpc://127.0.0.1:50051");
    CHECK_THAT(shown(), !Contains("of several SKUs"));
}

TEST_CASE("live run: steps and books of a shop survive the JSON, and are null where there are none") {
    const model::RunRecord record = at_a_shop();
    const auto back = parse_json(to_json(record));
    INFO(back.error);
    REQUIRE(back.record);
    using google::protobuf::util::MessageDifferencer;
    CHECK(MessageDifferencer::Equivalent(back.record->load().shop_books(), record.load().shop_books()));
    CHECK(MessageDifferencer::Equivalent(back.record->load().shop_cpu(), record.load().shop_cpu()));
    REQUIRE(back.record->load().flow_steps_size() == 2);
    CHECK(MessageDifferencer::Equivalent(back.record->load().flow_steps(1), record.load().flow_steps(1)));
    CHECK_THAT(to_json(live()), Contains("\"shop_books\": null") && Contains("\"shop_cpu\": null"));
}

TEST_CASE("live run: an INVALID run says so before any figure, with every reason") {
    const std::string text = summary(invalid());
    const std::size_t banner = text.find("INVALID: the load was not that of the schedule"), figures = text.find("OVERSOLD");
    REQUIRE(banner != std::string::npos);
    REQUIRE(figures != std::string::npos);
    CHECK(banner < figures);
    CHECK_THAT(flat(text), Contains("what the audit refuted stands all the same"));
    CHECK_THAT(summary(model::RunRecord{}), !Contains("INVALID"));
    CHECK_THAT(text, Contains("  INVALID: dispatch lag p99 3.2 ms") && !Contains("  VALID"));
}

TEST_CASE("live run: over the clock, a stall is seen where the fault is marked") {
    const std::string text = summary(live(), {Colour::off, Glyphs::ascii, 120});
    std::map<std::string, std::string> rows;
    std::istringstream lines(text.substr(text.find("Over the clock")));
    for (std::string line; std::getline(lines, line) && line.find("Faults under") == std::string::npos;)
        if (line.size() > 16) rows[flat(line.substr(0, 16))] = line.substr(16);
    const std::string marks = rows.at("fault on");
    REQUIRE(marks.size() >= 60);
    CHECK(marks.substr(0, 30) == std::string(30, ' '));
    CHECK(marks[30] == 'v');
    CHECK(marks.substr(31).find('v') == std::string::npos);
    CHECK(rows.at("answered")[29] == '@');
    CHECK(rows.at("answered")[30] == ' ');
    CHECK(rows.at("response p99")[30] == '@');
    CHECK_THAT(rows.at("response p99"), Contains("at 30 s"));
    CHECK_THAT(rows.at("no answer"), Contains("12 at 30 s"));
}

TEST_CASE("live run: a mode that the target's address has already is not said twice") {
    model::LoadReport load;
    load.set_target("redis?mode=get_decr"), load.set_mode("get_decr"), load.set_system("Redis 7.0");
    CHECK(target_text(load) == "redis?mode=get_decr, Redis 7.0");
    load.set_mode("lua");
    CHECK(target_text(load) == "redis?mode=get_decr, lua, Redis 7.0");
}

TEST_CASE("live run: a simulated run's summary has nothing of it") {
    CHECK_THAT(summary(reports::test::sample_record()), !Contains("Live run") && !Contains("VALID"));
}

TEST_CASE("live run: where the response time hides nothing, nothing is said of it") {
    model::RunRecord record = live();
    *record.mutable_load() = lastunit::test::live_load({.stall_s = 0});
    CHECK_FALSE(hidden_by_service_time(record.load()).has_value());
    CHECK(hidden_by_service_time(live().load()).has_value());
}

TEST_CASE("live run: a generator that was late itself is not taken for a back end that let shoppers wait") {
    model::RunRecord record = live();
    *record.mutable_load()->mutable_dispatch_lag() = record.load().response();
    const std::string text = hidden_by_service_time(record.load()).value_or("");
    CHECK_THAT(text,
               Contains("because the generator itself was late (dispatch lag p99 402 ms)") && !Contains("coordinated omission"));
}

TEST_CASE("live run: no line is wider than the terminal, ASCII is ASCII, and a name cannot write to the terminal") {
    model::RunRecord record = invalid();
    record.mutable_load()->set_target("postgres://\033[2Jhost");
    record.mutable_load()->mutable_audit()->set_stories(0, "żółw \033[2J\n  second \rline");
    for (const int width : {80, 100, 140}) {
        std::istringstream lines(summary(record, {Colour::off, Glyphs::ascii, width}));
        for (std::string line; std::getline(lines, line);) {
            INFO(line);
            CHECK(display_width(line) <= static_cast<std::size_t>(width));
            for (const char c : line) CHECK((c >= ' ' && c < 127));
        }
    }
}

TEST_CASE("live run: JSON has quantiles before the buckets, reads back as it was, and is no book") {
    const model::RunRecord record = live();
    const std::string text = to_json(record);
    CHECK_THAT(text, Contains("\"p99_ms\": ") && Contains("\"p999_ms\": "));
    CHECK_THAT(text, Contains("\"started_unix_us\": 1764115200000000"));
    const ParsedRecord parsed = parse_json(text);
    INFO(parsed.error);
    REQUIRE(parsed.record);
    CHECK(google::protobuf::util::MessageDifferencer::Equivalent(*parsed.record, record));
    CHECK(text.size() - to_json(reports::test::sample_record()).size() < 250'000);
}

TEST_CASE("live run: JSON of a simulated run has null for it, and is no live run when it is read back") {
    const std::string text = to_json(reports::test::sample_record());
    CHECK_THAT(text, Contains("\"load\": null"));
    const ParsedRecord parsed = parse_json(text);
    REQUIRE(parsed.record);
    CHECK_FALSE(parsed.record->has_load());
}

TEST_CASE("live run: its figures are KPIs, seconds and units told from their paths") {
    const auto kpis = kpis_of(live());
    CHECK(kpis.at("load.response_s.p99") > 0.3);
    CHECK(kpis.at("load.service_s.p99") < 0.01);
    CHECK(kpis.at("load.dispatch_lag_s.p99") < 0.001);
    CHECK(kpis.at("load.rate_held") == Approx(1966));
    CHECK(kpis.at("load.unknown_operations") == 3);
    CHECK(kpis.at("load.audit_oversold_units") == 2);
    CHECK(kpis.at("load.audit_oversold_units_most") == 5);
    CHECK(kpis.at("load.audit_refuted_checks") == 1);
    CHECK(kpi_text("load.response_s.p99", 0.86) == "860 ms");
    CHECK(kpis_of(reports::test::sample_record()).count("load.rate_held") == 0);
    model::RunRecord without = live();
    without.mutable_load()->clear_audit();
    CHECK(kpis_of(without).count("load.audit_oversold_units") == 0);
}

TEST_CASE("live run: gates judge its figures; an INVALID run judges none, and a simulated one not these") {
    CHECK_FALSE(verdict("load.response_s.p99", Compare::less, 0.05, live()).passed());
    CHECK(verdict("load.service_s.p99", Compare::less, 0.05, live()).passed());
    CHECK(verdict("load.rate_held", Compare::at_least, 1900, live()).passed());
    CHECK_FALSE(verdict("load.audit_oversold_units", Compare::at_most, 0, live()).passed());

    const auto not_valid = verdict("oversold_units", Compare::at_most, 1e9, invalid());
    CHECK(not_valid.not_judged());
    CHECK_THAT(not_valid.text(), Contains("(the live run is INVALID)"));

    const auto simulated = verdict("load.rate_held", Compare::at_least, 1, reports::test::sample_record());
    CHECK(simulated.not_judged());
    CHECK_THAT(simulated.text(), Contains("(judged in a live run)"));

    model::RunRecord without = live();
    without.mutable_load()->clear_audit();
    const auto unaudited = verdict("load.audit_oversold_units", Compare::at_most, 0, without);
    CHECK_FALSE(unaudited.passed());
    CHECK_THAT(unaudited.text(), Contains("(nothing was measured)"));
    CHECK_THAT(verdict("load.no_such", Compare::less, 1, live()).text(), Contains("(no such KPI)"));
}

TEST_CASE("live run: the store gives back what it was given, KPIs too") {
    const lastunit::test::ScratchFile file("");
    Store store(file.path());
    const model::RunRecord record = live();
    const std::int64_t id = store.add({.record = &record, .made_at_us = 1, .scenario_text = "", .key = ""});
    CHECK(google::protobuf::util::MessageDifferencer::Equals(store.record(id).value(), record));
    bool found = false;
    for (const KpiValue& kpi : store.kpis(id)) found = found || (kpi.path == "load.rate_held" && kpi.value == Approx(1966));
    CHECK(found);
}

TEST_CASE("live run: Markdown has the verdicts first, and names cannot make markup") {
    model::RunRecord record = invalid();
    record.mutable_load()->set_mode("<img src=x> | ``` *bold*");
    record.mutable_load()->mutable_audit()->set_stories(0, "a story\n```\n<b>not markup</b>");
    const std::string text = run_markdown(record);
    CHECK_THAT(text, Contains("- **INVALID**: dispatch lag p99 3.2 ms"));
    CHECK(text.find("INVALID") < text.find("| response |"));
    CHECK_THAT(text, Contains("- audit: **REFUTED: 2 to 5 units were sold twice"));
    CHECK_THAT(text, !Contains("<img") && Contains("&lt;img"));
    CHECK_THAT(text, !Contains("\n```\n<b>"));
    const std::string simulated = run_markdown(reports::test::sample_record());
    CHECK_THAT(simulated, Contains("### Run of Black Friday") && Contains("oversold 441") && Contains("**FAIL**"));
    CHECK_THAT(simulated, !Contains("VALID") && !Contains("response"));
}

TEST_CASE("live run: Markdown of a shop over HTTP has its findings with a story of two sentences, and the funnel by step") {
    model::RunRecord record = at_a_shop();
    const std::string text = run_markdown(record);
    CHECK_THAT(
        text,
        Contains("- **FINDING lost\\_update**: 29 units of 3 SKUs. sku-7: 15 units ordered, and the counter moved by 3. "
                 "Shopper 51 sent `pay` at 51.0 ms and was answered `accepted` at 80.0 ms; shopper 52 sent `pay` at 52.0 ms"));
    CHECK(text.find("FINDING") < text.find("| response |"));
    CHECK_THAT(text, Contains("| step | shoppers | passed | requests | sold out |") &&
                         Contains("| pay | 900 | 400 | 900 | 500 | - | - | 10 | 446 ms | 845 ms | 883 ms |"));
    CHECK_THAT(text, Contains("CPU of vendure per accepted checkout: 30.0 ms"));
    record.mutable_load()->mutable_shop_books()->mutable_findings(0)->set_sku("<b>|`");
    CHECK_THAT(run_markdown(record), Contains("&lt;b&gt;\\|\\`: 15 units") && !Contains("<b>"));
    record.mutable_load()->mutable_shop_books()->clear_kinds();
    CHECK_THAT(run_markdown(record), Contains("- no finding in the shop's books, for 900 shoppers") && !Contains("FINDING"));
    record.mutable_load()->mutable_shop_books()->set_problem("orders: answered 500");
    CHECK_THAT(run_markdown(record), Contains("could not be judged: orders: answered 500") && !Contains("no finding"));
    CHECK_THAT(run_markdown(live()), !Contains("| step |") && !Contains("shop's books"));
}

TEST_CASE("live run: replications of a simulation are not asked for what only a live run has") {
    model::Gate live, any;
    live.kpi = "load.response_s.p99", any.kpi = "oversold_units";
    const auto asked = gate::requirements({live, any}, 0.01);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].kpi == "oversold_units");
}
