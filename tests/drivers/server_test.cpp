// The contract over the network, and what strangers send.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <optional>
#include <thread>

#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/grpc/server.hpp"
#include "drivers/metrics/endpoint.hpp"
#include "drivers/metrics/text.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

// Engine and server in this process.
struct Site {
    explicit Site(ServerOptions options = {}, Quantity units = 1000, EngineOptions engine_options = {})
        : durable(folder.path("data"), engine_options) {
        durable.prepare(small_shop(units));
        options.listen = "127.0.0.1:0";
        server.emplace(durable.engine(), options);
    }
    Client client(const std::string& token = "") const {
        return Client({.target = "127.0.0.1:" + std::to_string(server->port()), .token = token, .roots = ""});
    }
    TempFolder folder;
    DurableDriver durable;
    std::optional<Server> server;
};

Completion apply(const Client& client, const core::Command& command) {
    return client.apply({.tag = 1, .command = command, .timeout = seconds(10)});
}

int connect_to(int port) {
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return descriptor;
}

std::string talk(int port, const std::string& words) {
    const int descriptor = connect_to(port);
    const timeval patience{1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)!send(descriptor, words.data(), words.size(), MSG_NOSIGNAL);
    std::string heard;
    char buffer[4096];
    for (ssize_t n = 0; (n = recv(descriptor, buffer, sizeof buffer, 0)) > 0;) heard.append(buffer, static_cast<std::size_t>(n));
    close(descriptor);
    return heard;
}

}  // namespace

TEST_CASE("server: a command is answered, a repeat has the same answer and sequence, another use of the key is refused") {
    const Site site;
    const Client client = site.client();
    core::Line line;
    const Completion first = apply(client, hold_of(1, 1, line));
    REQUIRE(first.settled == Settled::applied);
    const Completion again = apply(client, hold_of(1, 1, line));
    CHECK(again.settled == Settled::applied);
    CHECK(again.sequence == first.sequence);
    core::Command other = hold_of(1, 1, line);
    other.id = 99;
    CHECK(apply(client, other).outcome == core::Outcome::key_reused);
    CHECK(client.describe(seconds(5)).nodes_size() == static_cast<int>(kNodes));
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : client.dump(seconds(5)).stock) held += cell.held;
    CHECK(held == 1);
}

TEST_CASE("server: every command of the contract reaches the ledger with all of its arguments") {
    const Site site;
    const Client client = site.client();
    std::uint64_t n = 0;
    core::Line line{NodeId(1), Sku(2), 3};
    const auto expect = [&](core::Command command, core::Outcome outcome) {
        command.key = {1, ++n};
        INFO(core::name_of(command.kind));
        CHECK(apply(client, command).outcome == outcome);
    };
    using Kind = core::CommandKind;
    core::Command c;
    c.node = NodeId(1);
    c.to = NodeId(3);
    c.sku = Sku(2);
    c.quantity = 3;
    c.channel = ChannelId(1);
    c.id = 10;
    c.order = 20;
    c.ttl = hours(1);
    c.lines = {&line, 1};
    const auto of = [&](Kind kind) {
        core::Command command = c;
        command.kind = kind;
        return command;
    };
    for (const Kind kind : {Kind::hold, Kind::extend, Kind::confirm, Kind::pick, Kind::ship, Kind::allocate, Kind::deallocate,
                            Kind::sell, Kind::receive, Kind::take_return, Kind::quarantine, Kind::unquarantine,
                            Kind::transfer_out, Kind::transfer_in, Kind::set_safety, Kind::set_channel_allocation})
        expect(of(kind), core::Outcome::applied);
    core::Command returned = of(Kind::take_return);
    returned.return_to = core::ReturnTo::quarantine;
    expect(returned, core::Outcome::applied);
    expect(of(Kind::dispose), core::Outcome::applied);
    core::Command counted = of(Kind::adjust);
    counted.quantity = 500;
    expect(counted, core::Outcome::applied);
    expect(of(Kind::release), core::Outcome::hold_ended);
    core::Command released = of(Kind::release);
    released.id = 11;
    expect(released, core::Outcome::unknown_hold);
    core::Command none = of(Kind::hold);
    none.lines = {};
    expect(none, core::Outcome::empty);
    core::Command nowhere = of(Kind::receive);
    nowhere.node = NodeId(UINT16_MAX);
    expect(nowhere, core::Outcome::unknown_node);
    bool found = false;
    for (const FinalState::Stock& cell : client.dump(seconds(5)).stock)
        if (cell.node == NodeId(1) && cell.sku == Sku(2)) {
            found = true;
            CHECK(cell.on_hand == 500);
            CHECK(cell.safety == 3);
            CHECK(cell.held == 0);
            CHECK(cell.allocated == 0);
        }
    CHECK(found);
}

