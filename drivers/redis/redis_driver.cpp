#include "drivers/redis/redis_driver.hpp"

#include <mutex>
#include <optional>

#include "drivers/redis/session.hpp"
#include "drivers/redis/shop.hpp"
#include "drivers/redis/sweep_flow.hpp"

namespace lastunit::drivers {

namespace {

constexpr Duration kPatience = seconds(10);
constexpr Duration kConnectPatience = seconds(2);

}  // namespace

struct RedisDriver::Internals {
    redis::Address address;
    std::mutex mutex;
    std::optional<ShopSize> size;  // of the shop, once they are known
};

RedisDriver::RedisDriver(RedisOptions options) : options_(std::move(options)), internals_(std::make_unique<Internals>()) {
    internals_->address = redis::address_of(options_);
}

RedisDriver::~RedisDriver() = default;

bool RedisDriver::supports(core::CommandKind kind) const { return redis::supports(options_.mode, kind); }

void RedisDriver::prepare(const InitialStock& stock) {
    redis::Caller caller(internals_->address, options_, kPatience);
    redis::check_server(caller, options_);
    redis::set_up_shop(caller, options_, stock);
    const std::lock_guard lock(internals_->mutex);
    internals_->size = redis::shop_of(caller, options_);
}

std::unique_ptr<Session> RedisDriver::open() {
    ShopSize size;
    {
        const std::lock_guard lock(internals_->mutex);
        if (!internals_->size) {
            redis::Caller caller(internals_->address, options_, kPatience);
            internals_->size = redis::shop_of(caller, options_);
        }
        size = *internals_->size;
    }
    return std::make_unique<redis::RedisSession>(internals_->address, options_, size, kConnectPatience);
}

FinalState RedisDriver::read_back() {
    redis::Caller caller(internals_->address, options_, kPatience);
    const ShopSize size = redis::shop_of(caller, options_);
    const std::unique_ptr<Session> session = open();
    std::vector<Completion> out;
    const std::int64_t end_ns = steady_now_ns() + kPatience.us * 1000;
    for (;;) {
        const redis::Reply time = caller.call({"TIME"});
        const std::string now = std::to_string(redis::microseconds_of(*time));
        if (redis::number_of(*caller.call({"ZCOUNT", "lastunit:ends", "-inf", now})) == 0) break;
        if (steady_now_ns() >= end_ns) throw DriverError(target() + ": holds that are due do not end");
        Operation advance;
        advance.command.kind = core::CommandKind::advance;
        if (options_.mode == RedisMode::lua) session->submit({&advance, 1});
        session->poll(out, redis::kSweepEvery);
    }
    return redis::read_shop(caller, size);
}

std::string RedisDriver::durability() {
    redis::Caller caller(internals_->address, options_, kPatience);
    return redis::durability_of(caller);
}

Duration RedisDriver::expiry_late() const { return options_.mode == RedisMode::get_decr ? redis::kSweepEvery * 4 : Duration{0}; }

}  // namespace lastunit::drivers
