#include "drivers/http/load/part.hpp"

#include <algorithm>
#include <set>

#include "drivers/http/identities.hpp"

namespace lastunit::drivers::http {
namespace {

void add_values(const Slots& values, const std::vector<std::string>& names,
                google::protobuf::RepeatedPtrField<lastunit::shop::Found>& to) {
    for (std::size_t slot = 0; slot < values.size() && slot < names.size(); ++slot) {
        if (!values[slot]) continue;
        lastunit::shop::Found& one = *to.Add();
        one.set_name(names[slot]);
        one.set_value(*values[slot]);
    }
}

Slots slots_of(const google::protobuf::RepeatedPtrField<lastunit::shop::Found>& from, const std::vector<std::string>& names) {
    Slots out(names.size());
    for (const lastunit::shop::Found& one : from) {
        const auto found = std::find(names.begin(), names.end(), one.name());
        if (found == names.end())
            throw DriverError("the shop was prepared by another version of the flow: this one has no {{" + one.name() + "}}");
        out[static_cast<std::size_t>(found - names.begin())] = one.value();
    }
    return out;
}

Answer answer_of(std::uint32_t number) { return number < kAnswers ? static_cast<Answer>(number) : Answer::unknown; }

Told told_in(const lastunit::shop::Told& from) {
    Told out;
    out.told = answer_of(from.told());
    out.promised = from.promised(), out.answered = from.answered(), out.cancelled = from.cancelled();
    out.acceptances = from.acceptances();
    out.lost = from.lost();
    out.come_again = from.come_again(), out.unconfirmed = from.unconfirmed();
    out.last_step = from.last_step(), out.why = from.why();
    return out;
}

Customer customer_in(const lastunit::shop::Customer& from, std::int64_t later_us) {
    Customer out;
    out.number = from.number();
    out.identity = from.identity();
    out.order = from.order();
    for (const lastunit::shop::Line& line : from.lines())
        out.lines.push_back({NodeId(static_cast<std::uint16_t>(line.node())), Sku(line.sku()), line.quantity()});
    out.said = told_in(from.said());
    out.sent_us = from.sent_us() + later_us;
    if (from.has_answered_us()) out.answered_us = from.answered_us() + later_us;
    if (from.has_cancelled_us()) out.cancelled_us = from.cancelled_us() + later_us;
    return out;
}

WireEvent event_in(const lastunit::shop::Request& from, std::int64_t later_us) {
    WireEvent out;
    out.step = from.step();
    out.sent_us = from.sent_us() + later_us;
    out.answered_us = from.answered_us() < 0 ? -1 : from.answered_us() + later_us;
    out.status = from.status();
    out.answer = answer_of(from.answer());
    out.why = from.why(), out.request = from.request(), out.response = from.response();
    return out;
}

void add_lines(const std::vector<Books::Line>& lines, google::protobuf::RepeatedPtrField<lastunit::shop::BooksLine>& to) {
    for (const Books::Line& line : lines) {
        lastunit::shop::BooksLine& one = *to.Add();
        one.set_id(line.id), one.set_shopper(line.shopper);
        one.set_sku(line.sku.value), one.set_units(line.units);
    }
}

std::vector<Books::Line> lines_in(const google::protobuf::RepeatedPtrField<lastunit::shop::BooksLine>& from) {
    std::vector<Books::Line> out;
    for (const lastunit::shop::BooksLine& one : from) out.push_back({one.id(), one.shopper(), Sku(one.sku()), one.units()});
    return out;
}

Books books_in(const lastunit::shop::Books& from) {
    Books out;
    out.orders = lines_in(from.orders());
    out.reservations = lines_in(from.reservations());
    out.has_orders = from.has_orders(), out.has_reservations = from.has_reservations(), out.has_counters = from.has_counters();
    for (const lastunit::shop::BooksCounter& one : from.counters()) {
        Books::Counter& counter = out.counters[Sku(one.sku())];
        if (one.has_on_hand()) counter.on_hand = one.on_hand();
        if (one.has_reserved()) counter.reserved = one.reserved();
        if (one.has_available()) counter.available = one.available();
    }
    return out;
}

void check_parts(std::span<const lastunit::shop::Part> parts) {
    std::set<std::uint32_t> numbers;
    for (const lastunit::shop::Part& part : parts) {
        if (part.prepared().run() != parts.front().prepared().run() || part.prepared().flow() != parts.front().prepared().flow())
            throw DriverError("the parts are not of one preparation: runs " + parts.front().prepared().run() + " and " +
                              part.prepared().run() + " of the shop; give all of them the same --prepared FILE");
        if (!numbers.insert(part.number()).second || part.of() != parts.size())
            throw DriverError("part " + std::to_string(part.number()) + " of " + std::to_string(part.of()) + " is not one of " +
                              std::to_string(parts.size()));
    }
}

}  // namespace

lastunit::shop::Prepared prepared_of(const Plan& plan, const std::string& run, const std::vector<std::string>& skus,
                                     const ShopFound& found) {
    lastunit::shop::Prepared out;
    out.set_flow(plan.name);
    out.set_run(run);
    for (std::size_t sku = 0; sku < skus.size(); ++sku) {
        lastunit::shop::SkuFound& one = *out.add_skus();
        one.set_sku(skus[sku]);
        add_values(found.skus[sku], plan.sku_value_names, *one.mutable_values());
    }
    add_values(found.variables, plan.variable_names, *out.mutable_variables());
    return out;
}

ShopFound found_in(const lastunit::shop::Prepared& prepared, const Plan& plan, const std::vector<std::string>& skus) {
    if (prepared.flow() != plan.name)
        throw DriverError("the shop was prepared for the flow `" + prepared.flow() + "`, not for `" + plan.name + "`");
    ShopFound out;
    for (std::size_t sku = 0; sku < skus.size(); ++sku) {
        const bool there =
            static_cast<int>(sku) < prepared.skus_size() && prepared.skus(static_cast<int>(sku)).sku() == skus[sku];
        if (!there || prepared.skus_size() != static_cast<int>(skus.size()))
            throw DriverError("the shop was prepared for another scenario: its SKUs are not those of this one, " + skus[sku]);
        out.skus.push_back(slots_of(prepared.skus(static_cast<int>(sku)).values(), plan.sku_value_names));
    }
    out.variables = slots_of(prepared.variables(), plan.variable_names);
    return out;
}

void add_customers(const Customers& customers, lastunit::shop::Part& to) {
    for (const Customer& from : customers) {
        lastunit::shop::Customer& one = *to.add_customers();
        one.set_number(from.number), one.set_identity(from.identity), one.set_order(from.order);
        for (const core::Line& line : from.lines) {
            lastunit::shop::Line& out = *one.add_lines();
            out.set_node(line.node.value), out.set_sku(line.sku.value), out.set_quantity(line.quantity);
        }
        lastunit::shop::Told& said = *one.mutable_said();
        said.set_told(static_cast<std::uint32_t>(from.said.told));
        said.set_promised(from.said.promised), said.set_answered(from.said.answered), said.set_cancelled(from.said.cancelled);
        said.set_acceptances(from.said.acceptances), said.set_lost(from.said.lost);
        said.set_come_again(from.said.come_again), said.set_unconfirmed(from.said.unconfirmed);
        said.set_last_step(from.said.last_step), said.set_why(from.said.why);
        one.set_sent_us(from.sent_us);
        if (from.answered_us) one.set_answered_us(*from.answered_us);
        if (from.cancelled_us) one.set_cancelled_us(*from.cancelled_us);
    }
}

void add_story(std::uint64_t shopper, const std::vector<WireEvent>& events, lastunit::shop::Part& to) {
    lastunit::shop::Story& story = *to.add_stories();
    story.set_number(shopper);
    for (const WireEvent& from : events) {
        lastunit::shop::Request& one = *story.add_requests();
        one.set_step(from.step);
        one.set_sent_us(from.sent_us), one.set_answered_us(from.answered_us);
        one.set_status(from.status), one.set_answer(static_cast<std::uint32_t>(from.answer));
        one.set_why(from.why), one.set_request(from.request), one.set_response(from.response);
    }
}

lastunit::shop::Books books_to(const Books& books) {
    lastunit::shop::Books out;
    add_lines(books.orders, *out.mutable_orders());
    add_lines(books.reservations, *out.mutable_reservations());
    out.set_has_orders(books.has_orders), out.set_has_reservations(books.has_reservations),
        out.set_has_counters(books.has_counters);
    for (const auto& [sku, counter] : books.counters) {
        lastunit::shop::BooksCounter& one = *out.add_counters();
        one.set_sku(sku.value);
        if (counter.on_hand) one.set_on_hand(*counter.on_hand);
        if (counter.reserved) one.set_reserved(*counter.reserved);
        if (counter.available) one.set_available(*counter.available);
    }
    return out;
}

Joined join(const Plan& plan, std::span<const lastunit::shop::Part> parts) {
    check_parts(parts);
    std::int64_t first_us = 0;
    for (const lastunit::shop::Part& part : parts)
        if (part.first_unix_us() != 0 && (first_us == 0 || part.first_unix_us() < first_us)) first_us = part.first_unix_us();
    Joined out;
    for (const lastunit::shop::Part& part : parts) {
        const std::int64_t later_us = part.first_unix_us() == 0 ? 0 : part.first_unix_us() - first_us;
        for (const lastunit::shop::Customer& one : part.customers()) out.customers.push_back(customer_in(one, later_us));
        for (const lastunit::shop::Story& story : part.stories())
            for (const lastunit::shop::Request& one : story.requests())
                out.stories[story.number()].push_back(event_in(one, later_us));
        if (part.number() == 1) out.before = books_in(part.before());
    }
    std::sort(out.customers.begin(), out.customers.end(),
              [](const Customer& a, const Customer& b) { return a.number < b.number; });
    Identities identities(plan);
    for (const Customer& one : out.customers)
        if (!one.identity.empty()) identities.claim(one.identity, one.number);
    if (!identities.problem().empty()) throw DriverError(identities.problem());
    return out;
}

}  // namespace lastunit::drivers::http
