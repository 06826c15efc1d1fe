#include "tests/drivers/http/scripted_shop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <mutex>
#include <optional>
#include <thread>

#include "drivers/http/answer.hpp"

namespace lastunit::test {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using Error = boost::system::error_code;

}  // namespace

std::string Wanted::header(const std::string& name) const {
    for (const auto& [known, value] : headers)
        if (drivers::http::same_without_case(known, name)) return value;
    return "";
}

struct ScriptedShop::Internals {
    explicit Internals(Script given) : script(std::move(given)), acceptor(io, {net::ip::make_address("127.0.0.1"), 0}) {}

    class Line;
    void accept();

    const Script script;
    net::io_context io{1};
    net::ip::tcp::acceptor acceptor;
    std::thread thread;
    std::mutex mutex;
    std::vector<Wanted> seen;
    std::vector<std::shared_ptr<Line>> silent;  // of the server's thread
};

class ScriptedShop::Internals::Line : public std::enable_shared_from_this<Line> {
   public:
    Line(Internals& shop, net::ip::tcp::socket socket) : shop_(shop), socket_(std::move(socket)) {}

    void read() {
        parser_.emplace();
        beast::http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t) {
            if (!error) self->answer(self->parser_->get());
        });
    }

   private:
    void answer(const beast::http::request<beast::http::string_body>& request) {
        Wanted wanted{std::string(request.method_string()), std::string(request.target()), request.body(), {}};
        for (const auto& field : request)
            wanted.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
        int number = 0;
        {
            const std::lock_guard lock(shop_.mutex);
            shop_.seen.push_back(wanted);
            number = static_cast<int>(shop_.seen.size());
        }
        const Reply reply = shop_.script(wanted, number);
        if (reply.raw == Reply::Raw::silent) return shop_.silent.push_back(shared_from_this());
        const bool raw = reply.raw == Reply::Raw::yes;
        out_ = raw ? reply.body
                   : "HTTP/1.1 " + std::to_string(reply.status) + " X\r\nContent-Type: " + reply.type + "\r\n" + reply.headers +
                         "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
        net::async_write(socket_, net::buffer(out_), [self = shared_from_this(), raw](Error error, std::size_t) {
            if (!error && !raw) self->read();
        });
    }

    Internals& shop_;
    net::ip::tcp::socket socket_;
    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
    std::string out_;
};

void ScriptedShop::Internals::accept() {
    acceptor.async_accept([this](Error error, net::ip::tcp::socket socket) {
        if (error) return;
        std::make_shared<Line>(*this, std::move(socket))->read();
        accept();
    });
}

ScriptedShop::ScriptedShop(Script answer) : internals_(std::make_unique<Internals>(std::move(answer))) {
    internals_->accept();
    internals_->thread = std::thread([this] { internals_->io.run(); });
}

ScriptedShop::~ScriptedShop() {
    internals_->io.stop();
    internals_->thread.join();
}

std::string ScriptedShop::url() const {
    return "http://127.0.0.1:" + std::to_string(internals_->acceptor.local_endpoint().port());
}

std::vector<Wanted> ScriptedShop::seen() const {
    const std::lock_guard lock(internals_->mutex);
    return internals_->seen;
}

}  // namespace lastunit::test
