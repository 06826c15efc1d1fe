// What a Redis that cannot, will not or must not is told apart as.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "drivers/engine/files.hpp"
#include "drivers/process/loopback_port.hpp"
#include "drivers/redis/errors.hpp"
#include "tests/drivers/redis/support.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

std::string told(const std::string& error) {
    Completion completion;
    redis::settle_error(error, completion);
    return text_of(completion);
}

// What a hold of one unit is answered, under a new key each time.
class Asker {
   public:
    explicit Asker(RedisDriver& driver) : session_(driver.open()) {}
    std::string hold() {
        core::Line line;
        const core::Command command = hold_of(5, ++number_, line);
        return text_of(ask(*session_, command));
    }

   private:
    std::unique_ptr<Session> session_;
    std::uint64_t number_ = 0;
};

std::string message_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const DriverError& error) {
        return error.what();
    }
    return "nothing was thrown";
}

}  // namespace

TEST_CASE("redis: an error that is answered before a command is run refuses it, any other leaves it unknown") {
    CHECK(told("LOADING Redis is loading the dataset in memory") == "refused/unavailable");
    CHECK(told("OOM command not allowed when used memory > 'maxmemory'. script: 8, on @user_script:1.") == "refused/unavailable");
    CHECK(told("READONLY You can't write against a read only replica.") == "refused/unavailable");
    CHECK(told("MISCONF Errors writing to the AOF file: No space left on device") == "refused/unavailable");
    CHECK(told("NOREPLICAS Not enough good replicas to write.") == "refused/unavailable");
    CHECK(told("NOAUTH Authentication required.") == "refused/unavailable");
    CHECK(told("-DENIED Redis is running in protected mode") == "refused/unavailable");
    CHECK(told("ERR max number of clients reached") == "refused/unavailable");
    CHECK(told("BUSY Redis is busy running a script.") == "refused/overloaded");
    CHECK(told("ERR value is not an integer or out of range script: 8, on @user_script:31.") == "unknown/no_answer");
    CHECK(told("OOMPH") == "unknown/no_answer");
}

TEST_CASE(
    "redis lua: out of memory, a replica, too few replicas, a failed save: refused without effect, and taken again afterwards") {
    LASTUNIT_NEEDS_REDIS();
    PrivateRedis server(AppendFsync::no, {"dbfilename busy.rdb"});
    RedisDriver driver = driver_of(server, RedisMode::lua);
    driver.prepare(small_shop(1000));
    Asker asker(driver);
    redis::Caller caller = caller_of(server.options());
    REQUIRE(asker.hold() == "applied/applied");

    caller.call({"CONFIG", "SET", "maxmemory", "1"});
    CHECK(asker.hold() == "refused/unavailable");
    caller.call({"CONFIG", "SET", "maxmemory", "0"});
    CHECK(asker.hold() == "applied/applied");

    caller.call({"CONFIG", "SET", "min-replicas-to-write", "1"});
    CHECK(asker.hold() == "refused/unavailable");
    caller.call({"CONFIG", "SET", "min-replicas-to-write", "0"});
    CHECK(asker.hold() == "applied/applied");

    // A replica of nobody that is there.
    caller.call({"REPLICAOF", "127.0.0.1", std::to_string(free_loopback_port())});
    CHECK(asker.hold() == "refused/unavailable");
    CHECK(message_of([&] { driver.prepare(small_shop(1000)); }).find("is a replica") != std::string::npos);
    caller.call({"REPLICAOF", "NO", "ONE"});
    CHECK(asker.hold() == "applied/applied");

    // A folder in the place of the snapshot.
    const std::filesystem::path folder = std::filesystem::path(server.append_only_file()).parent_path().parent_path();
    std::filesystem::create_directories(folder / "busy.rdb" / "full");
    caller.call({"CONFIG", "SET", "save", "3600 1"});
    caller.call({"BGSAVE"});
    REQUIRE(wait_until([&] { return asker.hold() == "refused/unavailable"; }));
    caller.call({"CONFIG", "SET", "stop-writes-on-bgsave-error", "no"});
    CHECK(asker.hold() == "applied/applied");
    REQUIRE(sums_of(driver.read_back()).held >= 5);
}

