#include "drivers/http/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffer_traits.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <limits>
#include <optional>

#include "drivers/driver.hpp"

namespace lastunit::drivers::http {
namespace {

namespace beast = boost::beast;
using Error = boost::system::error_code;
using Plain = Socket;
using Tls = net::ssl::stream<Socket>;

constexpr std::size_t kKeptBuffer = 4096;  // of an idle connection, bytes
constexpr std::uint32_t kMostHeader = 64 * 1024;
// What is read and not yet taken for a body: a head, the head of a chunk, trailers. No body's bound is on these.
constexpr std::size_t kMostBuffer = 2 * kMostHeader;

std::string seconds_text(Duration span) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3gs", span.seconds());
    return text;
}

// A body of at most so many bytes. Beast 1.74 forgets its own limit where the body begins in the buffer that ends the header.
struct BoundedBody {
    struct value_type {
        std::string text;
        std::size_t most = 0;
    };
    class reader {
       public:
        template <bool request, class Fields> reader(beast::http::header<request, Fields>&, value_type& body) : body_(body) {}

        void init(const boost::optional<std::uint64_t>& length, Error& error) {
            error = {};
            if (!length) return;
            if (*length > body_.most)
                error = beast::http::error::body_limit;
            else
                body_.text.reserve(static_cast<std::size_t>(*length));
        }
        template <class Buffers> std::size_t put(const Buffers& buffers, Error& error) {
            error = {};
            const std::size_t size = beast::buffer_bytes(buffers);
            if (size > body_.most - body_.text.size()) {
                error = beast::http::error::body_limit;
                return 0;
            }
            for (const net::const_buffer buffer : beast::buffers_range_ref(buffers))
                body_.text.append(static_cast<const char*>(buffer.data()), buffer.size());
            return size;
        }
        void finish(Error& error) { error = {}; }

