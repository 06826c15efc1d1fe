// A shop of one's own behind the contract, over SQLite: small and slow, but durable and idempotent. docs/bring-your-own-system.md
// walks through it. Usage: sqlite_server DATABASE ADDRESS:PORT NODES SKUS
#include <grpcpp/grpcpp.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "drivers/inventory.grpc.pb.h"

namespace wire = lastunit::inventory::v1;

namespace {

using Int = sqlite3_int64;

// One statement: run(sql, values...) and then step through its rows.
class Query {
   public:
    template <class... Values> Query(sqlite3* db, const char* sql, Values... values) {
        if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK) std::abort();
        int at = 0;
        (bind(++at, values), ...);
    }
    ~Query() { sqlite3_finalize(statement_); }
    bool row() { return sqlite3_step(statement_) == SQLITE_ROW; }
    void run() {
        if (sqlite3_step(statement_) != SQLITE_DONE) std::abort();  // a full disk: better no answer than a wrong one
    }
    Int number(int column) { return sqlite3_column_int64(statement_, column); }
    std::string text(int column) {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

   private:
    void bind(int at, Int value) { sqlite3_bind_int64(statement_, at, value); }
    void bind(int at, const std::string& value) {
        sqlite3_bind_blob(statement_, at, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    }
    sqlite3_stmt* statement_ = nullptr;
};

constexpr const char* kSchema =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE IF NOT EXISTS stock(node, sku, on_hand DEFAULT 0, held DEFAULT 0, allocated DEFAULT 0, PRIMARY KEY(node, sku));"
    "CREATE TABLE IF NOT EXISTS holds(id PRIMARY KEY, ends_us, state);"  // state: 0 lives, else the answer to a later command
    "CREATE TABLE IF NOT EXISTS lines(hold, node, sku, quantity, held_order);"
    "CREATE TABLE IF NOT EXISTS keys(sequence INTEGER PRIMARY KEY AUTOINCREMENT, client, number, what, outcome, UNIQUE(client, "
    "number));";

class Shop final : public wire::Inventory::Service {
   public:
    Shop(const char* file, unsigned nodes, unsigned skus) : nodes_(nodes), skus_(skus) {
        if (sqlite3_open(file, &db_) != SQLITE_OK || sqlite3_exec(db_, kSchema, nullptr, nullptr, nullptr) != SQLITE_OK)
            std::abort();
    }

    grpc::Status Describe(grpc::ServerContext*, const wire::DescribeRequest*, wire::Description* to) override {
        for (unsigned i = 0; i < nodes_; ++i) to->add_nodes("node-" + std::to_string(i));
        for (unsigned i = 0; i < skus_; ++i) to->add_skus("sku-" + std::to_string(i));
        to->add_channels("web");
        to->set_key_retention_us(UINT64_MAX);  // keys are kept for ever here
        to->set_most_commands(1000);
        to->set_system("sqlite example");
        return grpc::Status::OK;
    }

    grpc::Status Apply(grpc::ServerContext*, const wire::Command* command, wire::Answer* answer) override {
        const std::lock_guard one_at_a_time(mutex_);
        sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        *answer = answered(*command);
        if (sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK) return grpc::Status::OK;
        sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
        return {grpc::StatusCode::UNAVAILABLE, sqlite3_errmsg(db_)};
    }

    grpc::Status ApplyBatch(grpc::ServerContext* context, const wire::CommandBatch* batch, wire::AnswerBatch* answers) override {
        for (const wire::Command& command : batch->commands())
            if (grpc::Status status = Apply(context, &command, answers->add_answers()); !status.ok()) return status;
        return grpc::Status::OK;
    }

    grpc::Status Dump(grpc::ServerContext*, const wire::DumpRequest*, grpc::ServerWriter<wire::StateBatch>* writer) override {
        const std::lock_guard one_at_a_time(mutex_);
        wire::StateBatch all;
        for (Query stock(db_, "SELECT node, sku, on_hand, held, allocated FROM stock"); stock.row();) {
            wire::CellState& cell = *all.add_cells();
            cell.set_node(static_cast<unsigned>(stock.number(0)));
            cell.set_sku(static_cast<unsigned>(stock.number(1)));
            cell.set_on_hand(stock.number(2));
            cell.set_held(stock.number(3));
            cell.set_allocated(stock.number(4));
        }
        for (Query lines(db_, "SELECT held_order, node, sku, quantity FROM lines WHERE held_order IS NOT NULL"); lines.row();) {
            wire::OrderLine& line = *all.add_orders();
            line.set_order(static_cast<std::uint64_t>(lines.number(0)));
            line.set_node(static_cast<unsigned>(lines.number(1)));
            line.set_sku(static_cast<unsigned>(lines.number(2)));
            line.set_quantity(lines.number(3));
        }
        writer->Write(all);
        return grpc::Status::OK;
    }

   private:
    // Rule 1: the key decides first. Rule 2: the answer is remembered in the same transaction as the change. A command without a
    // key is entered with none (NULL is equal to nothing): it has a sequence number, and no repeat.
    wire::Answer answered(const wire::Command& command) {
        const Int client = static_cast<Int>(command.key().client()), number = static_cast<Int>(command.key().sequence());
        const std::string what = command.SerializeAsString();
        wire::Answer answer;
        Query known(db_, "SELECT sequence, outcome, what FROM keys WHERE client = ? AND number = ?", client, number);
        if (known.row()) {
            const bool same = known.text(2) == what;
            answer.set_outcome(same ? static_cast<wire::Outcome>(known.number(1)) : wire::KEY_REUSED);
            answer.set_sequence(same ? static_cast<std::uint64_t>(known.number(0)) : 0);
            return answer;
        }
        expire();
        answer.set_outcome(apply(command));
        Query(db_, "INSERT INTO keys(client, number, what, outcome) VALUES(NULLIF(?, 0), NULLIF(?, 0), ?, ?)", client, number,
              what, Int{answer.outcome()})
            .run();
        answer.set_sequence(static_cast<std::uint64_t>(sqlite3_last_insert_rowid(db_)));
        return answer;
    }

    wire::Outcome apply(const wire::Command& c) {
        switch (c.what_case()) {
            case wire::Command::kAdjust:
                return count(c.adjust());
            case wire::Command::kHold:
                return hold(c.hold());
            case wire::Command::kRelease:
                return end(static_cast<Int>(c.release().hold()), wire::HOLD_ENDED, "held = held - ?1");
            case wire::Command::kConfirm: {
                const Int id = static_cast<Int>(c.confirm().hold());
                const wire::Outcome outcome = end(id, wire::HOLD_ENDED, "held = held - ?1, allocated = allocated + ?1");
                if (outcome == wire::APPLIED)
                    Query(db_, "UPDATE lines SET held_order = ? WHERE hold = ?", static_cast<Int>(c.confirm().order()), id).run();
                return outcome;
            }
            default:
                return wire::MALFORMED;  // a command that this shop does not have
        }
    }

    wire::Outcome known_cell(unsigned node, unsigned sku) const {
        return node >= nodes_ ? wire::UNKNOWN_NODE : sku >= skus_ ? wire::UNKNOWN_SKU : wire::APPLIED;
    }

    wire::Outcome count(const wire::Adjust& a) {
        if (const wire::Outcome wrong = known_cell(a.node(), a.sku()); wrong != wire::APPLIED) return wrong;
        Query(db_, "INSERT INTO stock(node, sku, on_hand) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET on_hand = ?3",
              Int{a.node()}, Int{a.sku()}, Int{a.counted()})
            .run();
        return wire::APPLIED;
    }

    // Validate everything, then change: all lines or none. (Lines of one cell would have to be summed; this shop refuses them.)
    wire::Outcome hold(const wire::Hold& h) {
        const Int id = static_cast<Int>(h.hold());
        if (h.lines().empty() || h.ttl_us() == 0) return wire::MALFORMED;
        for (const wire::Line& line : h.lines())
            if (line.quantity() == 0) return wire::MALFORMED;
        for (const wire::Line& line : h.lines())
            if (const wire::Outcome wrong = known_cell(line.node(), line.sku()); wrong != wire::APPLIED) return wrong;
        if (Query(db_, "SELECT 1 FROM holds WHERE id = ?", id).row()) return wire::EXISTS;
        for (int i = 0; i < h.lines_size(); ++i) {
            const wire::Line& line = h.lines(i);
            for (int k = 0; k < i; ++k)
                if (h.lines(k).node() == line.node() && h.lines(k).sku() == line.sku()) return wire::MALFORMED;
            if (!Query(db_, "SELECT 1 FROM stock WHERE node = ? AND sku = ? AND on_hand - held - allocated >= ?",
                       Int{line.node()}, Int{line.sku()}, Int{line.quantity()})
                     .row())
                return wire::OUT_OF_STOCK;
        }
        Query(db_, "INSERT INTO holds VALUES(?, ?, 0)", id, now_us() + static_cast<Int>(h.ttl_us())).run();
        for (const wire::Line& line : h.lines()) {
            const Int node = line.node(), sku = line.sku(), quantity = line.quantity();
            Query(db_, "INSERT INTO lines VALUES(?, ?, ?, ?, NULL)", id, node, sku, quantity).run();
            Query(db_, "UPDATE stock SET held = held + ? WHERE node = ? AND sku = ?", quantity, node, sku).run();
        }
        return wire::APPLIED;
    }

    // A hold ends once: its state is the answer to whoever comes later.
    wire::Outcome end(Int id, wire::Outcome later, const char* change) {
        Query found(db_, "SELECT state FROM holds WHERE id = ?", id);
        if (!found.row()) return wire::UNKNOWN_HOLD;
        if (found.number(0) != 0) return static_cast<wire::Outcome>(found.number(0));
        Query(db_, "UPDATE holds SET state = ? WHERE id = ?", Int{later}, id).run();
        const std::string sql = std::string("UPDATE stock SET ") + change + " WHERE node = ?2 AND sku = ?3";
        for (Query lines(db_, "SELECT quantity, node, sku FROM lines WHERE hold = ?", id); lines.row();)
            Query(db_, sql.c_str(), lines.number(0), lines.number(1), lines.number(2)).run();
        return wire::APPLIED;
    }

    void expire() {
        for (;;) {
            Query due(db_, "SELECT id FROM holds WHERE state = 0 AND ends_us <= ? LIMIT 1", now_us());
            if (!due.row()) return;
            end(due.number(0), wire::HOLD_EXPIRED, "held = held - ?1");
        }
    }

    static Int now_us() {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    }

    unsigned nodes_, skus_;
    sqlite3* db_ = nullptr;
    std::mutex mutex_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: sqlite_server DATABASE ADDRESS:PORT NODES SKUS\n");
        return 2;
    }
    Shop shop(argv[1], static_cast<unsigned>(std::atoi(argv[3])), static_cast<unsigned>(std::atoi(argv[4])));
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(argv[2], grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&shop);
    const auto server = builder.BuildAndStart();
    if (!server || port == 0) return 2;
    std::printf("serving an example on 127.0.0.1:%d \n", port);
    std::fflush(stdout);
    server->Wait();
}