TEST_CASE("redis: a wrong password, a missing one and nobody at all are errors that name the place and no password") {
    LASTUNIT_NEEDS_REDIS();
    PrivateRedis server(AppendFsync::no, {"requirepass right-one"});
    RedisOptions options = redis_options("redis://:wrong%2Done@127.0.0.1:" + std::to_string(server.port()) + "/2");
    const std::string wrong = message_of([&] { RedisDriver(options).prepare(small_shop()); });
    CHECK(wrong.find("127.0.0.1:" + std::to_string(server.port()) + "/2") != std::string::npos);
    CHECK(wrong.find("WRONGPASS") != std::string::npos);
    CHECK(wrong.find("wrong-one") == std::string::npos);
    options.password.clear();
    CHECK(message_of([&] { RedisDriver(options).prepare(small_shop()); }).find("NOAUTH") != std::string::npos);
    options.password = "right-one";
    RedisDriver driver(options);
    driver.prepare(small_shop(3));
    CHECK(Asker(driver).hold() == "applied/applied");

    RedisOptions nobody;
    nobody.port = free_loopback_port();
    CHECK(message_of([&] { RedisDriver(nobody).prepare(small_shop()); }).find("refused") != std::string::npos);
    nobody.host = "no-such-host.invalid";
    CHECK(message_of([&] { RedisDriver driver_of_nobody(nobody); }).find("no-such-host.invalid") != std::string::npos);
}

TEST_CASE("redis: prepare leaves other keys alone, and refuses a prefix that is somebody else's") {
    LASTUNIT_NEEDS_REDIS();
    PrivateRedis server(AppendFsync::no);
    redis::Caller caller = caller_of(server.options());
    caller.call({"SET", "other", "1"});
    caller.call({"SET", "lastunit:theirs", "1"});
    RedisDriver driver = driver_of(server, RedisMode::lua);
    const std::string refused = message_of([&] { driver.prepare(small_shop()); });
    CHECK(refused.find("lastunit:theirs") != std::string::npos);
    CHECK(redis::number_of(*caller.call({"DBSIZE"})) == 2);
    CHECK(message_of([&] { driver.open(); }).find("prepare it first") != std::string::npos);

    caller.call({"DEL", "lastunit:theirs"});
    driver.prepare(small_shop(4));
    Asker(driver).hold();
    // Another mode, and another stock: nothing of the first is left.
    RedisDriver naive = driver_of(server, RedisMode::get_decr);
    CHECK(message_of([&] { naive.open(); }).find("another mode") != std::string::npos);
    naive.prepare(small_shop(5));
    CHECK(sums_of(naive.read_back()).on_hand == 5 * kNodes * kSkus);
    CHECK(sums_of(naive.read_back()).held == 0);
    driver.prepare(small_shop(6));
    CHECK(sums_of(driver.read_back()).on_hand == 6 * kNodes * kSkus);
    CHECK(driver.read_back().sequence == 0);
    CHECK(redis::text_of(*caller.call({"GET", "other"})) == "1");

    // A second driver, of another process maybe, finds the shop as it was prepared.
    RedisDriver second = driver_of(server, RedisMode::lua);
    CHECK(Asker(second).hold() == "applied/applied");
    CHECK(sums_of(second.read_back()).held == 1);
}

TEST_CASE("redis: an append policy that the URL demands and the server does not have is an error") {
    LASTUNIT_NEEDS_REDIS();
    RedisOptions options = shared_redis().options();
    options.append_fsync = AppendFsync::always;
    CHECK(message_of([&] { RedisDriver(options).prepare(small_shop()); }).find("appendfsync=always was asked for") !=
          std::string::npos);
}

TEST_CASE("redis: whoever answers something else than Redis' protocol is left, and what was asked is unknown") {
    // Takes one connection, waits for a request, and says what no Redis says.
    const std::uint16_t port = free_loopback_port();
    const File listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener.descriptor(), 4) == 0);
    std::thread other([&] {
        const File caller(::accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
        char bytes[4096];
        if (::recv(caller.descriptor(), bytes, sizeof bytes, 0) > 0) ::send(caller.descriptor(), "SSH-2.0\r\n", 9, MSG_NOSIGNAL);
        while (::recv(caller.descriptor(), bytes, sizeof bytes, 0) > 0) {
        }
    });
    RedisOptions options;
    options.port = port;
    const std::string message = message_of([&] { RedisDriver(options).prepare(small_shop()); });
    CHECK(message.find("does not speak Redis' protocol") != std::string::npos);
    other.join();
}
