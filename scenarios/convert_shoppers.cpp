#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

std::vector<double> channel_weights(const google::protobuf::RepeatedPtrField<schema::ChannelShare>& shares, const Conversion& c) {
    std::vector<double> weights(c.lookup.channels.size(), 0.0);
    for (const schema::ChannelShare& share : shares) weights[c.lookup.channels.at(share.channel())] = share.share();
    return weights;
}

void convert_journey(const schema::Persona& from, const Conversion& c, model::Persona& to) {
    const std::size_t channels = c.lookup.channels.size();
    to.entry = channel_weights(from.entry(), c);
    if (from.entry_size() == 0) to.entry[0] = 1;
    to.entry_choice = model::Discrete(to.entry);
    to.stays.assign(channels, true);
    for (std::size_t i = 0; i < channels; ++i) {
        to.switches.emplace_back(channels, 0.0);
        to.switches[i][i] = 1;
    }
    for (const schema::SwitchRow& row : from.switches()) {
        const std::size_t i = c.lookup.channels.at(row.from());
        to.switches[i] = channel_weights(row.to(), c);
        to.stays[i] = to.switches[i][i] == 1;
    }
    for (const std::vector<double>& row : to.switches) to.switch_choice.emplace_back(row);
}

model::Persona convert_persona(const schema::Persona& from, const Conversion& c) {
    model::Persona to;
    to.name = from.name();
    to.share = from.share();
    convert_journey(from, c, to);
    to.browse_time = distribution(from.browse_time());
    to.cart_time = distribution(from.cart_time());
    to.checkout_time = distribution(from.checkout_time());
    to.payment_time = distribution(from.payment_time());
    to.patience = distribution(from.patience());
    to.travel_time = distribution(from.travel_time());
    to.return_delay = distribution(from.return_delay());
    to.add_to_cart = from.add_to_cart();
    to.reach_checkout = from.reach_checkout();
    to.complete_checkout = from.complete_checkout();
    to.payment_success = from.payment_success();
    to.retry_elsewhere = from.retry_elsewhere();
    to.substitute = from.substitute();
    to.rebuild_cart = from.rebuild_cart();
    to.endless_aisle = from.endless_aisle();
    to.lines_mean = from.lines_mean();
    to.second_unit = from.second_unit();
    to.return_rate = from.return_rate();
    to.return_in_store = from.return_in_store();
    to.collects = from.collects();
    to.retry_payment = from.retry_payment();
    to.retry_payment_after = distribution(from.retry_payment_after());
    to.second_device = from.second_device();
    to.pays_twice = from.pays_twice();
    to.same_sku_twice = from.same_sku_twice();
    to.cancels = from.cancels();
    to.cancels_after = distribution(from.cancels_after());
    return to;
}

model::Desk convert_desk(const schema::Desk& from) {
    model::Desk to;
    to.agents = from.agents();
    to.talk = distribution(from.talk());
    if (from.has_waiting_lines()) to.waiting_lines = from.waiting_lines();
    to.hangs_up = from.has_hangs_up_after();
    to.hangs_up_after = distribution(from.hangs_up_after());
    return to;
}

}  // namespace

std::vector<model::Channel> convert_channels(const Conversion& c) {
    std::vector<model::Channel> channels;
    for (const schema::Channel& from : c.from.channels()) {
        model::Channel to;
        to.name = from.name();
        to.kind = static_cast<model::ChannelKind>(from.kind());
        for (const schema::MethodShare& method : from.methods())
            to.methods[static_cast<std::size_t>(method.method())] = method.share();
        const auto usual = to.kind == model::ChannelKind::pos ? core::Method::carry_out : core::Method::ship;
        if (from.methods_size() == 0) to.methods[static_cast<std::size_t>(usual)] = 1;
        to.method_choice = model::Discrete(to.methods);
        to.commission = from.commission();
        if (from.has_desk()) to.desk = convert_desk(from.desk());
        channels.push_back(std::move(to));
    }
    return channels;
}

std::vector<model::Persona> convert_personas(const Conversion& c) {
    std::vector<model::Persona> personas;
    for (const schema::Persona& from : c.from.personas()) personas.push_back(convert_persona(from, c));
    return personas;
}

}  // namespace lastunit::scenarios
