#include "drivers/metrics/text.hpp"

#include <cstdio>

namespace lastunit::drivers {

namespace {

class Page {
   public:
    void head(const char* name, const char* type, const char* help) {
        out_ += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    }
    void line(const std::string& name, double value) {
        char text[64];
        std::snprintf(text, sizeof text, " %.15g\n", value);
        out_ += name + text;
    }
    void number(const char* name, const char* type, const char* help, double value) {
        head(name, type, help);
        line(name, value);
    }
    void histogram(const std::string& name, const char* help, const LatencyHistogram& from) {
        head(name.c_str(), "histogram", help);
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < from.buckets.size(); ++i) {
            count += from.buckets[i].get();
            char bound[32] = "+Inf";
            if (i < LatencyHistogram::kBounds_us.size())
                std::snprintf(bound, sizeof bound, "%g", static_cast<double>(LatencyHistogram::kBounds_us[i]) / 1e6);
            line(name + "_bucket{le=\"" + bound + "\"}", static_cast<double>(count));
        }
        line(name + "_sum", static_cast<double>(from.sum_us.get()) / 1e6);
        line(name + "_count", static_cast<double>(count));
    }
    std::string take() { return std::move(out_); }

   private:
    std::string out_;
};

void add_commands(Page& page, const Stats& stats) {
    page.head("lastunit_commands_total", "counter", "commands answered, by kind and outcome; repeats of a key included");
    for (unsigned kind = 0; kind < core::kCommandKinds; ++kind)
        for (unsigned outcome = 0; outcome < kOutcomes; ++outcome)
            if (const std::uint64_t n = stats.commands[kind][outcome].get(); n != 0)
                page.line(std::string("lastunit_commands_total{kind=\"") + core::name_of(static_cast<core::CommandKind>(kind)) +
                              "\",outcome=\"" + core::name_of(static_cast<core::Outcome>(outcome)) + "\"}",
                          static_cast<double>(n));
    page.head("lastunit_not_begun_total", "counter", "commands that were not applied, by reason");
    page.line("lastunit_not_begun_total{reason=\"overloaded\"}", static_cast<double>(stats.overloaded.load()));
    page.line("lastunit_not_begun_total{reason=\"late\"}", static_cast<double>(stats.late.get()));
    page.line("lastunit_not_begun_total{reason=\"unavailable\"}", static_cast<double>(stats.unavailable.get()));
}

}  // namespace

std::string metrics_text(const Engine& engine) {
    const Stats& s = engine.stats();
    Page page;
    add_commands(page, s);
    const auto value = [](const Counter& counter) { return static_cast<double>(counter.get()); };
    page.number("lastunit_queue_commands", "gauge", "commands waiting to be begun", static_cast<double>(s.queued.load()));
    page.histogram("lastunit_commit_seconds", "from a command's arrival until it was durable", s.commit);
    page.histogram("lastunit_sync_seconds", "write and fdatasync of a group of commands", s.sync);
    page.number("lastunit_groups_total", "counter", "groups written", value(s.groups));
    page.number("lastunit_journal_bytes_total", "counter", "bytes of journal written", value(s.journal_bytes));
    page.number("lastunit_durable_sequence", "gauge", "sequence number of the last durable call", value(s.durable));
    page.number("lastunit_changes_total", "counter", "changes of state that became durable", value(s.changes));
    page.number("lastunit_live_holds", "gauge", "holds that have not ended", value(s.live_holds));
    page.number("lastunit_open_orders", "gauge", "orders with something left to ship", value(s.open_orders));
    page.number("lastunit_snapshot_sequence", "gauge", "sequence number of the newest snapshot", value(s.snapshot_sequence));
    page.number("lastunit_snapshot_age_seconds", "gauge", "since the newest snapshot was durable",
                static_cast<double>(Engine::wall_clock().us) / 1e6 - value(s.snapshot_us) / 1e6);
    page.number("lastunit_snapshot_pause_seconds", "gauge", "that the last snapshot held commands up",
                value(s.snapshot_pause_us) / 1e6);
    page.number("lastunit_snapshot_failures_total", "counter", "snapshots that could not be written", value(s.snapshot_failures));
    page.number("lastunit_recovery_seconds", "gauge", "that the start took to read snapshot and journal",
                engine.recovery().seconds);
    page.number("lastunit_recovered_records", "gauge", "journal records replayed at the start",
                static_cast<double>(engine.recovery().records));
    return page.take();
}

}  // namespace lastunit::drivers