TEST_CASE("server: a stream answers batch after batch in order, and so do both kinds of session") {
    for (const GrpcDriver::Way way : {GrpcDriver::Way::calls, GrpcDriver::Way::stream}) {
        const Site site;
        GrpcDriver driver({.target = "127.0.0.1:" + std::to_string(site.server->port()), .token = "", .roots = ""}, way);
        const auto session = driver.open();
        std::vector<core::Line> lines(2000);
        std::vector<Completion> out;
        for (std::size_t first = 0; first < lines.size(); first += 100) {
            std::vector<Operation> operations;
            for (std::size_t i = first; i < first + 100; ++i)
                operations.push_back({.tag = i, .command = hold_of(1, i + 1, lines[i])});
            session->submit(operations);
        }
        while (out.size() < lines.size()) session->poll(out, seconds(10));
        std::vector<bool> seen(lines.size());
        for (const Completion& completion : out) {
            REQUIRE(completion.settled == Settled::applied);
            REQUIRE_FALSE(seen[completion.tag]);
            seen[completion.tag] = true;
        }
        CHECK(driver.read_back().stock.size() == kNodes * kSkus);
        CHECK(session->in_flight() == 0);
    }
}

TEST_CASE("server: the driver brings a server to the stock wanted, and refuses one that has holds or is of another shop") {
    const Site site;
    const std::string target = "127.0.0.1:" + std::to_string(site.server->port());
    GrpcDriver driver({.target = target, .token = "", .roots = ""});
    driver.prepare(small_shop(17));
    for (const FinalState::Stock& cell : driver.read_back().stock) REQUIRE(cell.on_hand == 17);
    core::Line line;
    apply(site.client(), hold_of(1, 1, line));
    CHECK_THROWS_AS(driver.prepare(small_shop(17)), DriverError);
    InitialStock other = small_shop(17);
    other.shape.nodes[0] = "elsewhere";
    CHECK_THROWS_AS(driver.prepare(other), DriverError);
}

TEST_CASE("server: without the token, or with a wrong one, every method is refused") {
    ServerOptions options;
    options.token = "0123456789abcdef";
    const Site site(options);
    core::Line line;
    for (const std::string token : {"", "0123456789abcdeF", "0123456789abcdef0", "0"}) {
        const Client client = site.client(token);
        const Completion refused = apply(client, hold_of(1, 1, line));
        CHECK(refused.settled == Settled::refused);
        CHECK(refused.cause == Cause::unavailable);
        CHECK_THROWS_AS(client.describe(seconds(5)), DriverError);
        CHECK_THROWS_AS(client.dump(seconds(5)), DriverError);
        GrpcDriver driver({.target = client.options().target, .token = token, .roots = ""}, GrpcDriver::Way::stream);
        const auto session = driver.open();
        const Operation operation{.tag = 1, .command = hold_of(1, 2, line)};
        session->submit({&operation, 1});
        std::vector<Completion> out;
        while (out.empty()) session->poll(out, seconds(5));
        CHECK(out.front().settled != Settled::applied);
    }
    CHECK(apply(site.client(options.token), hold_of(1, 1, line)).settled == Settled::applied);
}

