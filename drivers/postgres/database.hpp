// One blocking connection, for what is done before and after a run: the schema, its stock, reading it back.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drivers/postgres/target.hpp"

namespace lastunit::drivers::postgres {

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionPtr = std::unique_ptr<PGconn, CloseConnection>;
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

// Keywords for PQconnectStartParams: the target's own and our settings. The pointers live as long as the object.
class ConnectionWords {
   public:
    enum class For : std::uint8_t { operations, administration };
    ConnectionWords(const PostgresTarget& target, For purpose);
    const char* const* keywords() const { return keywords_.data(); }
    const char* const* values() const { return values_.data(); }

   private:
    std::vector<std::pair<std::string, std::string>> words_;
    std::vector<const char*> keywords_, values_;
};

// The server's or libpq's words in one line.
std::string one_line(const char* message);

// Throws DriverError with what the server says.
class Database {
   public:
    explicit Database(const PostgresTarget& target);
    void run(const std::string& sql);
    ResultPtr query(const std::string& sql);    // of rows
    std::string value(const std::string& sql);  // first column of the first row; empty without one
    PGconn* connection() { return connection_.get(); }
    [[noreturn]] void fail(const std::string& doing);

   private:
    std::string shown_;
    ConnectionPtr connection_;
};

// COPY table FROM STDIN in text format: append rows, then finish().
class CopyIn {
   public:
    CopyIn(Database& database, const std::string& sql);
    std::string& row() { return buffer_; }  // append fields, tabs and the newline; then sent()
    void sent();
    void finish();

   private:
    void flush();

    Database& database_;
    std::string buffer_;
};

// COPY (query) TO STDOUT: calls `row` with the integers of each row.
void copy_out(Database& database, const std::string& query, const std::function<void(std::span<const std::int64_t>)>& row);

}  // namespace lastunit::drivers::postgres
