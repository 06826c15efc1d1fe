// The built command from outside: what it refuses to do, and how it stops.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "drivers/grpc/grpc_driver.hpp"
#include "tests/drivers/certificate.hpp"
#include "tests/drivers/served.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

// What it said when it refused; "" when it served.
std::string refusal(const std::vector<std::string>& words) {
    try {
        const Served served(LASTUNIT_BINARY, words);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("serve: what makes no sense is refused with exit 2 and a reason, and nothing is written") {
    const TempFolder folder;
    const std::string data = folder.path("data");
    const auto refused = [&](std::vector<std::string> words, const std::string& reason) {
        words.insert(words.begin(), "serve");
        const std::string said = refusal(words);
        INFO(said);
        CHECK(said.find("ended with 2") != std::string::npos);
        CHECK(said.find(reason) != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(data));
    };
    refused({}, "--data: in which folder");
    refused({"--data", data}, "holds nothing yet");
    refused({"--data", data, "--nodes", "3"}, "--nodes and --skus belong together");
    refused({"--data", data, "--nodes", "3", "--skus", "3", "--listen", "0.0.0.0:0"}, "--tls-cert, --tls-key and --token-file");
    refused({"--data", data, "--nodes", "3", "--skus", "3", "--listen", "nowhere"}, "is not ADDRESS:PORT");
    refused({"--data", data, "--nodes", "3", "--skus", "3", "--token-file", folder.path("none")}, "cannot read");
    refused({"--data", data, "--nodes", "3", "--skus", "3", "--tls-cert", folder.path("none")}, "belong together");
    refused({"no-such-scenario", "--data", data}, "no-such-scenario");
    refused({"--data", data + "/a/b", "--nodes", "3", "--skus", "3"}, "cannot make the data folder");
    refused({"--data", "/sys/kernel", "--nodes", "3", "--skus", "3"}, "/sys/kernel");  // read-only, also for root
}

TEST_CASE("serve: a folder is served again by itself, not as another shop, and not twice at once") {
    const TempFolder folder;
    const std::string data = folder.path("data");
    const std::vector<std::string> small{"--nodes", "2", "--skus", "3", "--units", "7", "--data", data};
    {
        Served served(small);
        core::Line line{NodeId(1), Sku(2), 4};
        core::Command hold = hold_of(1, 1, line);
        line = {NodeId(1), Sku(2), 4};
        CHECK(served.client().apply({.tag = 1, .command = hold}).settled == Settled::applied);
        CHECK(refusal({"serve", "--listen", "127.0.0.1:0", "--data", data}).find("another process") != std::string::npos);
        served.send(SIGTERM);
        CHECK(served.wait() == 0);
    }
    CHECK(refusal({"serve", "--nodes", "3", "--skus", "3", "--data", data}).find("keeps other nodes") != std::string::npos);
    const Served again(std::vector<std::string>{"--data", data});
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : again.client().dump(seconds(5)).stock) held += cell.held;
    CHECK(held == 4);
}

TEST_CASE("serve: with certificate and token it listens elsewhere, to those who have the token and speak TLS") {
    const TempFolder folder;
    std::ofstream(folder.path("cert")) << kCertificate;
    std::ofstream(folder.path("key")) << kPrivateKey;
    std::ofstream(folder.path("token")) << "a token of some length\n";
    const Served served(LASTUNIT_BINARY,
                        {"serve", "--listen", "0.0.0.0:0", "--tls-cert", folder.path("cert"), "--tls-key", folder.path("key"),
                         "--token-file", folder.path("token"), "--nodes", "2", "--skus", "3", "--data", folder.path("data")});
    const std::string target = "localhost" + served.address().substr(served.address().rfind(':'));
    CHECK(
        Client({.target = target, .token = "a token of some length", .roots = kCertificate}).describe(seconds(10)).skus_size() ==
        3);
    CHECK_THROWS_AS(Client({.target = target, .token = "another", .roots = kCertificate}).describe(seconds(10)), DriverError);
    CHECK_THROWS_AS(Client({.target = target, .token = "a token of some length", .roots = ""}).describe(seconds(1)), DriverError);
}

TEST_CASE("serve: a scenario gives names and stock, and plans orders over its network") {
    const TempFolder folder;
    const Served served({"flash-drop", "--data", folder.path("data")});
    const Client client = served.client();
    const wire::Description description = client.describe(seconds(10));
    REQUIRE(description.nodes_size() > 0);
    const FinalState state = client.dump(seconds(10));
    REQUIRE_FALSE(state.stock.empty());
    wire::PlanRequest request;
    request.add_lines()->set_sku(state.stock[0].sku.value);
    request.mutable_lines(0)->set_quantity(1);
    request.set_latitude(52.2);
    request.set_longitude(21.0);
    wire::PlanReply reply;
    grpc::ClientContext context;
    REQUIRE(client.stub().Plan(&context, request, &reply).ok());
    REQUIRE(reply.lines_size() == 1);
    CHECK(reply.lines(0).sku() == state.stock[0].sku.value);
    CHECK(reply.cost() > 0);
    CHECK(reply.rejected_size() + 1 >= description.nodes_size());
}
