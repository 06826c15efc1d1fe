#include "drivers/postgres/connection.hpp"

#include <poll.h>

#include <cstring>

#include "drivers/driver.hpp"

namespace lastunit::drivers::postgres {

namespace {

// After FATAL or PANIC nobody says whether the transaction was committed before.
bool ends_connection(const PGresult* result) {
    const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity == nullptr || std::strcmp(severity, "ERROR") != 0;
}

std::string field_of(const PGresult* result, int field) {
    const char* text = PQresultErrorField(result, field);
    return text != nullptr ? text : "";
}

}  // namespace

void Connection::open() {
    opened_ns_ = steady_now_ns();
    unsent_ = false;
    failed_to_send_ = false;
    problem_.clear();
    connection_.reset(PQconnectStartParams(words_.keywords(), words_.values(), 0));
    state_ = State::connecting;
    polling_ = PGRES_POLLING_WRITING;
    if (PQstatus(connection_.get()) == CONNECTION_BAD) {
        problem_ = one_line(PQerrorMessage(connection_.get()));
        close();
    }
}

void Connection::close() {
    connection_.reset();
    pending_.clear();
    state_ = State::closed;
}

short Connection::events() const {
    if (state_ == State::connecting) return polling_ == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    return static_cast<short>(unsent_ ? POLLIN | POLLOUT : POLLIN);
}

void Connection::connect_on() {
    polling_ = PQconnectPoll(connection_.get());
    if (polling_ == PGRES_POLLING_OK) return prepare();
    if (polling_ != PGRES_POLLING_FAILED) return;
    problem_ = one_line(PQerrorMessage(connection_.get()));
    close();
}

void Connection::prepare() {
    state_ = State::preparing;
    PGconn* connection = connection_.get();
    bool sent = PQsetnonblocking(connection, 1) == 0 && PQenterPipelineMode(connection) == 1;
    for (unsigned i = 0; i < kStatements && sent; ++i) {
        const auto statement = static_cast<Statement>(i);
        sent = PQsendPrepare(connection, name_of(statement), sql_of(statement).c_str(), 0, nullptr) == 1;
    }
    pending_.push_back({});
    failed_to_send_ = !sent || PQpipelineSync(connection) != 1;
    Parameters none;
    send(Statement::warm, none, nullptr);
}

void Connection::send(Statement statement, Parameters& parameters, Work* work) {
    PGconn* connection = connection_.get();
    const char* const* values = parameters.values();
    pending_.push_back(
        {.work = work, .statement = statement, .kind = Reply::Kind::lost, .value = {}, .sqlstate = {}, .constraint = {}});
    if (PQsendQueryPrepared(connection, name_of(statement), parameters.count(), values, parameters.lengths(),
                            parameters.formats(), 0) != 1 ||
        PQpipelineSync(connection) != 1)
        failed_to_send_ = true;
    unsent_ = PQflush(connection) == 1;
}

void Connection::advance(std::vector<Reply>& replies) {
    if (state_ == State::closed) return;
    if (state_ == State::connecting) {
        connect_on();
        if (state_ != State::preparing) return;
    }
    if (unsent_) unsent_ = PQflush(connection_.get()) == 1;
    const bool alive = PQconsumeInput(connection_.get()) == 1;
    read(replies);
    if (state_ != State::closed && (!alive || failed_to_send_ || PQstatus(connection_.get()) == CONNECTION_BAD)) fail(replies);
}

void Connection::read(std::vector<Reply>& replies) {
    int silent = 0;
    while (!pending_.empty() && PQisBusy(connection_.get()) == 0) {
        ResultPtr result(PQgetResult(connection_.get()));
        // Between two statements comes a null; two of them are the end of what is there.
        if (!result) {
            if (++silent == 2) return;
            continue;
        }
        silent = 0;
        if (!take(std::move(result), replies)) return;
    }
}

bool Connection::take(ResultPtr result, std::vector<Reply>& replies) {
    Reply& front = pending_.front();
    switch (PQresultStatus(result.get())) {
        case PGRES_PIPELINE_SYNC:
            if (state_ == State::ready) {
                replies.push_back(std::move(front));
            } else if (front.statement == Statement::warm) {
                state_ = State::ready;
            } else if (front.kind == Reply::Kind::failed) {
                fail(replies);
                return false;
            }
            pending_.pop_front();
            return true;
        case PGRES_TUPLES_OK:
            front.kind = PQntuples(result.get()) == 0 ? Reply::Kind::nothing : Reply::Kind::value;
            if (front.kind == Reply::Kind::value) front.value = PQgetvalue(result.get(), 0, 0);
            return true;
        case PGRES_COMMAND_OK:
        case PGRES_PIPELINE_ABORTED:
            return true;
        default:
            problem_ = one_line(PQresultErrorMessage(result.get()));
            if (ends_connection(result.get())) {
                front.kind = Reply::Kind::lost;
                fail(replies);
                return false;
            }
            front.kind = Reply::Kind::failed;
            front.sqlstate = field_of(result.get(), PG_DIAG_SQLSTATE);
            front.constraint = field_of(result.get(), PG_DIAG_CONSTRAINT_NAME);
            return true;
    }
}

void Connection::fail(std::vector<Reply>& replies) {
    if (problem_.empty()) problem_ = one_line(PQerrorMessage(connection_.get()));
    const bool preparing = state_ == State::preparing;
    for (Reply& pending : pending_) {
        pending.kind = Reply::Kind::lost;
        if (!preparing) replies.push_back(std::move(pending));
    }
    close();
}

}  // namespace lastunit::drivers::postgres
