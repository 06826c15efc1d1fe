// One connection to one origin, plain or TLS, with one request at a time.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "drivers/http/engine.hpp"

namespace lastunit::drivers::http {

namespace net = boost::asio;
using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<net::ip::tcp, Executor>;
using Timer = net::basic_waitable_timer<std::chrono::steady_clock, net::wait_traits<std::chrono::steady_clock>, Executor>;
using Endpoints = std::vector<net::ip::tcp::endpoint>;

class Connection {
   public:
    virtual ~Connection() = default;

    // Connects, and shakes hands where it is TLS. `done`: empty when it is ready, else why not.
    virtual void open(const Endpoints& endpoints, Duration timeout, std::function<void(std::string)> done) = 0;

    // dead: closed from the other side before anything of an answer came, as a shop does with a connection that was idle for too
    // long. Not after a timeout: the shop may be at work on it.
    enum class After : std::uint8_t { reusable, closed, dead };
    // `bytes` is kept by the connection. One at a time.
    virtual void exchange(Exchange exchange, std::function<void(Response&&, After)> done) = 0;

    virtual bool looks_alive() = 0;  // of an idle one: nothing came, nobody closed it
    virtual void close() = 0;

    bool used = false;  // it has answered before
};

// `context`: of https.
std::shared_ptr<Connection> make_connection(net::io_context& io, net::ssl::context* context, const Origin& origin,
                                            EngineOptions::KeepAlive keep_alive);

}  // namespace lastunit::drivers::http
