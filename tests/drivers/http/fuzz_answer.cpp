// libFuzzer: the bytes are what a shop answers to every request, over a socket: HTTP, redirects, cookies, JSON and XML (by its
// content type, and of a step that says so), rules, extractions.
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <thread>

#include "drivers/http/flow_file.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"

namespace {

namespace net = boost::asio;
using namespace lastunit;
using namespace lastunit::drivers::http;

// One connection at a time, closed after the answer.
class Server {
   public:
    Server() : acceptor_(io_, {net::ip::make_address("127.0.0.1"), 0}) {
        std::thread([this] {
            while (true) serve();
        }).detach();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }
    void answer(std::string bytes) {
        const std::lock_guard lock(mutex_);
        bytes_ = std::move(bytes);
    }

   private:
    void serve() {
        boost::system::error_code error;
        net::ip::tcp::socket line = acceptor_.accept(error);
        std::string request, bytes;
        net::read_until(line, net::dynamic_buffer(request), "\r\n\r\n", error);
        {
            const std::lock_guard lock(mutex_);
            bytes = bytes_;
        }
        net::write(line, net::buffer(bytes), error);
        line.set_option(net::socket_base::linger(true, 0), error);  // no port is left waiting
        line.shutdown(net::ip::tcp::socket::shutdown_send, error);
        line.receive(net::buffer(request), 0, error);
    }

    net::io_context io_;
    net::ip::tcp::acceptor acceptor_;
    std::mutex mutex_;
    std::string bytes_;
};

std::string flow_at(const std::string& url) {
    return "urls: {shop: \"" + url + R"("}
max_response: 4kB
timeout: 2s
keep_alive: false
most_redirects: 2
steps:
  c:
    get: /c
    read_as: xml
    extract:
      x: {json: "a.b[@c=1].#text", optional: true, answers: [accepted, error, unknown]}
    rules:
      - {answer: error, json: "a[*].b[-1]", at_most: 3}
      - {answer: accepted, json: a, absent: true}
      - {answer: accepted, status: [2xx, 3xx]}
  a:
    get: /a
    extract:
      j: {json: "a[0].b", optional: true, answers: [accepted, error, unknown]}
      h: {header: location, after: ["/"], up_to: "?", optional: true}
      c: {cookie: s, optional: true}
      l: {link: next, optional: true}
      t: {after: ['value="', "{{shopper}}"], up_to: '"', optional: true}
    rules:
      - {answer: error, json: a, at_least: "{{quantity}}"}
      - {answer: conflict, status: ["429"]}
      - {answer: accepted, status: [2xx, 3xx]}
    retries: {most: 1, honour_retry_after: true, longest: 1ms}
  b:
    post: "/b/{{j | default: 'none'}}"
    headers: {x: "{{h}}", y: "{{c | url_decode | default: ''}}"}
    json: '{"a": {{t | default: 1}}, "b": "{{l | html_unescape | default: 2}}"}'
    redirects: stop
    rules: [{answer: accepted, body_contains: "{{t}}"}]
  d:
    post: /d
    xml: '<a b="{{x}}"><![CDATA[{{x}}]]></a>'
    redirects: stop
    rules: [{answer: accepted, status: [2xx]}]
promise: d
)";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Server& server = *new Server;
    static const std::shared_ptr<const Plan> plan = load_flow_text(flow_at(server.url()), "fuzz.yaml", {}).plan;
    static Engine& engine = *new Engine(engine_options(*plan));
    static Shop& shop = *new Shop(engine, plan, "fuzz", {"A"});
    server.answer(std::string(data, data + size));
    bool over = false;
    const auto shopper = shop.shopper(1, {{shop.skus().data(), 1}});
    run_steps(shop.runner(), plan->steps, shopper, {.from = 0, .to = 4, .gate = {}, .think = {}},
              [&](const WayResult&) { over = true; });
    if (!engine.run_until([&] { return over; }, seconds(60))) __builtin_trap();
    return 0;
}
