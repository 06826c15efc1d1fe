// What breaks, and how truth and record part.
#include "scenarios/convert.hpp"
#include "scenarios/gates.hpp"

namespace lastunit::scenarios {
namespace {

// Bots never pay: what they hold is theirs until it runs out.
constexpr const char* kBotPersona = "bot";

model::Fault convert_fault(const schema::Fault& from, const Conversion& c) {
    model::Fault to;
    to.name = from.name();
    to.kind = static_cast<model::FaultKind>(from.kind());
    to.at = duration(from.at());
    to.lasts = duration(from.lasts());
    to.rate = from.rate();
    if (!from.host().empty()) to.host = static_cast<std::uint16_t>(c.lookup.hosts.at(from.host()));
    const schema::Design& design = c.from.design();
    for (int i = 0; i < design.links_size(); ++i)
        if (design.links(i).name() == from.link()) to.links.push_back(static_cast<std::uint16_t>(i));
    for (const std::string& name : from.edges())
        for (int i = 0; i < design.edges_size(); ++i)
            if (design.edges(i).name() == name) to.edges.push_back(static_cast<std::uint8_t>(i));
    for (const std::string& name : from.channels()) to.channels.push_back(static_cast<std::uint8_t>(c.lookup.channels.at(name)));
    to.nodes = c.lookup.node_set(from.nodes(), from.kinds());
    to.factor = from.factor();
    to.skew = from.direction() == schema::Fault::behind ? Duration{-from.skew()} : duration(from.skew());
    to.delay = duration(from.delay());
    to.synced_twice = from.synced_twice();
    if (from.has_ships()) to.ships = from.ships();
    if (from.has_hands_over()) to.hands_over = from.hands_over();
    if (from.has_buffer()) to.buffer = from.buffer();
    if (from.sells_nodes_size() > 0) to.sells = c.lookup.node_set(from.sells_nodes(), {});
    return to;
}

}  // namespace

std::vector<model::Fault> convert_faults(const Conversion& c) {
    std::vector<model::Fault> faults;
    for (const schema::Fault& fault : c.from.faults())
        if (fault.kind() != schema::Fault::bots) faults.push_back(convert_fault(fault, c));
    return faults;
}

void add_bots(const Conversion& c, model::Scenario& to) {
    for (const schema::Fault& fault : c.from.faults()) {
        if (fault.kind() != schema::Fault::bots) continue;
        if (to.personas.empty() || !to.personas.back().bot) {
            model::Persona bot = to.personas.front();
            bot.name = kBotPersona;
            bot.share = 0;
            bot.bot = true;
            bot.browse_time = bot.cart_time = bot.checkout_time = bot.payment_time = model::Distribution{};
            bot.patience = model::constant(hours(24 * 30));
            bot.add_to_cart = bot.reach_checkout = bot.complete_checkout = 1;
            bot.payment_success = bot.retry_payment = bot.retry_elsewhere = bot.substitute = bot.second_device = 0;
            bot.stays.assign(to.channels.size(), true);
            to.personas.push_back(std::move(bot));
        }
        for (const std::string& channel : fault.channels()) {
            model::ArrivalStream stream;
            stream.name = fault.name();
            model::RatePiece piece;
            piece.from = SimTime{fault.at()};
            piece.until = fault.has_lasts() ? SimTime{fault.at() + fault.lasts()} : SimTime{c.from.run().horizon()};
            piece.per_second = fault.carts();
            stream.rate.push_back(piece);
            stream.persona = static_cast<std::uint8_t>(to.personas.size() - 1);
            stream.channel = static_cast<std::uint8_t>(c.lookup.channels.at(channel));
            for (const std::string& sku : fault.skus()) stream.skus.push_back(*c.skus.find(sku));
            to.arrivals.push_back(std::move(stream));
        }
    }
}

model::Accuracy convert_accuracy(const Conversion& c) {
    model::Accuracy to;
    if (!c.from.has_accuracy()) return to;
    const schema::Accuracy& from = c.from.accuracy();
    to.nodes = c.lookup.node_set(from.nodes(), from.kinds());
    to.missing_mean = from.missing_mean();
    to.unrecorded_mean = from.unrecorded_mean();
    to.wrong_cells = from.wrong_cells();
    to.missing_units = from.missing_units();
    to.shrink = from.shrink();
    to.damage = from.damage();
    to.misplacement = from.misplacement();
    to.count_every = duration(from.count_every());
    to.count_phase = duration(from.count_phase().at());
    to.random_count_phase = from.count_phase().random();
    to.miscount = from.miscount();
    to.misscan = from.misscan();
    to.pick_miss = from.pick_miss();
    for (const schema::FailureShare& share : from.pick_failures()) {
        if (share.reason() == schema::FailureShare::mismatch) to.mismatch = share.share();
        if (share.reason() == schema::FailureShare::damaged) to.damaged = share.share();
    }
    to.failed_pick = static_cast<model::Accuracy::FailedPick>(from.failed_pick());
    to.return_late = from.return_late();
    to.return_late_by = distribution(from.return_late_by());
    to.return_twice = from.return_twice();
    to.return_elsewhere = from.return_elsewhere();
    return to;
}

std::optional<model::PublishedFailure> convert_failure(const Conversion& c) {
    if (!c.from.has_failure()) return std::nullopt;
    const schema::Failure& from = c.from.failure();
    model::PublishedFailure to;
    to.pattern = from.pattern();
    to.reports.assign(from.reports().begin(), from.reports().end());
    to.flawed.assign(from.flawed().begin(), from.flawed().end());
    to.oracle = std::get<model::Gate>(parse_gate(from.oracle(), c.from.currency()));
    return to;
}

}  // namespace lastunit::scenarios
