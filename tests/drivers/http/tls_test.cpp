// TLS: a certificate that is trusted, and one that is not.
#include <stdlib.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "drivers/http/flow_file.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "tests/drivers/certificate.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;
namespace net = boost::asio;

// Answers one request on each of `connections` connections.
class TlsServer {
   public:
    explicit TlsServer(int connections) : acceptor_(io_, {net::ip::make_address("127.0.0.1"), 0}) {
        context_.use_certificate(net::buffer(std::string(drivers::tests::kCertificate)), net::ssl::context::pem);
        context_.use_private_key(net::buffer(std::string(drivers::tests::kPrivateKey)), net::ssl::context::pem);
        thread_ = std::thread([this, connections] {
            for (int i = 0; i < connections; ++i) serve();
        });
    }
    ~TlsServer() { thread_.join(); }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

   private:
    void serve() {
        boost::system::error_code error;
        net::ssl::stream<net::ip::tcp::socket> line(acceptor_.accept(), context_);
        line.handshake(net::ssl::stream_base::server, error);
        if (error) return;
        std::string request;
        net::read_until(line, net::dynamic_buffer(request), "\r\n\r\n", error);
        net::write(line, net::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")), error);
    }

    net::io_context io_;
    net::ip::tcp::acceptor acceptor_;
    net::ssl::context context_{net::ssl::context::tls_server};
    std::thread thread_;
};

Response asked(const Url& url, const EngineOptions& options = {}) {
    Engine engine(options);
    Exchange exchange;
    exchange.origin = url.origin;
    exchange.bytes = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    exchange.timeout = seconds(60);
    exchange.most_bytes = 100;
    bool over = false;
    Response out;
    engine.exchange(exchange, [&](Response&& response) {
        out = std::move(response);
        over = true;
    });
    REQUIRE(engine.run_until([&] { return over; }, seconds(120)));
    return out;
}

TEST_CASE("http engine: TLS to a host whose certificate is trusted, and none to one whose is not") {
    TlsServer server(4);
    const Url url = *parse_url("https://localhost:" + std::to_string(server.port()));
    ::unsetenv("SSL_CERT_FILE");
    const Response refused = asked(url);
    CHECK(refused.problem == Response::Problem::not_sent);
    CHECK_THAT(refused.why, Catch::Contains("localhost") && Catch::Contains("certificate"));

    const drivers::TemporaryFolder folder("lastunit-tls");
    const std::string path = folder.path() + "/trusted.pem";
    std::ofstream(path) << drivers::tests::kCertificate;
    ::setenv("SSL_CERT_FILE", path.c_str(), 1);
    const Response answered = asked(url);
    ::unsetenv("SSL_CERT_FILE");
    INFO(answered.why);
    CHECK(answered.problem == Response::Problem::none);
    CHECK(answered.status == 200);
    CHECK(answered.body == "secret");

    // As a flow's `tls` says it, for a staging copy.
    EngineOptions own;
    own.authorities = drivers::tests::kCertificate;
    CHECK(asked(url, own).status == 200);
    EngineOptions anybody;
    anybody.verify = EngineOptions::Verify::no;
    CHECK(asked(url, anybody).status == 200);
}

TEST_CASE("flow file: a certificate authority is read from the flow's own folder, and a link does not lead out of it") {
    const drivers::TemporaryFolder folder("lastunit-ca"), outside("lastunit-ca-outside");
    std::ofstream(folder.path() + "/ca.pem") << drivers::tests::kCertificate;
    std::ofstream(outside.path() + "/ca.pem") << drivers::tests::kCertificate;
    std::ofstream(folder.path() + "/none.pem") << "no certificate";
    std::filesystem::create_symlink(outside.path() + "/ca.pem", folder.path() + "/link.pem");
    const auto loaded = [&](const std::string& tls) {
        const std::string flow =
            "urls: {s: \"https://localhost\"}\nsteps: {a: {post: /a, rules: [{answer: accepted, json: ok}]}}\n"
            "promise: a\ntls: " +
            tls + "\n";
        return load_flow_text(flow, folder.path() + "/flow.yaml", {});
    };
    const auto own = loaded("{ca: ca.pem}").plan, anybody = loaded("{verify: false}").plan;
    REQUIRE(own);
    REQUIRE(anybody);
    CHECK(engine_options(*own).authorities == drivers::tests::kCertificate);
    CHECK(engine_options(*own).verify == EngineOptions::Verify::yes);
    CHECK(engine_options(*anybody).verify == EngineOptions::Verify::no);
    CHECK_THAT(loaded("{ca: none.pem}").errors.at(0).text(), Catch::Contains("has no certificate in PEM form"));
    CHECK_THAT(loaded("{ca: link.pem}").errors.at(0).text(), Catch::Contains("in the flow file's folder"));
}

}  // namespace
}  // namespace lastunit::test
