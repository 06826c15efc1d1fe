// An answer arrives in whatever pieces the network makes of it.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>

#include "drivers/http/engine.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;
namespace net = boost::asio;

// Sends one answer on as many connections as it has places to be cut at, each time in two pieces with a pause between.
class CuttingServer {
   public:
    explicit CuttingServer(std::string answer)
        : answer_(std::move(answer)), acceptor_(io_, {net::ip::make_address("127.0.0.1"), 0}), thread_([this] {
              for (std::size_t cut = 1; cut < answer_.size(); ++cut) serve(cut);
          }) {}
    ~CuttingServer() { thread_.join(); }
    std::size_t cuts() const { return answer_.size() - 1; }
    Url url() const { return *parse_url("http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())); }

   private:
    void serve(std::size_t cut) {
        boost::system::error_code ignored;
        net::ip::tcp::socket line = acceptor_.accept();
        line.set_option(net::ip::tcp::no_delay(true), ignored);
        std::string request;
        net::read_until(line, net::dynamic_buffer(request), "\r\n\r\n", ignored);
        net::write(line, net::buffer(answer_.data(), cut), ignored);
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
        net::write(line, net::buffer(answer_.data() + cut, answer_.size() - cut), ignored);
    }

    const std::string answer_;
    net::io_context io_;
    net::ip::tcp::acceptor acceptor_;
    std::thread thread_;
};

Response asked(Engine& engine, const Url& url) {
    Exchange exchange;
    exchange.origin = url.origin;
    exchange.bytes = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    exchange.timeout = seconds(60);
    exchange.most_bytes = 100;
    std::optional<Response> out;
    engine.exchange(exchange, [&](Response&& response) { out = std::move(response); });
    REQUIRE(engine.run_until([&] { return out.has_value(); }, seconds(120)));
    return *out;
}

TEST_CASE("http engine: wherever an answer is cut in two, it is the same answer") {
    const auto answer =
        GENERATE(as<std::string>{}, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"id\": 1}",
                 "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"id\": 1}",
                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"id\r\n5\r\n\": 1}\r\n0\r\n\r\n",
                 "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"id\": 1}");
    CuttingServer server(answer);
    EngineOptions options;
    options.keep_alive = EngineOptions::KeepAlive::no;
    Engine engine(options);
    for (std::size_t cut = 1; cut <= server.cuts(); ++cut) {
        const Response response = asked(engine, server.url());
        CAPTURE(answer, cut, response.why);
        CHECK(response.problem == Response::Problem::none);
        CHECK(response.status == 200);
        CHECK(response.body == "{\"id\": 1}");
    }
}

}  // namespace
}  // namespace lastunit::test
