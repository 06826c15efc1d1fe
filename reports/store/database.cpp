#include "reports/store/database.hpp"

#include <sqlite3.h>

#include <cstring>

namespace lastunit::reports {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

namespace {

StoreError::Cause cause_of(int code) {
    switch (code & 0xff) {  // without SQLite's extensions
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return StoreError::Cause::busy;
        case SQLITE_NOTADB:
            return StoreError::Cause::not_a_store;
        case SQLITE_CORRUPT:
            return StoreError::Cause::torn;
        default:
            return StoreError::Cause::cannot_open;
    }
}

}  // namespace

Statement::Statement(const Database& database, const char* sql) : database_(&database) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(database.handle_.get(), sql, -1, &raw, nullptr);
    statement_.reset(raw);
    if (code != SQLITE_OK) database.fail(code);
}

Statement& Statement::bind(std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), ++bound_, value);
    return *this;
}

Statement& Statement::bind(double value) {
    sqlite3_bind_double(statement_.get(), ++bound_, value);
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(), nullptr, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind_bytes(std::string_view bytes) {
    sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.data(), bytes.size(), nullptr);
    return *this;
}

Statement& Statement::bind_nothing() {
    sqlite3_bind_null(statement_.get(), ++bound_);
    return *this;
}

bool Statement::next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_->fail(code);
    return false;
}

void Statement::run() {
    while (next()) continue;
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    bound_ = 0;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string Statement::text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Database::Database(const std::string& path) : path_(path) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    handle_.reset(raw);
    if (code != SQLITE_OK) fail(code);
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, kPatienceMs);
    number("PRAGMA schema_version");  // reads the file: says that it is torn, or no database, before anything is changed
    execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
}

// Several who open a new file at once are told "busy" at once, whatever the timeout: the change needs the file for itself.
void Database::write_ahead() const {
    constexpr int kPauseMs = 20;
    for (int waited = 0;; waited += kPauseMs) {
        sqlite3_stmt* raw = nullptr;
        int code = sqlite3_prepare_v2(handle_.get(), "PRAGMA journal_mode = WAL", -1, &raw, nullptr);
        if (code == SQLITE_OK) code = sqlite3_step(raw);
        const char* mode = code == SQLITE_ROW ? reinterpret_cast<const char*>(sqlite3_column_text(raw, 0)) : nullptr;
        const bool done = mode != nullptr && std::strcmp(mode, "wal") == 0;
        sqlite3_finalize(raw);
        if (done) return;
        if (cause_of(code) != StoreError::Cause::busy || waited >= kPatienceMs) fail(code == SQLITE_ROW ? SQLITE_IOERR : code);
        sqlite3_sleep(kPauseMs);
    }
}

void Database::execute(const char* sql) const {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(const char* sql) const {
    Statement statement = prepare(sql);
    return statement.next() ? statement.integer(0) : 0;
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

void Database::fail(int code) const {
    const char* why = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    throw StoreError(cause_of(code), path_ + ": " + why);
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const StoreError&) {  // SQLite has rolled back already
        return;
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace lastunit::reports
