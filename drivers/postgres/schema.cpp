#include "drivers/postgres/schema.hpp"

#include <charconv>

#include "core/assert.hpp"

namespace lastunit::drivers::postgres {

namespace assets {
extern const std::string_view schema_sql, stock_sql, operations_sql, counters_sql, check_then_act_sql, look_then_write_sql,
    conditional_update_sql, ledger_sql, skip_locked_sql;
}

namespace {

// The comment on the schema: how we know it as ours, and in which mode it was made.
constexpr std::string_view kMark = "lastunit inventory, layout 1, ";
// A unit is a row in skip_locked: some 100 bytes with its indexes.
constexpr std::int64_t kMostUnitRows = 20'000'000;
constexpr Quantity kMostUnitRowsOfCell = 100'000;

Quantity most_units_of_cell(PostgresMode mode) {
    return mode == PostgresMode::skip_locked ? kMostUnitRowsOfCell : core::kMaxUnits;
}

void require_ours(const PostgresTarget& target, const std::string& comment) {
    if (!comment.starts_with(kMark))
        throw DriverError(target.shown + ": has a schema lastunit that this program did not make: use another database");
}

std::string comment_of_schema(Database& database) {
    return database.value(
        "SELECT coalesce(obj_description(oid, 'pg_namespace'), 'none') FROM pg_namespace WHERE nspname = 'lastunit'");
}

void make_types(Database& database, PostgresMode mode) {
    std::string outcomes;
    for (unsigned i = 0; i <= static_cast<unsigned>(core::Outcome::over_limit); ++i)
        outcomes += std::string(i == 0 ? "'" : ", '") + core::name_of(static_cast<core::Outcome>(i)) + "'";
    database.run("CREATE TYPE outcome AS ENUM (" + outcomes + ")");
    database.run("CREATE FUNCTION most_units() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT " +
                 std::to_string(most_units_of_cell(mode)) + "'");
}

void append_number(std::string& to, std::int64_t value) {
    char digits[24];
    to.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

// As COPY's text format wants it.
void append_text(std::string& to, const std::string& text) {
    for (const char c : text) {
        switch (c) {
            case '\\':
                to += "\\\\";
                break;
            case '\t':
                to += "\\t";
                break;
            case '\n':
                to += "\\n";
                break;
            case '\r':
                to += "\\r";
                break;
            default:
                to += c;
        }
    }
}

void load_names(Database& database, const Shape& shape) {
    CopyIn copy(database, "COPY names FROM STDIN");
    const auto load = [&](const char* kind, const std::vector<std::string>& names) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::string& row = copy.row();
            row.append(kind).append("\t");
            append_number(row, static_cast<std::int64_t>(i));
            row += '\t';
            append_text(row, names[i]);
            row += '\n';
            copy.sent();
        }
    };
    load("node", shape.nodes);
    load("sku", shape.skus);
    load("channel", shape.channels);
    copy.finish();
}

void load_stock(Database& database, const InitialStock& stock) {
    const std::size_t nodes = stock.shape.nodes.size();
    CopyIn copy(database, "COPY stock (sku, node, on_hand) FROM STDIN (FREEZE)");
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) {
        std::string& row = copy.row();
        append_number(row, static_cast<std::int64_t>(cell / nodes));
        row += '\t';
        append_number(row, static_cast<std::int64_t>(cell % nodes));
        row += '\t';
        append_number(row, stock.units[cell]);
        row += '\n';
        copy.sent();
    }
    copy.finish();
}

std::string look_then_write(std::string_view lock) {
    std::string text(assets::look_then_write_sql);
    const std::string_view place = " :lock;";
    const std::size_t at = text.find(place);
    LASTUNIT_ASSERT(at != std::string::npos, "look_then_write.sql has no :lock");
    return text.replace(at, place.size(), " " + std::string(lock) + ";");
}

void make_functions(Database& database, PostgresMode mode) {
    const auto run = [&](std::string_view text) { database.run(std::string(text)); };
    switch (mode) {
        case PostgresMode::check_then_act:
            run(assets::counters_sql);
            run(assets::check_then_act_sql);
            break;
        case PostgresMode::for_update:
            run(assets::counters_sql);
            run(look_then_write("FOR UPDATE"));
            break;
        case PostgresMode::conditional_update:
            run(assets::counters_sql);
            run(assets::conditional_update_sql);
            break;
        case PostgresMode::serializable:
            run(assets::counters_sql);
            run(look_then_write(""));
            break;
        case PostgresMode::ledger:
            run(assets::ledger_sql);
            break;
        case PostgresMode::skip_locked:
            run(assets::skip_locked_sql);
            break;
    }
    run(assets::operations_sql);
}

