// A run record as a peak day of a Polish fashion retailer could give it: 41 nodes, 6 channels, 1440 one-minute steps and every
// balance closed. Invented numbers, no simulation: for the tests of reports.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports::test {

struct Town {
    const char* name;
    double lat, lon;
    unsigned people;  // thousands
};
inline constexpr std::array<Town, 40> kTowns{{
    {"Warszawa", 52.23, 21.01, 1860},
    {"Kraków", 50.06, 19.94, 803},
    {"Wrocław", 51.11, 17.03, 674},
    {"Łódź", 51.77, 19.46, 658},
    {"Poznań", 52.41, 16.93, 541},
    {"Gdańsk", 54.35, 18.65, 486},
    {"Szczecin", 53.43, 14.55, 391},
    {"Bydgoszcz", 53.12, 18.01, 330},
    {"Lublin", 51.25, 22.57, 331},
    {"Białystok", 53.13, 23.16, 292},
    {"Katowice", 50.26, 19.02, 280},
    {"Gdynia", 54.52, 18.53, 242},
    {"Częstochowa", 50.81, 19.12, 208},
    {"Radom", 51.40, 21.15, 197},
    {"Rzeszów", 50.04, 22.00, 197},
    {"Toruń", 53.01, 18.60, 196},
    {"Sosnowiec", 50.29, 19.10, 189},
    {"Kielce", 50.87, 20.63, 183},
    {"Gliwice", 50.29, 18.67, 170},
    {"Olsztyn", 53.78, 20.49, 168},
    {"Zabrze", 50.32, 18.79, 156},
    {"Bielsko-Biała", 49.82, 19.04, 166},
    {"Bytom", 50.35, 18.92, 150},
    {"Zielona Góra", 51.94, 15.51, 139},
    {"Rybnik", 50.10, 18.54, 131},
    {"Ruda Śląska", 50.26, 18.86, 131},
    {"Opole", 50.68, 17.92, 126},
    {"Tychy", 50.12, 18.99, 122},
    {"Gorzów Wielkopolski", 52.73, 15.24, 115},
    {"Elbląg", 54.16, 19.40, 113},
    {"Płock", 52.55, 19.71, 112},
    {"Dąbrowa Górnicza", 50.33, 19.19, 115},
    {"Wałbrzych", 50.77, 16.28, 105},
    {"Włocławek", 52.65, 19.07, 103},
    {"Tarnów", 50.01, 20.99, 104},
    {"Chorzów", 50.30, 18.95, 101},
    {"Koszalin", 54.19, 16.18, 104},
    {"Kalisz", 51.76, 18.09, 93},
    {"Legnica", 51.21, 16.16, 92},
    {"Grudziądz", 53.48, 18.75, 89},
}};

struct SampleChannel {
    const char* name;
    const char* kind;
    const char* reservation;
    const char* decides_on;
    unsigned share;     // percent of the orders
    unsigned oversold;  // percent of the oversold units
};
inline constexpr std::array<SampleChannel, 6> kSampleChannels{{
    {"web", "web", "reserve_on_order", "view", 38, 18},
    {"app", "app", "reserve_on_cart", "view", 27, 9},
    {"marketplace", "marketplace", "none", "view", 14, 58},
    {"pos", "pos", "none", "shelf", 17, 6},
    {"call_centre", "call_centre", "ledger", "core", 3, 0},
    {"social", "social", "check_then_act", "view", 1, 9},
}};

inline void set_stats(model::TimeStats& stats, std::uint64_t count, double mean, double p50, double p90, double p99, double max) {
    stats.set_count(count), stats.set_mean(mean), stats.set_p50(p50), stats.set_p90(p90), stats.set_p99(p99), stats.set_max(max);
    stats.set_p95((p90 + p99) / 2);
}

// Of `whole`, the part of item `i` among shares that sum to 100: parts add up to the whole, the last one takes the rest.
class Split {
   public:
    explicit Split(std::uint64_t whole, std::uint64_t of = 100) : whole_(whole), of_(of) {}
    std::uint64_t operator()(std::uint64_t share) {
        seen_ += share;
        const std::uint64_t until = whole_ * seen_ / of_;
        const std::uint64_t part = until - given_;
        given_ = until;
        return part;
    }

