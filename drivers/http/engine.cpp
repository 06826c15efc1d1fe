#include "drivers/http/engine.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <map>

#include "drivers/driver.hpp"
#include "drivers/http/connection.hpp"

namespace lastunit::drivers::http {

struct Engine::Internals {
    struct Waiting {
        Exchange exchange;
        Done done;
    };
    struct Host {
        enum class Known : std::uint8_t { no, asked, yes } known = Known::no;
        Endpoints endpoints;
        std::vector<std::shared_ptr<Connection>> idle;  // the one used last is at the end
        std::vector<Waiting> unresolved;
    };

    explicit Internals(EngineOptions given) : options(given), guard(net::make_work_guard(io)), resolver(io) {
        boost::system::error_code unreadable;
        tls.set_default_verify_paths();
        if (!options.authorities.empty()) tls.add_certificate_authority(net::buffer(options.authorities), unreadable);
        tls.set_verify_mode(options.verify == EngineOptions::Verify::yes ? net::ssl::verify_peer : net::ssl::verify_none);
    }

    void start(Waiting request);
    bool starts(Waiting& request);
    void with_connection(Waiting request, std::shared_ptr<Connection> connection);
    void connect(Waiting request);
    void resolve(const Origin& origin);
    void resolved(const Origin& origin, const boost::system::error_code& error,
                  const net::ip::tcp::resolver::results_type& results);
    void put_back(const Origin& origin, std::shared_ptr<Connection> connection);
    void closed();
    void next();
    bool make_room(const Origin& wanted);
    static void refuse(const Waiting& request, const std::string& why) {
        Response response;
        response.problem = Response::Problem::not_sent;
        response.why = why;
        response.sent_ns = response.answered_ns = steady_now_ns();
        request.done(std::move(response));
    }

