#include "drivers/postgres/database.hpp"

#include <charconv>

#include "drivers/driver.hpp"

namespace lastunit::drivers::postgres {

namespace {
constexpr std::size_t kCopyChunk = std::size_t{1} << 18;
}

ConnectionWords::ConnectionWords(const PostgresTarget& target, For purpose) {
    // Plans must not depend on when the server last analysed a table that was empty then, nor on its default isolation.
    std::string settings = "-c search_path=lastunit -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";
    settings += " -c client_min_messages=error -c synchronous_commit=" + target.synchronous_commit;
    const bool serializable = target.mode == PostgresMode::serializable;
    settings += std::string(" -c default_transaction_isolation=") + (serializable ? "serializable" : "read\\ committed");
    if (purpose == For::administration) settings = "-c search_path=lastunit -c client_min_messages=error -c lock_timeout=10s";
    for (const auto& [keyword, value] : target.connection) {
        if (keyword == "options") {
            settings.insert(0, value + " ");
        } else if (keyword != "application_name") {
            words_.emplace_back(keyword, value);
        }
    }
    words_.emplace_back("options", settings);
    words_.emplace_back("application_name", "lastunit");
    // A peer that vanished without a word is noticed after some 20 s.
    for (const auto& [keyword, value] :
         {std::pair{"keepalives_idle", "10"}, std::pair{"keepalives_interval", "5"}, std::pair{"keepalives_count", "2"},
          std::pair{"tcp_user_timeout", "20000"}, std::pair{"connect_timeout", "10"}}) {
        bool chosen = false;
        for (const auto& word : words_) chosen = chosen || word.first == keyword;
        if (!chosen) words_.emplace_back(keyword, value);
    }
    for (const auto& [keyword, value] : words_) {
        keywords_.push_back(keyword.c_str());
        values_.push_back(value.c_str());
    }
    keywords_.push_back(nullptr);
    values_.push_back(nullptr);
}

std::string one_line(const char* message) {
    std::string line = message != nullptr ? message : "";
    while (!line.empty() && line.back() == '\n') line.pop_back();
    for (std::size_t at = 0; (at = line.find('\n', at)) != std::string::npos;) line.replace(at, 1, "; ");
    return line;
}

Database::Database(const PostgresTarget& target) : shown_(target.shown) {
    const ConnectionWords words(target, ConnectionWords::For::administration);
    connection_.reset(PQconnectdbParams(words.keywords(), words.values(), 0));
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw DriverError(shown_ + ": " + one_line(PQerrorMessage(connection_.get())));
}

void Database::fail(const std::string& doing) {
    throw DriverError(shown_ + ": " + doing + ": " + one_line(PQerrorMessage(connection_.get())));
}

void Database::run(const std::string& sql) {
    const ResultPtr result(PQexec(connection_.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail(sql.starts_with("--") ? "its schema" : sql.substr(0, sql.find_first_of("(\n")));
}

ResultPtr Database::query(const std::string& sql) {
    ResultPtr result(PQexec(connection_.get(), sql.c_str()));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) fail(sql.substr(0, 60));
    return result;
}

std::string Database::value(const std::string& sql) {
    const ResultPtr result = query(sql);
    return PQntuples(result.get()) == 0 ? "" : PQgetvalue(result.get(), 0, 0);
}

CopyIn::CopyIn(Database& database, const std::string& sql) : database_(database) {
    const ResultPtr result(PQexec(database.connection(), sql.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COPY_IN) database.fail(sql);
}

void CopyIn::sent() {
    if (buffer_.size() >= kCopyChunk) flush();
}

void CopyIn::flush() {
    if (PQputCopyData(database_.connection(), buffer_.data(), static_cast<int>(buffer_.size())) != 1) database_.fail("COPY");
    buffer_.clear();
}

void CopyIn::finish() {
    flush();
    if (PQputCopyEnd(database_.connection(), nullptr) != 1) database_.fail("COPY");
    bool good = true;
    while (const ResultPtr result{PQgetResult(database_.connection())})
        good = good && PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    if (!good) database_.fail("COPY");
}

void copy_out(Database& database, const std::string& query, const std::function<void(std::span<const std::int64_t>)>& row) {
    const std::string sql = "COPY (" + query + ") TO STDOUT";
    if (const ResultPtr result(PQexec(database.connection(), sql.c_str())); PQresultStatus(result.get()) != PGRES_COPY_OUT)
        database.fail("COPY");
    std::vector<std::int64_t> fields;
    for (;;) {
        char* line = nullptr;
        const int size = PQgetCopyData(database.connection(), &line, 0);
        if (size == -1) break;
        if (size < 0) database.fail("COPY");
        const std::unique_ptr<char, void (*)(void*)> owned(line, PQfreemem);
        fields.clear();
        for (const char* at = line; at < line + size;) {
            std::int64_t value = 0;
            const auto [end, error] = std::from_chars(at, line + size, value);
            if (error != std::errc()) database.fail("COPY: a field that is no number");
            fields.push_back(value);
            at = end + 1;
        }
        row(fields);
    }
    bool good = true;
    while (const ResultPtr result{PQgetResult(database.connection())})
        good = good && PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    if (!good) database.fail("COPY");
}

}  // namespace lastunit::drivers::postgres
