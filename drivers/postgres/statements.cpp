#include "drivers/postgres/statements.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace lastunit::drivers::postgres {

namespace {

using core::CommandKind;
using core::Line;
using core::Outcome;

struct Text {
    const char* name;
    const char* call;  // the function with its parameters from $4 on; of the last ones the whole statement
};
constexpr Text kTexts[kStatements] = {
    {"hold", "hold($4::bigint, $5::smallint, $6::bigint, $7::int[], $8::int[], $9::int[], $10::boolean)"},
    {"extend", "extend($4::bigint, $5::bigint)"},
    {"release", "release($4::bigint)"},
    {"confirm", "confirm($4::bigint, $5::bigint)"},
    {"allocate", "allocate($4::bigint, $5::int[], $6::int[], $7::int[], $8::boolean, $9::boolean)"},
    {"deallocate", "deallocate_lines($4::bigint, $5::int[], $6::int[], $7::int[])"},
    {"pick", "pick($4::bigint, $5::int, $6::int, $7::int)"},
    {"ship", "ship($4::bigint, $5::int, $6::int, $7::int)"},
    {"sell", "sell($4::int, $5::int, $6::int)"},
    {"receive", "receive($4::int, $5::int, $6::int)"},
    {"take_return", "take_return($4::int, $5::int, $6::int, $7::boolean)"},
    {"adjust", "adjust($4::int, $5::int, $6::int)"},
    {"set_safety", "set_safety($4::int, $5::int, $6::int)"},
    {"refuse", "$4::text::outcome"},
    {"known",
     "SELECT CASE WHEN arguments = $3::bigint THEN outcome::text ELSE 'key_reused' END FROM operations "
     "WHERE client = $1::bigint AND sequence = $2::bigint"},
    {"look",
     "SELECT bool_and(on_hand - held - allocated - safety >= w.units) "
     "FROM unnest($1::int[], $2::int[], $3::int[]) w (sku, node, units) JOIN stock USING (sku, node)"},
    {"expire_due", "SELECT expire_due(1000)"},
    {"warm", "SELECT warm()"},
    {"hold_at_once",
     "WITH taken AS (UPDATE stock SET held = held + $9::int "
     "WHERE sku = $7::int AND node = $8::int AND on_hand - held - allocated - safety >= $9::int RETURNING 1), "
     "made AS (INSERT INTO holds SELECT $4::bigint, $5::smallint, clock_timestamp() + $6::bigint * interval '1 microsecond', "
     "'live' "
     "FROM taken), "
     "lines AS (INSERT INTO hold_lines SELECT $4::bigint, $7::int, $8::int, $9::int FROM taken) "
     "INSERT INTO operations SELECT $1::bigint, $2::bigint, $3::bigint, 'applied' FROM taken RETURNING outcome::text"},
    {"allocate_at_once",
     "WITH taken AS (UPDATE stock SET allocated = allocated + $7::int "
     "WHERE sku = $5::int AND node = $6::int AND on_hand - held - allocated - safety >= $7::int RETURNING 1), "
     "lines AS (INSERT INTO order_lines AS mine SELECT $4::bigint, $5::int, $6::int, $7::int FROM taken "
     "ON CONFLICT (order_id, sku, node) DO UPDATE SET quantity = mine.quantity + excluded.quantity) "
     "INSERT INTO operations SELECT $1::bigint, $2::bigint, $3::bigint, 'applied' FROM taken RETURNING outcome::text"},
    {"confirm_at_once",
     "WITH ended AS (UPDATE holds SET state = 'confirmed' WHERE id = $4::bigint AND state = 'live' AND expires_at > "
     "clock_timestamp() "
     "AND (SELECT count(*) FROM hold_lines WHERE hold = $4::bigint) = 1 RETURNING 1), "
     "line AS (SELECT sku, node, quantity FROM hold_lines CROSS JOIN ended WHERE hold = $4::bigint), "
     "moved AS (UPDATE stock s SET held = s.held - line.quantity, allocated = s.allocated + line.quantity FROM line "
     "WHERE s.sku = line.sku AND s.node = line.node RETURNING line.sku, line.node, line.quantity), "
     "ordered AS (INSERT INTO order_lines AS mine SELECT $5::bigint, sku, node, quantity FROM moved "
     "ON CONFLICT (order_id, sku, node) DO UPDATE SET quantity = mine.quantity + excluded.quantity RETURNING 1) "
     "INSERT INTO operations SELECT $1::bigint, $2::bigint, $3::bigint, 'applied' FROM ordered RETURNING outcome::text"},
};

// A hold for longer than this is for ever; a timestamp ends before the number of microseconds does.
constexpr std::int64_t kLongestUs = std::int64_t{100} * 365 * 86'400 * 1'000'000;

bool has_lines(CommandKind kind) {
    return kind == CommandKind::hold || kind == CommandKind::allocate || kind == CommandKind::deallocate;
}
bool has_cell(CommandKind kind) {
    switch (kind) {
        case CommandKind::pick:
        case CommandKind::ship:
        case CommandKind::sell:
        case CommandKind::receive:
        case CommandKind::take_return:
        case CommandKind::adjust:
        case CommandKind::set_safety:
            return true;
        default:
            return false;
    }
}

bool of_hold(CommandKind kind) {
    return kind == CommandKind::hold || kind == CommandKind::extend || kind == CommandKind::release ||
           kind == CommandKind::confirm;
}
void add_lines(const Request& request, Parameters& out) {
    out.add_array(request.lines, [](const Line& line) { return line.sku.value; });
    out.add_array(request.lines, [](const Line& line) { return line.node.value; });
    out.add_array(request.lines, [](const Line& line) { return line.quantity; });
}

void add_cell(const core::Command& c, Parameters& out) {
    out.add(static_cast<std::int32_t>(c.sku.value)).add(static_cast<std::int32_t>(c.node.value)).add(c.quantity);
}

std::int64_t bits(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::int64_t ttl_of(const core::Command& c) { return std::min(c.ttl.us, kLongestUs); }

}  // namespace

const char* name_of(Statement statement) { return kTexts[static_cast<std::size_t>(statement)].name; }

std::string sql_of(Statement statement) {
    const char* call = kTexts[static_cast<std::size_t>(statement)].call;
    if (statement >= Statement::known) return call;
    return std::string("INSERT INTO operations SELECT $1::bigint, $2::bigint, $3::bigint, ") + call + " RETURNING outcome::text";
}

bool supported(CommandKind kind, PostgresMode mode) {
    if (kind == CommandKind::set_safety) return mode != PostgresMode::skip_locked;  // its free rows are what can be promised
    return of_hold(kind) || has_lines(kind) || has_cell(kind);
}

bool reserves(const core::Command& command) {
    return command.kind == CommandKind::hold ||
           (command.kind == CommandKind::allocate && command.backorder == core::Backorder::refuse);
}

void make_request(const core::Command& command, const ShopSize& size, Request& out) {
    out.command = command;
    out.lines.assign(command.lines.begin(), command.lines.end());
    out.wrong = wrong_with(command, size);
    out.arguments = bits(arguments_hash(command));
    out.lines = merged(std::move(out.lines));
    out.command.lines = out.lines;
}

Statement statement_of(const Request& request, Seen seen, Parameters& out) {
    const core::Command& c = request.command;
    ask_for(request, out);
    if (request.wrong != Outcome::applied) {
        out.add(core::name_of(request.wrong));
        return Statement::refuse;
    }
    const bool enough = seen == Seen::enough;
    switch (c.kind) {
        case CommandKind::hold:
            out.add(bits(c.id)).add(static_cast<std::int16_t>(c.channel.value)).add(ttl_of(c));
            add_lines(request, out);
            out.add(enough);
            return Statement::hold;
        case CommandKind::extend:
            out.add(bits(c.id)).add(ttl_of(c));
            return Statement::extend;
        case CommandKind::release:
            out.add(bits(c.id));
            return Statement::release;
        case CommandKind::confirm:
            out.add(bits(c.id)).add(bits(c.order));
            return Statement::confirm;
        case CommandKind::allocate:
            out.add(bits(c.order));
            add_lines(request, out);
            out.add(c.backorder == core::Backorder::accept).add(enough);
            return Statement::allocate;
        case CommandKind::deallocate:
            out.add(bits(c.order));
            add_lines(request, out);
            return Statement::deallocate;
        case CommandKind::pick:
        case CommandKind::ship:
            out.add(bits(c.order));
            add_cell(c, out);
            return c.kind == CommandKind::pick ? Statement::pick : Statement::ship;
        case CommandKind::take_return:
            add_cell(c, out);
            out.add(c.return_to == core::ReturnTo::shelf);
            return Statement::take_return;
        default:
            break;
    }
    add_cell(c, out);
    if (c.kind == CommandKind::sell) return Statement::sell;
    if (c.kind == CommandKind::receive) return Statement::receive;
    if (c.kind == CommandKind::adjust) return Statement::adjust;
    LASTUNIT_ASSERT(c.kind == CommandKind::set_safety, core::name_of(c.kind));
    return Statement::set_safety;
}

std::optional<Statement> at_once(const Request& request, Parameters& out) {
    const core::Command& c = request.command;
    if (request.wrong != Outcome::applied) return std::nullopt;
    if (c.kind == CommandKind::confirm) {
        ask_for(request, out);
        out.add(bits(c.id)).add(bits(c.order));
        return Statement::confirm_at_once;
    }
    if (!reserves(c) || request.lines.size() != 1) return std::nullopt;
    const Line& line = request.lines.front();
    ask_for(request, out);
    out.add(bits(c.kind == CommandKind::hold ? c.id : c.order));
    if (c.kind == CommandKind::hold) out.add(static_cast<std::int16_t>(c.channel.value)).add(ttl_of(c));
    out.add(static_cast<std::int32_t>(line.sku.value)).add(static_cast<std::int32_t>(line.node.value)).add(line.quantity);
    return c.kind == CommandKind::hold ? Statement::hold_at_once : Statement::allocate_at_once;
}

void look_at(const Request& request, Parameters& out) {
    out.clear();
    add_lines(request, out);
}

void ask_for(const Request& request, Parameters& out) {
    out.clear();
    out.add(bits(request.command.key.client)).add(bits(request.command.key.sequence)).add(request.arguments);
}

}  // namespace lastunit::drivers::postgres