void check_stock(const PostgresTarget& target, const InitialStock& stock) {
    if (stock.units.size() != stock.shape.nodes.size() * stock.shape.skus.size())
        throw DriverError(target.shown + ": initial stock is not one number per SKU and node");
    std::int64_t units = 0;
    for (const Quantity quantity : stock.units) {
        if (quantity < 0 || quantity > most_units_of_cell(target.mode))
            throw DriverError(target.shown + ": initial stock of a cell below 0 or above " +
                              std::to_string(most_units_of_cell(target.mode)));
        units += quantity;
    }
    if (target.mode == PostgresMode::skip_locked && units > kMostUnitRows)
        throw DriverError(target.shown + ": mode skip_locked keeps a row for each unit: " + std::to_string(units) +
                          " are more than " + std::to_string(kMostUnitRows) + ": use a smaller scenario or another mode");
}

}  // namespace

void make_schema(Database& database, const PostgresTarget& target, const InitialStock& stock) {
    check_stock(target, stock);
    database.run("BEGIN");
    if (const std::string comment = comment_of_schema(database); !comment.empty()) {
        require_ours(target, comment);
        database.run("DROP SCHEMA lastunit CASCADE");
    }
    database.run("CREATE SCHEMA lastunit");
    database.run("COMMENT ON SCHEMA lastunit IS '" + std::string(kMark) + "mode " + name_of(target.mode) + "'");
    make_types(database, target.mode);
    database.run(std::string(assets::schema_sql));
    load_names(database, stock.shape);
    database.run(std::string(assets::stock_sql));
    load_stock(database, stock);
    database.run("ALTER TABLE stock ADD PRIMARY KEY (sku, node)");
    make_functions(database, target.mode);
    database.run("COMMIT");
    database.run("ANALYZE stock");
    // So that the load's own writing does not fall into the run; only some roles may.
    const ResultPtr ignored(PQexec(database.connection(), "CHECKPOINT"));
}

ShopSize shape_of(Database& database, const PostgresTarget& target) {
    const std::string comment = comment_of_schema(database);
    if (comment.empty()) throw DriverError(target.shown + ": has no schema lastunit: prepare it first");
    require_ours(target, comment);
    const std::string mode = std::string("mode ") + name_of(target.mode);
    if (comment != std::string(kMark) + mode)
        throw DriverError(target.shown + ": was prepared for " + comment.substr(kMark.size()) + ", not " + mode +
                          ": prepare it again");
    const auto count = [&](const char* kind) {
        const std::string text = database.value(std::string("SELECT count(*) FROM names WHERE kind = '") + kind + "'");
        return static_cast<std::uint32_t>(std::stoul(text));
    };
    return {.nodes = count("node"), .skus = count("sku"), .channels = count("channel")};
}

FinalState read_state(Database& database) {
    while (database.value("SELECT expire_due(10000)") != "0") {
    }
    FinalState state;
    copy_out(database,
             "SELECT sku, node, on_hand, held, allocated, safety, quarantined FROM cells "
             "WHERE (on_hand, held, allocated, safety, quarantined) <> (0, 0, 0, 0, 0) ORDER BY sku, node",
             [&](std::span<const std::int64_t> row) {
                 FinalState::Stock cell;
                 cell.sku = Sku(static_cast<std::uint32_t>(row[0]));
                 cell.node = NodeId(static_cast<std::uint16_t>(row[1]));
                 cell.on_hand = row[2];
                 cell.held = row[3];
                 cell.allocated = row[4];
                 cell.safety = row[5];
                 cell.quarantined = row[6];
                 cell.shortage = std::max<std::int64_t>(0, cell.held + cell.allocated - cell.on_hand);
                 state.stock.push_back(cell);
             });
    copy_out(database, "SELECT order_id, node, sku, quantity, picked FROM order_lines ORDER BY order_id, sku, node",
             [&](std::span<const std::int64_t> row) {
                 state.orders.push_back({OrderId(static_cast<std::uint64_t>(row[0])), NodeId(static_cast<std::uint16_t>(row[1])),
                                         Sku(static_cast<std::uint32_t>(row[2])), row[3], row[4]});
             });
    return state;
}

}  // namespace lastunit::drivers::postgres