    EngineOptions options;
    net::io_context io{1};
    net::executor_work_guard<Executor> guard;
    net::ssl::context tls{net::ssl::context::tls_client};
    net::ip::basic_resolver<net::ip::tcp, Executor> resolver;
    std::map<Origin, Host> hosts;
    std::deque<Waiting> waiting;  // for a connection
    Figures figures;
};

void Engine::Internals::start(Waiting request) {
    if (!starts(request)) waiting.push_back(std::move(request));
}

// False: all connections are in use, and the request is as it was.
bool Engine::Internals::starts(Waiting& request) {
    Host& host = hosts[request.exchange.origin];
    while (!host.idle.empty()) {
        const std::shared_ptr<Connection> connection = std::move(host.idle.back());
        host.idle.pop_back();
        if (connection->looks_alive()) {
            with_connection(std::move(request), connection);
            return true;
        }
        connection->close();
        --figures.open;
    }
    // Before there is a connection for it: a name that nobody knows would take one away for nothing.
    if (host.known != Host::Known::yes) {
        const Origin origin = request.exchange.origin;
        host.unresolved.push_back(std::move(request));
        if (host.known == Host::Known::no) resolve(origin);
        return true;
    }
    if (figures.open >= options.connections && !make_room(request.exchange.origin)) return false;
    connect(std::move(request));
    return true;
}

// Closes an idle connection to some other host.
bool Engine::Internals::make_room(const Origin& wanted) {
    for (auto& [origin, host] : hosts) {
        if (origin == wanted || host.idle.empty()) continue;
        host.idle.front()->close();
        host.idle.erase(host.idle.begin());
        --figures.open;
        return true;
    }
    return false;
}

void Engine::Internals::resolve(const Origin& origin) {
    Host& host = hosts[origin];
    host.known = Host::Known::asked;
    boost::system::error_code not_numeric;
    const auto address = net::ip::make_address(origin.host, not_numeric);
    if (!not_numeric) {
        host.endpoints = {{address, origin.port}};
        host.known = Host::Known::yes;
        std::vector<Waiting> requests = std::move(host.unresolved);
        for (Waiting& request : requests) start(std::move(request));
        return;
    }
    resolver.async_resolve(origin.host, std::to_string(origin.port),
                           [this, origin](const auto& error, const auto& results) { resolved(origin, error, results); });
}

void Engine::Internals::resolved(const Origin& origin, const boost::system::error_code& error,
                                 const net::ip::tcp::resolver::results_type& results) {
    Host& host = hosts[origin];
    host.known = error ? Host::Known::no : Host::Known::yes;
    for (const auto& one : results) host.endpoints.push_back(one.endpoint());
    const std::vector<Waiting> requests = std::move(host.unresolved);
    host.unresolved.clear();
    for (const Waiting& request : requests) {
        if (error)
            refuse(request, origin.host + ": " + error.message());
        else
            start(request);
    }
    next();
}

void Engine::Internals::connect(Waiting request) {
    ++figures.open;
    ++figures.connections_opened;
    figures.most_open = std::max(figures.most_open, figures.open);
    const Host& host = hosts[request.exchange.origin];
    auto connection = make_connection(io, &tls, request.exchange.origin, options.keep_alive);
    const Duration timeout = request.exchange.timeout;
    Connection& opening = *connection;
    opening.open(host.endpoints, timeout,
                 [this, request = std::move(request), connection = std::move(connection)](const std::string& problem) mutable {
                     if (problem.empty()) return with_connection(std::move(request), connection);
                     const std::string why = request.exchange.origin.authority() + ": " + problem;
                     const Waiting refused = std::move(request);
                     closed();
                     refuse(refused, why);
                 });
}

void Engine::Internals::with_connection(Waiting request, std::shared_ptr<Connection> connection) {
    ++figures.requests;
    const bool again = connection->used && request.exchange.repeatable == Exchange::Repeatable::yes;
    const Origin origin = request.exchange.origin;
    Waiting repeat;
    if (again) repeat.exchange = request.exchange;
    Connection& line = *connection;
    line.exchange(std::move(request.exchange),
                  [this, origin, again, connection = std::move(connection), done = std::move(request.done),
                   repeat = std::move(repeat)](Response&& response, Connection::After after) mutable {
                      if (after == Connection::After::reusable)
                          put_back(origin, std::move(connection));
                      else
                          closed();
                      if (after == Connection::After::dead && again) {
                          repeat.exchange.repeatable = Exchange::Repeatable::no;
                          repeat.done = std::move(done);
                          return start(std::move(repeat));
                      }
                      done(std::move(response));
                  });
}

void Engine::Internals::put_back(const Origin& origin, std::shared_ptr<Connection> connection) {
    hosts[origin].idle.push_back(std::move(connection));
    next();
}

void Engine::Internals::closed() {
    --figures.open;
    next();
}

void Engine::Internals::next() {
    while (!waiting.empty()) {
        Waiting request = std::move(waiting.front());
        waiting.pop_front();
        if (starts(request)) continue;
        waiting.push_front(std::move(request));
        return;
    }
}

Engine::Engine(EngineOptions options) : internals_(std::make_unique<Internals>(options)) {}

Engine::~Engine() {
    internals_->io.stop();
    for (auto& [origin, host] : internals_->hosts)
        for (const auto& connection : host.idle) connection->close();
}

void Engine::exchange(Exchange exchange, Done done) {
    net::post(internals_->io, [this, request = Internals::Waiting{std::move(exchange), std::move(done)}]() mutable {
        internals_->start(std::move(request));
    });
}

void Engine::after(Duration delay, std::function<void()> call) {
    const auto timer = std::make_shared<Timer>(internals_->io, std::chrono::microseconds(delay.us));
    timer->async_wait([timer, call = std::move(call)](const boost::system::error_code& error) {
        if (!error) call();
    });
}

void Engine::post(std::function<void()> call) { net::post(internals_->io, std::move(call)); }

bool Engine::run_until(const std::function<bool()>& finished, Duration at_most) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(at_most.us);
    internals_->io.restart();
    while (!finished()) {
        if (std::chrono::steady_clock::now() >= end) return false;
        internals_->io.run_one_until(std::min(end, std::chrono::steady_clock::now() + std::chrono::milliseconds(100)));
    }
    return true;
}

// Not restarted: a stop that came before it began counts.
void Engine::run() { internals_->io.run(); }

void Engine::stop() { internals_->io.stop(); }

Engine::Figures Engine::figures() const { return internals_->figures; }

}  // namespace lastunit::drivers::http
