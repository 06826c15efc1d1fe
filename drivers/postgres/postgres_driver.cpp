#include "drivers/postgres/postgres_driver.hpp"

#include "drivers/postgres/pool_session.hpp"
#include "drivers/postgres/schema.hpp"

namespace lastunit::drivers {

namespace {

// For one operation: a session of one connection.
class Narrow : public Driver {
   public:
    explicit Narrow(std::shared_ptr<postgres::Shared> shared) : shared_(std::move(shared)) {}
    std::string target() const override { return shared_->target.shown; }
    bool supports(core::CommandKind kind) const override { return postgres::supported(kind, shared_->target.mode); }
    void prepare(const InitialStock&) override {}
    std::unique_ptr<Session> open() override { return postgres::open_pool_session(shared_, 1); }
    Completion resolve(const Operation& operation, Duration at_most) override {
        return repeat_until_known(*this, operation, at_most);
    }
    FinalState read_back() override { return {}; }

   private:
    std::shared_ptr<postgres::Shared> shared_;
};

}  // namespace

PostgresDriver::PostgresDriver(PostgresTarget target) : shared_(std::make_shared<postgres::Shared>()) {
    shared_->target = std::move(target);
}
PostgresDriver::~PostgresDriver() = default;

std::string PostgresDriver::target() const { return shared_->target.shown; }
bool PostgresDriver::supports(core::CommandKind kind) const { return postgres::supported(kind, shared_->target.mode); }
std::uint64_t PostgresDriver::rolled_back() const { return shared_->rolled_back; }

void PostgresDriver::prepare(const InitialStock& stock) {
    postgres::Database database(shared_->target);
    postgres::make_schema(database, shared_->target, stock);
    shared_->size = postgres::shape_of(database, shared_->target);
}

std::unique_ptr<Session> PostgresDriver::open() {
    if (shared_->size.nodes == 0) {
        postgres::Database database(shared_->target);
        shared_->size = postgres::shape_of(database, shared_->target);
    }
    return postgres::open_pool_session(shared_, shared_->target.connections);
}

Completion PostgresDriver::resolve(const Operation& operation, Duration at_most) {
    Narrow narrow(shared_);
    return repeat_until_known(narrow, operation, at_most);
}

FinalState PostgresDriver::read_back() {
    postgres::Database database(shared_->target);
    postgres::shape_of(database, shared_->target);
    return postgres::read_state(database);
}

}  // namespace lastunit::drivers