   private:
    std::uint64_t whole_, of_, seen_ = 0, given_ = 0;
};

// Small reproducible noise in 0..1.
class Noise {
   public:
    double operator()() {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>(state_ >> 40) / static_cast<double>(1u << 24);
    }

   private:
    std::uint64_t state_ = 20241129;
};

inline void fill_series(model::RunRecord& record) {
    // Share of a Black Friday by local hour: quiet night, midday and a higher evening peak.
    constexpr std::array<double, 24> kHours{22, 9,  5,  3,  3,  6,  14, 28,  45,  58, 66, 70,
                                            74, 72, 70, 71, 74, 80, 92, 104, 108, 96, 70, 44};
    auto& s = *record.mutable_series();
    auto& k = *record.mutable_kpi();
    s.set_step_s(60);
    Noise noise;
    std::int64_t stock = 412'000;
    std::uint64_t units = 0;
    for (int minute = 0; minute < 1440; ++minute) {
        const auto hour = static_cast<std::size_t>(minute / 60);
        const double into = (minute % 60) / 60.0;
        const double load = kHours[hour] * (1 - into) + kHours[(hour + 1) % 24] * into;
        const double flash = minute >= 1200 && minute < 1215 ? 2.2 : 1;
        const auto draw = [&](double mean) {
            return static_cast<std::uint32_t>(std::max(0.0, std::floor(mean * (0.6 + 0.8 * noise()) + noise())));
        };
        const std::uint32_t arrivals = draw(load * 11.5 * flash);
        const std::uint32_t orders = draw(load * 0.52 * flash);
        const std::uint32_t oversold = hour >= 9 ? draw(std::pow(load / 100, 3) * 0.9 * flash) : 0;
        const std::uint32_t undersold = draw(load * 0.012);
        const std::uint32_t cancelled = hour >= 11 ? draw(load * 0.0016) : 0;
        const std::uint32_t refused = draw(load * 0.11 * flash) + undersold;
        s.add_arrivals(arrivals), s.add_orders(orders), s.add_oversold(oversold), s.add_undersold(undersold);
        s.add_refused(refused), s.add_cancelled(cancelled);
        s.add_shoppers_active(arrivals * 6), s.add_open_orders(static_cast<std::uint32_t>(k.orders_accepted() / 3)),
            s.add_held(orders * 9);
        stock -= orders * 3 / 2;
        s.add_stock(stock);
        units += orders * 3 / 2;
        k.set_shoppers(k.shoppers() + arrivals), k.set_orders_accepted(k.orders_accepted() + orders);
        k.set_oversold_units(k.oversold_units() + oversold), k.set_undersold_units(k.undersold_units() + undersold);
        k.set_cancelled_units(k.cancelled_units() + cancelled), k.set_refused_units(k.refused_units() + refused);
    }
    k.set_units_accepted(units);
    // Parcels that nobody fetched are given up in the drain.
    s.set_cancelled_after(214);
    k.set_cancelled_units(k.cancelled_units() + 214);
}