TEST_CASE("server: garbage on the port and messages beyond the limit are turned away, and it goes on") {
    const Site site;
    talk(site.server->port(), "GET / HTTP/1.1\r\n\r\n");
    talk(site.server->port(), std::string(100'000, '\xff'));
    talk(site.server->port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(1000, '\x01'));
    const Client client = site.client();
    wire::CommandBatch huge;
    for (int i = 0; i < 9'000; ++i) {
        wire::Hold& hold = *huge.add_commands()->mutable_hold();
        hold.set_hold(static_cast<std::uint64_t>(i) + 1);
        for (int k = 0; k < 200; ++k) hold.add_lines()->set_quantity(1);
    }
    grpc::ClientContext context;
    wire::AnswerBatch answers;
    CHECK(client.stub().ApplyBatch(&context, huge, &answers).error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
    wire::CommandBatch many;
    for (int i = 0; i < 10'001; ++i) many.add_commands();
    grpc::ClientContext second;
    CHECK(client.stub().ApplyBatch(&second, many, &answers).error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    wire::Command nothing;
    grpc::ClientContext third;
    wire::Answer answer;
    REQUIRE(client.stub().Apply(&third, nothing, &answer).ok());
    CHECK(answer.outcome() == wire::MALFORMED);
    wire::Command far;
    far.mutable_hold()->set_ttl_us(UINT64_MAX);
    far.mutable_hold()->set_channel(UINT32_MAX);
    far.mutable_hold()->add_lines()->set_quantity(UINT32_MAX);
    far.mutable_hold()->mutable_lines(0)->set_sku(UINT32_MAX);
    far.mutable_hold()->mutable_lines(0)->set_node(UINT32_MAX);
    grpc::ClientContext fourth;
    REQUIRE(client.stub().Apply(&fourth, far, &answer).ok());
    CHECK(answer.outcome() == wire::UNKNOWN_NODE);
    core::Line line;
    CHECK(apply(client, hold_of(1, 1, line)).settled == Settled::applied);
}

TEST_CASE("server: a deadline that has passed leaves it unknown, and the repeat applies it once") {
    const Site site;
    const Client client = site.client();
    core::Line line;
    client.describe(seconds(5));
    const Completion late = client.apply({.tag = 1, .command = hold_of(1, 1, line), .timeout = seconds(-1)});
    CHECK(late.settled == Settled::unknown);
    const Completion resolved = client.apply_until_known({.tag = 1, .command = hold_of(1, 1, line)}, seconds(10));
    CHECK(resolved.settled == Settled::applied);
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : client.dump(seconds(5)).stock) held += cell.held;
    CHECK(held == 1);
}

TEST_CASE("server: a watcher sees every change once and in order, and goes on where it was") {
    const Site site;
    const Client client = site.client();
    core::Line line;
    for (std::uint64_t n = 1; n <= 50; ++n) apply(client, hold_of(1, n, line));
    grpc::ClientContext context;
    wire::WatchRequest request;
    request.set_after(0);
    const auto reader = client.stub().Watch(&context, request);
    std::uint64_t last = request.after();
    std::uint64_t seen = 0;
    wire::Changes changes;
    std::thread more([&] {
        for (std::uint64_t n = 51; n <= 100; ++n) {
            core::Line own;
            apply(client, hold_of(1, n, own));
        }
    });
    while (seen < 100 && reader->Read(&changes)) {
        for (const wire::Change& change : changes.changes()) {
            REQUIRE(change.number() == ++last);
            CHECK(change.kind() == "held");
            CHECK(change.reference() == (std::uint64_t{1} << 40 | (seen + 1)));
            ++seen;
        }
    }
    more.join();
    CHECK(seen == 100);
    context.TryCancel();
    reader->Finish();
    grpc::ClientContext beyond;
    request.set_after(1'000'000);
    const auto lost = client.stub().Watch(&beyond, request);
    CHECK_FALSE(lost->Read(&changes));
    CHECK(lost->Finish().error_code() == grpc::StatusCode::OUT_OF_RANGE);
}

TEST_CASE("server: availability follows holds, with and without a channel") {
    const Site site({}, 5);
    const Client client = site.client();
    core::Line line{NodeId(0), Sku(0), 2};
    core::Command hold = hold_of(1, 1, line);
    line = {NodeId(0), Sku(0), 2};
    REQUIRE(apply(client, hold).settled == Settled::applied);
    wire::AvailabilityRequest request;
    request.add_skus(0);
    wire::AvailabilityReply reply;
    grpc::ClientContext context;
    REQUIRE(client.stub().Availability(&context, request, &reply).ok());
    REQUIRE(reply.available_size() == static_cast<int>(kNodes));
    CHECK(reply.available(0).quantity() == 3);
    CHECK(reply.available(1).quantity() == 5);
    request.add_skus(kSkus);
    grpc::ClientContext again;
    CHECK(client.stub().Availability(&again, request, &reply).error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    wire::PlanReply plan;
    grpc::ClientContext third;
    CHECK(client.stub().Plan(&third, {}, &plan).error_code() == grpc::StatusCode::UNIMPLEMENTED);
}

TEST_CASE("server: it stops with watchers and streams open, and has answered what it took") {
    Site site;
    const Client client = site.client();
    grpc::ClientContext watching;
    const auto watcher = client.stub().Watch(&watching, {});
    GrpcDriver driver({.target = client.options().target, .token = "", .roots = ""}, GrpcDriver::Way::stream);
    const auto session = driver.open();
    core::Line line;
    const Operation operation{.tag = 1, .command = hold_of(1, 1, line)};
    session->submit({&operation, 1});
    std::vector<Completion> out;
    while (out.empty()) session->poll(out, seconds(5));
    CHECK(out.front().settled == Settled::applied);
    site.server->stop(seconds(1));
    CHECK(apply(client, hold_of(1, 2, line)).settled == Settled::unknown);
}

TEST_CASE("metrics: one page in Prometheus' format, and nothing else") {
    const Site site;
    core::Line line;
    apply(site.client(), hold_of(1, 1, line));
    MetricsEndpoint endpoint("127.0.0.1:0", [&] { return metrics_text(const_cast<DurableDriver&>(site.durable).engine()); });
    const std::string page = talk(endpoint.port(), "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(page.find("200 OK") != std::string::npos);
    CHECK(page.find("lastunit_commands_total{kind=\"hold\",outcome=\"applied\"} 1\n") != std::string::npos);
    CHECK(page.find("lastunit_commit_seconds_count 1\n") != std::string::npos);
    CHECK(talk(endpoint.port(), "GET /else HTTP/1.1\r\n\r\n").find("404") != std::string::npos);
    CHECK(talk(endpoint.port(), std::string(20'000, 'x')).find("404") != std::string::npos);
    CHECK_THROWS(MetricsEndpoint("nowhere", [] { return std::string(); }));
}

TEST_CASE("server: loopback is told from other addresses, and a taken port is said") {
    CHECK(is_loopback("127.0.0.1:1"));
    CHECK(is_loopback("[::1]:1"));
    CHECK(is_loopback("localhost:1"));
    CHECK_FALSE(is_loopback("0.0.0.0:1"));
    CHECK_FALSE(is_loopback("[::]:1"));
    CHECK_FALSE(is_loopback("192.168.1.1:1"));
    Site site;
    ServerOptions options;
    options.listen = "127.0.0.1:" + std::to_string(site.server->port());
    CHECK_THROWS(Server(site.durable.engine(), options));
}