       private:
        value_type& body_;
    };
};

template <class Stream> class StreamConnection final : public Connection,
                                                       public std::enable_shared_from_this<StreamConnection<Stream>> {
   public:
    template <class... Args>
    StreamConnection(net::io_context& io, Origin origin, EngineOptions::KeepAlive keep_alive, Args&&... args)
        : stream_(std::forward<Args>(args)...), timer_(io), origin_(std::move(origin)), keep_alive_(keep_alive) {}

    void open(const Endpoints& endpoints, Duration timeout, std::function<void(std::string)> done) override {
        watch(timeout);
        endpoints_ = endpoints;
        net::async_connect(stream_.lowest_layer(), endpoints_,
                           [self = this->shared_from_this(), done = std::move(done)](Error error, const net::ip::tcp::endpoint&) {
                               self->connected(error, done);
                           });
    }

    void exchange(Exchange exchange, std::function<void(Response&&, After)> done) override {
        exchange_ = std::move(exchange);
        done_ = std::move(done);
        response_ = Response{};
        watch(exchange_.timeout);
        response_.sent_ns = steady_now_ns();
        net::async_write(stream_, net::buffer(exchange_.bytes),
                         [self = this->shared_from_this()](Error error, std::size_t) { self->written(error); });
    }

    bool looks_alive() override {
        char byte = 0;
        const auto got = ::recv(stream_.lowest_layer().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

    void close() override {
        Error ignored;
        stream_.lowest_layer().close(ignored);
        timer_.cancel();
    }

   private:
    // The timer is left alone while its instant is no later than the deadline: one expiry per timeout, not one per request.
    void watch(Duration timeout) {
        timed_out_ = false;
        timeout_ = timeout;
        deadline_ = std::chrono::steady_clock::now() + std::chrono::microseconds(timeout.us);
        if (!armed_ || timer_.expiry() > deadline_) arm();
    }
    void arm() {
        armed_ = true;
        timer_.expires_at(deadline_);
        timer_.async_wait([weak = this->weak_from_this()](Error error) {
            const auto self = weak.lock();
            if (!self || error == net::error::operation_aborted) return;
            self->armed_ = false;
            if (self->deadline_ == Instant{}) return;
            if (std::chrono::steady_clock::now() < self->deadline_) return self->arm();
            self->timed_out_ = true;
            Error ignored;
            self->stream_.lowest_layer().close(ignored);
        });
    }

    std::string why(Error error) const { return timed_out_ ? "nothing within " + seconds_text(timeout_) : error.message(); }

    void connected(Error error, const std::function<void(std::string)>& done) {
        if (error) return unopened(error, done);
        Error ignored;
        stream_.lowest_layer().set_option(net::ip::tcp::no_delay(true), ignored);
        if constexpr (std::is_same_v<Stream, Tls>) {
            // The macro SSL_set_tlsext_host_name, which casts as C does.
            SSL_ctrl(stream_.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, origin_.host.data());
            // With a callback of its own OpenSSL would verify again what the context does not want verified.
            if (SSL_get_verify_mode(stream_.native_handle()) != SSL_VERIFY_NONE)
                stream_.set_verify_callback(net::ssl::host_name_verification(origin_.host));
            stream_.async_handshake(net::ssl::stream_base::client, [self = this->shared_from_this(), done](Error failed) {
                if (failed) return self->unopened(failed, done);
                self->deadline_ = {};
                done("");
            });
        } else {
            deadline_ = {};
            done("");
        }
    }
    void unopened(Error error, const std::function<void(std::string)>& done) {
        std::string problem = why(error);
        if (problem.find("certificate verify failed") != std::string::npos)
            problem +=
                "; a staging copy's own certificate is believed with `tls: {ca: FILE.pem}`, any with `tls: {verify: false}`";
        deadline_ = {};
        close();
        done(problem.empty() ? "no connection" : problem);
    }

    void written(Error error) {
        if (error) return failed(Response::Problem::no_answer, why(error), timed_out_ ? After::closed : After::dead);
        begin_answer();
        read();
    }

    // BoundedBody bounds it; Beast 1.74 takes `none` for a limit that every length is above, in an answer whose head comes alone.
    void begin_answer() {
        parser_.emplace();
        parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
        parser_->get().body().most = exchange_.most_bytes;
        parser_->header_limit(kMostHeader);
    }

    void read() {
        beast::http::async_read(stream_, buffer_, *parser_,
                                [self = this->shared_from_this()](Error error, std::size_t) { self->received(error); });
    }

    void received(Error error) {
        if (!error && parser_->get().result_int() / 100 == 1 && parser_->get().result_int() != 101) {
            begin_answer();  // 103 early hints and the like: the answer is yet to come
            return read();
        }
        if (parser_->is_header_done()) take_head();
        if (error == beast::http::error::body_limit)
            return failed(Response::Problem::too_large,
                          "the answer has more than " + std::to_string(exchange_.most_bytes) + " bytes");
        if (error == beast::http::error::buffer_overflow)
            return failed(Response::Problem::too_large,
                          "a head, a chunk's head or trailers of more than " + std::to_string(kMostBuffer) + " bytes");
        const bool cut = timed_out_ ||
                         error.category() != beast::http::make_error_code(beast::http::error::end_of_stream).category() ||
                         error == beast::http::error::end_of_stream || error == beast::http::error::partial_message;
        const bool began = parser_->got_some() || buffer_.size() > 0;
        if (error && cut)
            return failed(Response::Problem::no_answer, why(error), timed_out_ || began ? After::closed : After::dead);
        if (error) return failed(Response::Problem::garbled, "the answer is not HTTP: " + error.message());
        response_.body = std::move(parser_->get().body().text);
        // Bytes behind the answer would pass for the answer to somebody else's request.
        const bool reusable = keep_alive_ == EngineOptions::KeepAlive::yes && parser_->get().keep_alive() && buffer_.size() == 0;
        if (buffer_.capacity() > kKeptBuffer) buffer_.shrink_to_fit();
        finish(reusable ? After::reusable : After::closed);
    }

    void take_head() {
        const auto& head = parser_->get();
        response_.status = head.result_int();
        for (const auto& field : head)
            response_.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }

    void failed(Response::Problem problem, std::string why, After after = After::closed) {
        response_.problem = problem;
        response_.why = std::move(why);
        finish(after);
    }

    void finish(After after) {
        response_.answered_ns = steady_now_ns();
        deadline_ = {};
        parser_.reset();
        if (after != After::reusable) close();
        exchange_.bytes = {};
        used = true;
        const auto done = std::move(done_);
        done_ = nullptr;
        Response response = std::move(response_);  // the next request may begin before this one's answer has been looked at
        done(std::move(response), after);
    }

    using Instant = std::chrono::steady_clock::time_point;
    Stream stream_;
    Timer timer_;
    Instant deadline_{};  // none while it is idle
    Duration timeout_{};
    bool armed_ = false, timed_out_ = false;
    Origin origin_;
    EngineOptions::KeepAlive keep_alive_;
    Endpoints endpoints_;
    Exchange exchange_;
    std::function<void(Response&&, After)> done_;
    Response response_;
    beast::flat_buffer buffer_{kMostBuffer};
    std::optional<beast::http::response_parser<BoundedBody>> parser_;
};

}  // namespace

std::shared_ptr<Connection> make_connection(net::io_context& io, net::ssl::context* context, const Origin& origin,
                                            EngineOptions::KeepAlive keep_alive) {
    if (origin.scheme == Scheme::http)
        return std::make_shared<StreamConnection<Plain>>(io, origin, keep_alive, io.get_executor());
    return std::make_shared<StreamConnection<Tls>>(io, origin, keep_alive, Socket(io.get_executor()), *context);
}

}  // namespace lastunit::drivers::http