inline void fill_edges(model::RunRecord& record) {
    struct Lag {
        const char *name, *from, *to, *kind;
        double p50, p99;
        int every;  // minutes between two messages
    };
    constexpr std::array<Lag, 6> kLags{{{"stock to web", "core", "web", "push", 0.18, 2.4, 1},
                                        {"stock to app", "core", "app", "cache", 6.1, 29.0, 1},
                                        {"stock to marketplace", "core", "marketplace", "snapshot", 452, 894, 15},
                                        {"stock to social", "core", "social", "poll", 31, 62, 1},
                                        {"till sales through ESB", "pos", "core", "push", 4.2, 171, 1},
                                        {"marketplace orders", "marketplace", "core", "poll", 151, 297, 5}}};
    Noise noise;
    for (const Lag& lag : kLags) {
        auto& edge = *record.add_edges();
        edge.set_name(lag.name), edge.set_from(lag.from), edge.set_to(lag.to), edge.set_kind(lag.kind);
        edge.set_messages(static_cast<std::uint64_t>(98'000 / lag.every)), edge.set_lost(lag.every == 15 ? 2 : 0);
        set_stats(*edge.mutable_lag_s(), edge.messages(), lag.p50 * 1.1, lag.p50, lag.p99 * 0.6, lag.p99, lag.p99 * 1.3);
        auto& series = *record.mutable_series()->add_edge_lag();
        series.set_edge(lag.name);
        for (int minute = 0; minute < 1440; ++minute) {
            const double peak = std::exp(-std::pow((minute - 1215) / 60.0, 2)) * (lag.p99 - lag.p50);
            const double mean = lag.p50 * (0.8 + 0.4 * noise()) + peak * 0.8;
            const bool silent = minute % lag.every != 0;
            series.add_mean_lag_s(silent ? -1.0F : static_cast<float>(mean));
            series.add_max_lag_s(silent ? -1.0F : static_cast<float>(mean * 1.4));
        }
    }
}

inline void fill_channels(model::RunRecord& record) {
    const auto& k = record.kpi();
    Split shoppers(k.shoppers()), orders(k.orders_accepted()), units(k.units_accepted()), oversold(k.oversold_units()),
        oversold_orders(k.oversold_orders()), value(static_cast<std::uint64_t>(k.oversold_value())),
        undersold(k.undersold_units()), lost(k.lost_sales_units()), cancelled(k.cancelled_units()),
        cancelled_orders(k.cancelled_orders()), revenue(static_cast<std::uint64_t>(k.revenue()));
    for (const SampleChannel& c : kSampleChannels) {
        auto& channel = *record.add_channels();
        channel.set_name(c.name), channel.set_kind(c.kind), channel.set_reservation(c.reservation),
            channel.set_decides_on(c.decides_on);
        auto& kpi = *channel.mutable_kpi();
        kpi.set_shoppers(shoppers(c.share)), kpi.set_orders_accepted(orders(c.share)), kpi.set_units_accepted(units(c.share));
        kpi.set_oversold_units(oversold(c.oversold)), kpi.set_oversold_orders(oversold_orders(c.oversold));
        kpi.set_oversold_value(static_cast<std::int64_t>(value(c.oversold))), kpi.set_undersold_units(undersold(c.share));
        kpi.set_lost_sales_units(lost(c.share)), kpi.set_cancelled_units(cancelled(c.oversold));
        kpi.set_cancelled_orders(cancelled_orders(c.oversold)), kpi.set_revenue(static_cast<std::int64_t>(revenue(c.share)));
        kpi.set_oversell_rate(static_cast<double>(kpi.oversold_units()) / static_cast<double>(kpi.units_accepted()));
        kpi.set_conversion(static_cast<double>(kpi.orders_accepted()) / static_cast<double>(kpi.shoppers()));
        kpi.set_promise_kept_rate(std::string(c.name) == "pos" ? 1 : 0.93), kpi.set_cost_per_order(14.2);
    }
}

inline void fill_nodes(model::RunRecord& record) {
    const auto& b = record.balance();
    std::uint64_t people = 0;
    for (const Town& town : kTowns) people += town.people;
    const std::uint64_t from_dc = b.units_shipped() * 7 / 10;
    Split shipped(b.units_shipped() - from_dc, people), handed(b.units_handed_over() / 4, people),
        till(b.units_handed_over() - b.units_handed_over() / 4, people), stock(b.stock_start() - 250'000, people),
        end(b.stock_end() - 214'000, people), oversold(record.kpi().oversold_units() * 3 / 4, people);
    auto& dc = *record.add_nodes();
    dc.set_name("DC Stryków"), dc.set_kind("warehouse"), dc.set_lat(51.90), dc.set_lon(19.60);
    dc.set_stock_start(250'000), dc.set_stock_end(214'000), dc.set_record_end(214'012), dc.set_units_shipped(from_dc);
    dc.set_failed_picks(31), dc.set_pick_utilisation(0.83);
    dc.set_oversold_units(record.kpi().oversold_units() - record.kpi().oversold_units() * 3 / 4), dc.set_orders(from_dc * 2 / 3);
    set_stats(*dc.mutable_pick_wait_s(), from_dc, 1900, 1400, 4100, 9800, 14'000);
    set_stats(*dc.mutable_sojourn_s(), from_dc, 3900, 3400, 8100, 14'800, 21'000);
    for (const Town& town : kTowns) {
        auto& node = *record.add_nodes();
        node.set_name(town.name), node.set_kind("store"), node.set_lat(town.lat), node.set_lon(town.lon);
        node.set_stock_start(stock(town.people)), node.set_stock_end(end(town.people)), node.set_record_end(node.stock_end() + 3);
        node.set_units_shipped(shipped(town.people)), node.set_units_handed_over(handed(town.people));
        node.set_units_sold_at_till(till(town.people)),
            node.set_oversold_units(oversold(town.people) * (town.lon > 20 ? 2 : 1) / 2);
        node.set_failed_picks(node.oversold_units() * 2 / 3), node.set_pick_utilisation(0.35 + 0.0003 * town.people);
        node.set_orders(node.units_shipped() * 2 / 3 + node.units_handed_over() / 2);
        set_stats(*node.mutable_pick_wait_s(), node.orders(), 900, 600, 2400, 7200, 9000);
        set_stats(*node.mutable_sojourn_s(), node.orders(), 1900, 1500, 4400, 12'000, 15'000);
        auto& place = *record.add_places();
        place.set_name(town.name), place.set_lat(town.lat), place.set_lon(town.lon);
        place.set_shoppers(record.kpi().shoppers() * town.people / people), place.set_orders(node.orders());
    }
}

inline void fill_balance(model::RunRecord& record) {
    auto& b = *record.mutable_balance();
    auto& k = *record.mutable_kpi();
    b.set_units_accepted(k.units_accepted()), b.set_units_uncollected(214), b.set_units_cancelled(k.cancelled_units());
    b.set_units_open(1'310), b.set_units_handed_over(b.units_accepted() / 4);
    b.set_units_shipped(b.units_accepted() - b.units_handed_over() - b.units_cancelled() - b.units_open());
    b.set_stock_start(412'000), b.set_stock_replenished(0), b.set_stock_returned(1'204);
    b.set_stock_left(b.units_shipped() + b.units_handed_over());
    b.set_stock_end(b.stock_start() + b.stock_returned() - b.stock_left());
    b.set_orders_accepted(k.orders_accepted()), b.set_orders_cancelled(301), b.set_orders_open(882);
    b.set_orders_completed(b.orders_accepted() - 301 - 882);
    b.set_shoppers(k.shoppers()), b.set_shoppers_bought(b.orders_completed()), b.set_shoppers_active(0);
    b.set_shoppers_left(b.shoppers() - b.shoppers_bought());
    b.set_holds_taken(61'000), b.set_holds_confirmed(41'000), b.set_holds_released(12'000), b.set_holds_expired(7'990),
        b.set_holds_live(10);
    k.set_shipped_units(b.units_shipped()), k.set_handed_over_units(b.units_handed_over()), k.set_open_units(b.units_open());
    k.set_holds_expired(b.holds_expired()), k.set_returned_units(b.stock_returned());
    model::CauseCount& restocked = *k.add_returns_by_path();
    restocked.set_cause("restocked"), restocked.set_units(b.stock_returned());
}

inline void fill_kpi(model::RunRecord& record) {
    auto& k = *record.mutable_kpi();
    k.set_oversold_orders(k.oversold_units() * 19 / 20),
        k.set_oversold_value(static_cast<std::int64_t>(k.oversold_units()) * 11'677);
    k.set_oversell_rate(static_cast<double>(k.oversold_units()) / static_cast<double>(k.units_accepted()));
    k.set_lost_sales_units(k.refused_units() * 4 / 5), k.set_cancelled_orders((k.cancelled_units() - 214) * 9 / 10);
    set_stats(*k.mutable_fulfilment_time_s(), k.orders_accepted() - 882, 66'000, 61'200, 112'000, 171'000, 240'000);
    set_stats(*k.mutable_order_to_ready_s(), 9'120, 8'100, 6'900, 14'000, 33'000, 51'000);
    set_stats(*k.mutable_order_to_door_s(), 31'000, 88'000, 84'000, 120'000, 174'000, 240'000);
    k.set_promise_kept_rate(0.9312), k.set_split_rate(0.0423), k.set_cost_per_order(14.2), k.set_channel_integration_rate(0.311);
    k.set_ropo_ratio(0.274), k.set_cross_channel_conversion(0.0614), k.set_conversion(0.0451);
    k.set_revenue(static_cast<std::int64_t>(k.units_accepted()) * 14'210), k.set_oversold_rescued_units(k.oversold_units() / 3);
    k.set_pos_conflict_units(38), k.set_total_cost(62'000'000), k.set_parcels(33'100), k.set_abandoned_carts(51'200);
    k.set_carts_lost_by_switch(9'310), k.set_held_units_peak(1'204);
}

inline void fill_shoppers(model::RunRecord& record) {
    const std::uint64_t n = record.kpi().shoppers();
    auto& f = *record.mutable_funnel();
    f.set_arrived(n), f.set_browsed(n * 9 / 10), f.set_saw_available(n * 8 / 10), f.set_carted(n * 17 / 100);
    f.set_reached_checkout(n * 9 / 100), f.set_placed(n * 6 / 100), f.set_paid(record.kpi().orders_accepted());
    f.set_received(record.balance().orders_completed());
    const auto journey = [&](const char* name, std::uint64_t percent) {
        auto& j = *record.add_journeys();
        j.set_name(name), j.set_orders(record.kpi().orders_accepted() * percent / 100);
    };
    journey("single_channel", 61), journey("webrooming", 17), journey("pickup", 9), journey("showrooming", 7);
    journey("reserve_in_store", 4), journey("endless_aisle", 2);
    Noise noise;
    for (const auto& from : kSampleChannels)
        for (const auto& to : kSampleChannels) {
            if (from.name == to.name) continue;
            auto& s = *record.add_switches();
            s.set_from(from.name), s.set_to(to.name),
                s.set_count(static_cast<std::uint64_t>(from.share * to.share * (20 + 20 * noise())));
            s.set_bought(s.count() / (std::string(to.name) == "pos" ? 9 : 14));
        }
    Split arrived(n), browsed(f.browsed()), available(f.saw_available()), carted(f.carted()), checkout(f.reached_checkout()),
        placed(f.placed()), paid(f.paid()), received(f.received());
    const auto persona = [&](const char* name, std::uint64_t percent, std::uint64_t buyers) {
        auto& p = *record.add_personas();
        p.set_name(name), p.set_shoppers(arrived(percent)), p.set_buyers(p.shoppers() * buyers / 100);
        auto& own = *p.mutable_funnel();
        own.set_arrived(p.shoppers()), own.set_browsed(browsed(percent)), own.set_saw_available(available(percent));
        own.set_carted(carted(percent)), own.set_reached_checkout(checkout(percent)), own.set_placed(placed(percent));
        own.set_paid(paid(percent)), own.set_received(received(percent));
    };
    persona("mobile explorer", 38, 3), persona("loyal returner", 21, 9), persona("bargain hunter", 27, 4),
        persona("store regular", 14, 5);
}

inline void fill_identity(model::RunRecord& record) {
    auto& id = *record.mutable_identity();
    id.set_scenario("black-friday"), id.set_scenario_title("Black Friday of a Polish fashion retailer");
    id.set_scenario_hash("5d0f1e88a1b2c3d4"), id.set_scenario_file("scenarios/library/black-friday.yaml"),
        id.set_design("hub, 15-minute feed");
    id.set_seed(1), id.set_commit("4f2a91c"), id.set_version("0.1.0"), id.set_build("release"),
        id.set_fingerprint("9e3779b97f4a7c15");
    id.set_shoppers_fingerprint("c2b2ae3d27d4eb4f"), id.set_horizon_s(86'400), id.set_simulated_s(172'800), id.set_wall_s(14.62);
    id.set_events(24'118'402), id.set_messages(412'008), id.set_core_commands(1'908'221), id.set_simgrid_activities(208'112);
    id.set_repeat_command("lastunit run black-friday --seed 1"), id.set_currency("PLN"), id.set_peak_pending_events(88'101);
    id.set_peak_memory_bytes(734'003'200);
}

// Two thirds of what was oversold came of late news, a third of wrong records.
inline void fill_causes(model::Kpi& kpi) {
    const auto add = [](auto& list, const char* cause, std::uint64_t units) {
        auto& count = *list.Add();
        count.set_cause(cause), count.set_units(units);
    };
    add(*kpi.mutable_oversold_causes(), "race", 0);
    add(*kpi.mutable_oversold_causes(), "phantom_stock", kpi.oversold_units() / 3);
    add(*kpi.mutable_oversold_causes(), "stale_view", kpi.oversold_units() - kpi.oversold_units() / 3);
    add(*kpi.mutable_undersold_causes(), "buffer", kpi.undersold_units() / 4);
    add(*kpi.mutable_undersold_causes(), "stale_view", kpi.undersold_units() - kpi.undersold_units() / 4);
}

inline void fill_failed_picks(model::RunRecord& record) {
    std::uint64_t failed = 0;
    for (const model::NodeKpi& node : record.nodes()) failed += node.failed_picks();
    record.mutable_kpi()->set_failed_picks(failed);
    record.mutable_channels(0)->mutable_kpi()->set_failed_picks(failed);
}

inline void fill_skus(model::RunRecord& record) {
    const auto& k = record.kpi();
    Split units(k.units_accepted()), oversold(k.oversold_units()), undersold(k.undersold_units()), lost(k.lost_sales_units());
    const auto add = [&](const char* name, std::uint64_t skus, std::uint64_t share, std::uint64_t of_oversold) {
        auto& part = *record.add_sku_classes();
        part.set_name(name), part.set_skus(skus), part.set_units_accepted(units(share)),
            part.set_oversold_units(oversold(of_oversold));
        part.set_undersold_units(undersold(share)), part.set_lost_sales_units(lost(share));
    };
    add("A", 412, 80, 91), add("B", 633, 15, 7), add("C", 955, 5, 2);
    for (std::uint64_t i = 0; i < 10; ++i) {
        auto& sku = *record.add_worst_skus();
        sku.set_sku("parka-" + std::to_string(17 + 31 * i % 97)), sku.set_sku_class(i == 7 ? "B" : "A");
        sku.set_oversold_units(k.oversold_units() / (12 + 3 * i)), sku.set_units_accepted(sku.oversold_units() * 9 + 40);
        sku.set_undersold_units(i), sku.set_lost_sales_units(60 + 7 * i);
        sku.set_oversold_value(static_cast<std::int64_t>(sku.oversold_units()) * 12'900);
        auto& stale = *sku.add_oversold_causes();
        stale.set_cause("stale_view"), stale.set_units(sku.oversold_units() - sku.oversold_units() / 3);
        auto& phantom = *sku.add_oversold_causes();
        phantom.set_cause("phantom_stock"), phantom.set_units(sku.oversold_units() / 3);
        auto& web = *sku.add_channels();
        web.set_channel("web"), web.set_oversold_units(sku.oversold_units() / 4);
        auto& marketplace = *sku.add_channels();
        marketplace.set_channel("marketplace"), marketplace.set_oversold_units(sku.oversold_units() - web.oversold_units());
    }
}

inline void fill_paths(model::RunRecord& record) {
    const auto& b = record.balance();
    Split shoppers(b.shoppers(), 1000), buyers(b.shoppers_bought(), 1000);
    const auto path = [&](std::initializer_list<const char*> channels, std::uint64_t share, std::uint64_t of_buyers) {
        auto& to = *record.add_paths();
        for (const char* channel : channels) to.add_channels(channel);
        to.set_shoppers(shoppers(share)), to.set_buyers(buyers(of_buyers));
    };
    path({"web"}, 311, 240), path({"app"}, 214, 233), path({"marketplace"}, 122, 121), path({"pos"}, 98, 160);
    path({"web", "pos"}, 71, 92), path({"app", "web"}, 55, 41), path({"app", "pos"}, 44, 52), path({"social", "web"}, 31, 12);
    path({"web", "app", "web"}, 20, 14), path({"call_centre"}, 12, 14), path({"web", "pos", "web"}, 9, 10);
    path({"web", "app", "web", "pos", "web", "app"}, 3, 2);
    record.mutable_other_paths()->set_shoppers(shoppers(10)), record.mutable_other_paths()->set_buyers(buyers(9));
}

inline void fill_times(model::RunRecord& record) {
    const auto times = [&](const char* method, model::MethodKpi& kpi, std::uint64_t count, double width_s, double typical,
                           int buckets) {
        auto& to = *record.add_times();
        to.set_method(method);
        kpi.set_orders(count), kpi.set_promises_due(count), kpi.set_promise_kept_rate(0.93);
        set_stats(*kpi.mutable_time_s(), count, typical * 1.08, typical, typical * 1.7, typical * 2.6, width_s * buckets);
        std::uint64_t sum = 0;  // of the weights; a lognormal shape
        std::vector<std::uint64_t> weights;
        for (int i = 0; i < buckets; ++i) {
            const double z = std::log((i + 0.5) * width_s / typical) / 0.45;
            weights.push_back(static_cast<std::uint64_t>(1e6 * std::exp(-z * z / 2)) + 1), sum += weights.back();
        }
        Split split(count, sum);
        for (int i = 0; i < buckets; ++i)
            to.add_upper_s((i + 1) * width_s), to.add_count(split(weights[static_cast<std::size_t>(i)]));
    };
    auto& k = *record.mutable_kpi();
    times("ship", *k.mutable_ship(), 25'400, 10'800, 84'000, 22), times("locker", *k.mutable_locker(), 5'600, 10'800, 97'000, 22);
    times("pickup", *k.mutable_pickup(), 6'900, 900, 7'800, 56);
    times("reserve_in_store", *k.mutable_reserve_in_store(), 2'220, 300, 4'100, 44);
}

// Orders of the series in each step of the network's: what follows the day follows them.
inline std::vector<std::uint64_t> orders_by_step(const model::Series& series, int every) {
    std::vector<std::uint64_t> orders;
    for (int i = 0; i < series.orders_size(); ++i) {
        if (i % every == 0) orders.push_back(0);
        orders.back() += series.orders(i);
    }
    return orders;
}

inline void fill_node_steps(model::RunRecord& record, const std::vector<std::uint64_t>& orders, int every) {
    std::uint64_t people = 0, all = 0;
    for (const Town& town : kTowns) people += town.people;
    for (const std::uint64_t step : orders) all += step;
    std::vector<Split> stocks;  // of each step, over the nodes; half lies in the warehouse
    for (std::size_t step = 0; step < orders.size(); ++step)
        stocks.emplace_back(static_cast<std::uint64_t>(record.series().stock((static_cast<int>(step) + 1) * every - 1)),
                            2 * people);
    for (int i = 0; i < record.nodes_size(); ++i) {
        const model::NodeKpi& node = record.nodes(i);
        const std::uint64_t weight = i == 0 ? people : kTowns[static_cast<std::size_t>(i) - 1].people;
        auto& to = *record.mutable_network()->add_nodes();
        to.set_node(node.name());
        Split shipped(node.units_shipped() * 9 / 10, all), handed_over(node.units_handed_over() * 7 / 10, all),
            till(node.units_sold_at_till(), all), oversold(node.oversold_units(), all);
        for (std::size_t step = 0; step < orders.size(); ++step) {
            const auto of_step = [&](Split& split) { return static_cast<std::uint32_t>(split(orders[step])); };
            to.add_stock(static_cast<std::uint32_t>(stocks[step](weight))),
                to.add_open_lines(static_cast<std::uint32_t>(orders[step] * weight / people));
            to.add_shipped(of_step(shipped)), to.add_handed_over(of_step(handed_over)), to.add_sold_at_till(of_step(till)),
                to.add_oversold(of_step(oversold));
            if (i > 0 && weight < 100) continue;  // as many as it takes
            const double staffed = 900.0 * (i == 0 ? 80 : 2 + static_cast<double>(weight) / 100),
                         peak = static_cast<double>(orders[step]) / 1000;
            to.add_staffed_s(static_cast<float>(staffed)), to.add_busy_s(static_cast<float>(staffed * std::min(1.0, peak * 1.1)));
        }
    }
    for (int minute = 0; minute < record.series().orders_size(); ++minute) {
        std::uint32_t open = 0;
        for (const auto& node : record.network().nodes()) open += node.open_lines(minute / every);
        record.mutable_series()->add_open_picks(open);
    }
}

inline void fill_network(model::RunRecord& record) {
    constexpr int kEvery = 15;  // minutes
    auto& network = *record.mutable_network();
    network.set_step_s(kEvery * 60);
    const std::vector<std::uint64_t> orders = orders_by_step(record.series(), kEvery);
    fill_node_steps(record, orders, kEvery);
    std::uint64_t people = 0, all = 0;
    for (const Town& town : kTowns) people += town.people;
    for (const std::uint64_t step : orders) all += step;
    const auto flow = [&](const std::string& node, const std::string& place, const std::string& to_node, std::uint64_t parcels) {
        auto& to = *network.add_flows();
        to.set_node(node), to.set_place(place), to.set_to_node(to_node), to.set_parcels(parcels);
        to.set_split_parcels(place.empty() ? 0 : parcels / 23);
        Split split(parcels * 9 / 10, all);
        for (const std::uint64_t step : orders) to.add_steps(static_cast<std::uint32_t>(split(step)));
        if (place.empty())
            network.set_collected(network.collected() + parcels);
        else
            network.set_sent(network.sent() + parcels);
    };
    const std::uint64_t parcels = record.kpi().parcels();
    Split from_dc(parcels * 7 / 10, people), own(parcels / 5, people), next(parcels - parcels * 7 / 10 - parcels / 5, people),
        fetched(9'120, people);
    for (std::size_t i = 0; i < kTowns.size(); ++i) {
        const Town& town = kTowns[i];
        flow(record.nodes(0).name(), town.name, "", from_dc(town.people)), flow(town.name, town.name, "", own(town.people));
        flow(town.name, kTowns[(i + 1) % kTowns.size()].name, "", next(town.people));
        flow(town.name, "", town.name, fetched(town.people));
    }
    std::stable_sort(network.mutable_flows()->begin(), network.mutable_flows()->end(),
                     [](const model::FlowSteps& a, const model::FlowSteps& b) { return a.parcels() > b.parcels(); });
}

inline model::RunRecord sample_record() {
    model::RunRecord record;
    record.set_schema_version(1);
    fill_identity(record);
    fill_series(record);
    fill_kpi(record);
    fill_balance(record);
    fill_channels(record);
    fill_nodes(record);
    fill_failed_picks(record);
    fill_edges(record);
    fill_shoppers(record);
    const auto gate = [&](const char* text, const char* kpi, double value, double bound, bool passed) {
        auto& g = *record.add_gates();
        g.set_text(text), g.set_kpi(kpi), g.set_value(value), g.set_bound(bound), g.set_passed(passed);
    };
    fill_causes(*record.mutable_kpi());
    for (auto& channel : *record.mutable_channels()) fill_causes(*channel.mutable_kpi());
    fill_skus(record);
    fill_paths(record);
    fill_times(record);
    fill_network(record);
    gate("oversell_rate < 0.5%", "oversell_rate", record.kpi().oversell_rate(), 0.005, false);
    gate("fulfilment_time_s.p99 <= 2d", "fulfilment_time_s.p99", 171'000, 172'800, true);
    gate("promise_kept_rate >= 90%", "promise_kept_rate", 0.9312, 0.9, true);
    return record;
}

}  // namespace lastunit::reports::test
