// One connection to an SQLite file; the one place that knows SQLite. Everything throws StoreError.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "reports/store/store_error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace lastunit::reports {

class Database;

// Parameters and columns count from 1 and from 0, as in SQLite. Bound texts have to live until the statement is run.
class Statement {
   public:
    Statement& bind(std::int64_t value);
    Statement& bind(double value);
    Statement& bind(std::string_view text);
    Statement& bind_bytes(std::string_view bytes);
    Statement& bind_nothing();

    bool next();  // true: there is a row
    void run();   // to its end, ready to be bound again

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;  // also bytes

   private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(const Database& database, const char* sql);

    const Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_ = 0;
};

class Database {
   public:
    // Made when it is not there (the folder has to be). Readers never wait (write-ahead log), writers wait for each other for up
    // to `kPatienceMs`; what is committed survives a crash of the process and of the machine.
    static constexpr int kPatienceMs = 60'000;
    explicit Database(const std::string& path);

    // Once per file: readers and the writer no longer wait for each other. After it is known that the file is ours to change.
    void write_ahead() const;

    Statement prepare(const char* sql) const { return Statement(*this, sql); }
    void execute(const char* sql) const;         // one statement or several
    std::int64_t number(const char* sql) const;  // the first column of the first row
    std::int64_t last_id() const;

    [[noreturn]] void fail(int code) const;

   private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

// Everything or nothing: rolled back unless committed. Takes the place of the one writer at once, so that it does not find out at
// its end that another was faster.
class Transaction {
   public:
    explicit Transaction(const Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

   private:
    const Database& database_;
    bool open_ = true;
};

}  // namespace lastunit::reports
