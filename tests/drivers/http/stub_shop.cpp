#include "tests/drivers/http/stub_shop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "drivers/http/json.hpp"

namespace lastunit::test {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using Error = boost::system::error_code;
using Request = beast::http::request<beast::http::string_body>;

constexpr auto kPause = std::chrono::milliseconds(30);  // between looking and taking

struct Cart {
    std::string email, sku, order;
    int quantity = 0;
    bool cancelled = false;
};
struct Order {
    std::string id, email, sku;
    int quantity = 0;
    bool live = true;
};
struct Reservation {
    std::string order, sku;
    int quantity = 0;
};

struct Answer {
    unsigned status = 200;
    std::string body, headers;
    bool cut = false, raw = false;
};

std::string field(const std::string& body, const char* name) {
    drivers::http::JsonReader reader;
    if (!reader.read(body)) return "";
    drivers::http::JsonValue value;
    if (reader.root()[name].get(value) != simdjson::SUCCESS) return "";
    return drivers::http::text_of(value).value_or("");
}

std::string parameter(const std::string& target, const std::string& name) {
    const std::size_t at = target.find(name + "=");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 1;
    return target.substr(begin, target.find('&', begin) - begin);
}

std::string number(int value) { return std::to_string(value); }

}  // namespace

struct StubShop::Internals {
    explicit Internals(Flaw given) : flaw(given), acceptor(io, {net::ip::make_address("127.0.0.1"), 0}) {}

    class Line;
    void accept();
    void handle(const Request& request, const std::function<void(Answer)>& reply);
    void pay(const std::string& id, const std::function<void(Answer)>& reply);
    void take(const std::string& id, int seen, const std::function<void(Answer)>& reply);
    Answer order(Cart& cart);
    Answer cancel(Cart& cart);
    Answer log_in();
    Answer admin(const Request& request, const std::string& path, const std::string& target);
    Answer orders(const std::string& target) const;
    Answer reservations(const std::string& target) const;

    const Flaw flaw;
    net::io_context io{1};
    net::ip::tcp::acceptor acceptor;
    std::thread thread;
    std::map<std::string, int> stock, units;  // counter, and what was put there
    std::map<std::string, Cart> carts;
    std::vector<Order> all_orders;
    std::vector<Reservation> all_reservations;
    int refusals = 0, paying = 0;
    std::string token = "t0ken-of-admin";
    int logins = 0, asked = 0;  // with that token
    mutable std::mutex mutex;
    std::uint64_t connections = 0;
    std::string last_authorization, last_cookie;
};

class StubShop::Internals::Line : public std::enable_shared_from_this<Line> {
   public:
    Line(Internals& shop, net::ip::tcp::socket socket) : shop_(shop), socket_(std::move(socket)) {}

    void read() {
        parser_.emplace();
        parser_->body_limit(1 << 20);
        beast::http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t) {
            if (error) return;
            const Request& request = self->parser_->get();
            self->shop_.handle(request, [self](Answer answer) { self->write(std::move(answer)); });
        });
    }

   private:
    void write(Answer answer) {
        if (answer.cut) {
            Error ignored;
            socket_.close(ignored);
            return;
        }
        out_ = answer.raw
                   ? answer.body
                   : "HTTP/1.1 " + std::to_string(answer.status) + " X\r\nContent-Type: application/json\r\n" + answer.headers +
                         "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
        net::async_write(socket_, net::buffer(out_), [self = shared_from_this()](Error error, std::size_t) {
            if (!error) self->read();
        });
    }

    Internals& shop_;
    net::ip::tcp::socket socket_;
    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
    std::string out_;
};

void StubShop::Internals::accept() {
    acceptor.async_accept([this](Error error, net::ip::tcp::socket socket) {
        if (error) return;
        socket.set_option(net::ip::tcp::no_delay(true), error);
        {
            const std::lock_guard lock(mutex);
            ++connections;
        }
        std::make_shared<Line>(*this, std::move(socket))->read();
        accept();
    });
}

void StubShop::Internals::handle(const Request& request, const std::function<void(Answer)>& reply) {
    const std::string target(request.target());
    const std::string path = target.substr(0, target.find('?'));
    {
        const std::lock_guard lock(mutex);
        last_authorization = std::string(request[beast::http::field::authorization]);
        last_cookie = std::string(request[beast::http::field::cookie]);
    }
    if (flaw == Flaw::slow) {
        const auto timer = std::make_shared<net::steady_timer>(io, std::chrono::seconds(30));
        return timer->async_wait([timer, reply](Error error) {
            if (!error) reply({200, "{}", ""});
        });
    }
    if (path == "/ping") return reply({200, R"({"ok":true,"id":"x"})", ""});
    if (path == "/login")
        return reply(field(request.body(), "password") == "s3cret" ? log_in() : Answer{401, R"({"error":"who?"})", ""});
    if (path.starts_with("/admin/")) return reply(admin(request, path, target));
    if (path == "/webhooks/payment") return reply({200, "{}", ""});
    if (path == "/carts") {
        const std::string id = "c" + std::to_string(carts.size() + 1);
        carts[id] = {field(request.body(), "email"), field(request.body(), "sku"), "",
                     std::atoi(field(request.body(), "quantity").c_str()), false};
        return reply({201, R"({"cart":{"id":")" + id + R"(","email":")" + carts[id].email + R"("}})",
                      "Set-Cookie: session=" + id + "; Path=/; HttpOnly\r\n"});
    }
    const std::size_t slash = path.find('/', 7);
    const std::string id = path.substr(7, slash - 7), what = slash == std::string::npos ? "" : path.substr(slash + 1);
    const auto cart = carts.find(id);
    if (!path.starts_with("/carts/") || cart == carts.end()) return reply({404, R"({"error":"no such page"})", ""});
    if (what == "cancel") return reply(cancel(cart->second));
    if (what == "check") {
        if (flaw == Flaw::no_allocation || flaw == Flaw::phantom_order || stock[cart->second.sku] >= cart->second.quantity)
            return reply({200, R"({"ok":true})", ""});
        return reply({409, R"({"code":"out_of_stock"})", ""});
    }
    if (what == "pay" || what == "paid-elsewhere") return pay(id, reply);
    reply({404, R"({"error":"no such page"})", ""});
}

void StubShop::Internals::pay(const std::string& id, const std::function<void(Answer)>& reply) {
    const int seen = stock[carts[id].sku];
    if (flaw == Flaw::unhurried || flaw == Flaw::oversell || flaw == Flaw::lost_update || flaw == Flaw::lock_timeout) {
        if (flaw == Flaw::lock_timeout && paying > 0) return reply({500, R"({"error":"lock timeout"})", ""});
        ++paying;
        const auto timer = std::make_shared<net::steady_timer>(io, kPause);
        return timer->async_wait([this, timer, id, seen, reply](Error error) {
            --paying;
            if (!error) take(id, seen, reply);
        });
    }
    take(id, seen, reply);
}

Answer StubShop::Internals::order(Cart& cart) {
    cart.order = "o" + std::to_string(all_orders.size() + 1);
    all_orders.push_back({cart.order, cart.email, cart.sku, cart.quantity, true});
    return {200, R"({"type":"order","order":{"id":")" + cart.order + R"("}})", ""};
}

void StubShop::Internals::take(const std::string& id, int seen, const std::function<void(Answer)>& reply) {
    Cart& cart = carts[id];
    if (!cart.order.empty() && flaw != Flaw::order_per_submit)
        return reply({200, R"({"type":"order","order":{"id":")" + cart.order + R"("}})", ""});
    if (cart.cancelled) return reply({400, R"({"type":"cancelled"})", ""});
    const bool looks_before = flaw == Flaw::oversell || flaw == Flaw::lost_update;
    const int available = looks_before ? seen : stock[cart.sku];
    if (available < cart.quantity && flaw != Flaw::no_allocation) {
        if (flaw == Flaw::phantom_order && refusals++ % 3 == 0)
            all_orders.push_back({"p" + std::to_string(refusals), cart.email, cart.sku, cart.quantity, true});
        return reply({400, R"({"type":"out_of_stock"})", ""});
    }
    Answer answer = order(cart);
    if (flaw != Flaw::no_allocation) {
        stock[cart.sku] = (flaw == Flaw::lost_update ? seen : stock[cart.sku]) - cart.quantity;
        all_reservations.push_back({cart.order, cart.sku, cart.quantity});
    }
    if (flaw == Flaw::missing_order && all_reservations.size() % 3 == 0) all_orders.pop_back();
    if (flaw == Flaw::malformed) answer.body = R"({"type":"ord)";
    if (flaw == Flaw::oversized) answer.body = R"({"type":"order","filler":")" + std::string(4'000'000, 'x') + R"("})";
    if (flaw == Flaw::redirect_elsewhere) answer = {302, "", "Location: http://elsewhere.invalid/thanks\r\n"};
    if (flaw == Flaw::redirect_home) answer = {307, "", "Location: /carts/" + id + "/paid-elsewhere\r\n"};
    if (flaw == Flaw::cut) answer.cut = true;
    if (flaw == Flaw::not_http) answer = {200, "SSH-2.0-OpenSSH\r\n\r\n", "", false, true};
    if (flaw == Flaw::redirect_home && paying++ % 2 == 1)
        answer = {200, R"({"type":"order","order":{"id":")" + cart.order + R"("}})", ""};
    reply(std::move(answer));
}

Answer StubShop::Internals::log_in() {
    if (flaw == Flaw::short_tokens) token = "t0ken-" + number(++logins);
    asked = 0;
    return {200, R"({"token":")" + token + R"("})", ""};
}

Answer StubShop::Internals::cancel(Cart& cart) {
    cart.cancelled = true;
    for (Order& order : all_orders)
        if (order.id == cart.order && order.live) {
            order.live = false;
            stock[cart.sku] += order.quantity;
            std::erase_if(all_reservations, [&](const Reservation& one) { return one.order == order.id; });
        }
    return {200, R"({"cancelled":true})", ""};
}

Answer StubShop::Internals::admin(const Request& request, const std::string& path, const std::string& target) {
    const bool worn_out = flaw == Flaw::short_tokens && ++asked > 12;
    if (worn_out || request[beast::http::field::authorization] != "Bearer " + token) return {401, R"({"error":"who?"})", ""};
    if (path == "/admin/orders") return orders(target);
    if (path == "/admin/reservations") return reservations(target);
    const std::string sku = path.substr(std::string("/admin/stock/").size());
    if (request.method() == beast::http::verb::post) {
        units[sku] = std::atoi(field(request.body(), "units").c_str());
        stock[sku] = units[sku];
        all_reservations.clear();
        return {200, R"({"item":{"id":"item-)" + sku + R"("}})", ""};
    }
    return {
        200,
        R"({"levels":[{"sku":")" + sku + R"(","on_hand":)" + number(units[sku]) + R"(,"available":)" + number(stock[sku]) + "}]}",
        ""};
}

Answer StubShop::Internals::orders(const std::string& target) const {
    const auto limit = static_cast<std::size_t>(std::atoi(parameter(target, "limit").c_str()));
    const auto offset = static_cast<std::size_t>(std::atoi(parameter(target, "offset").c_str()));
    const std::string email = parameter(target, "email");
    std::string rows;
    std::size_t at = 0, count = 0;
    for (const Order& one : all_orders) {
        if (!email.empty() && one.email.substr(0, one.email.find('@')) != email.substr(0, email.find("%40"))) continue;
        if (at++ < offset || count >= limit) continue;
        ++count;
        rows += (rows.empty() ? "" : ",") +
                (R"({"id":")" + one.id + R"(","email":")" + one.email + R"(","state":")" + (one.live ? "paid" : "cancelled") +
                 R"(","lines":[{"sku":")" + one.sku + R"(","quantity":)" + number(one.quantity) + "}]}");
    }
    return {200, R"({"orders":[)" + rows + "]}", ""};
}

Answer StubShop::Internals::reservations(const std::string& target) const {
    const auto limit = static_cast<std::size_t>(std::atoi(parameter(target, "limit").c_str()));
    const auto offset = static_cast<std::size_t>(std::atoi(parameter(target, "offset").c_str()));
    std::string rows;
    for (std::size_t i = offset; i < all_reservations.size() && i < offset + limit; ++i) {
        const Reservation& one = all_reservations[i];
        rows += (rows.empty() ? "" : ",") +
                (R"({"order":")" + one.order + R"(","item":"item-)" + one.sku + R"(","quantity":)" + number(one.quantity) + "}");
    }
    return {200, R"({"reservations":[)" + rows + "]}", ""};
}

StubShop::StubShop(Flaw flaw) : internals_(std::make_unique<Internals>(flaw)) {
    internals_->accept();
    internals_->thread = std::thread([this] { internals_->io.run(); });
}

StubShop::~StubShop() {
    internals_->io.stop();
    internals_->thread.join();
}

std::uint16_t StubShop::port() const { return internals_->acceptor.local_endpoint().port(); }

std::uint64_t StubShop::connections() const {
    const std::lock_guard lock(internals_->mutex);
    return internals_->connections;
}
std::string StubShop::last_authorization() const {
    const std::lock_guard lock(internals_->mutex);
    return internals_->last_authorization;
}
std::string StubShop::last_cookie() const {
    const std::lock_guard lock(internals_->mutex);
    return internals_->last_cookie;
}

std::string StubShop::flow(const std::string& extra) const {
    return "urls: {shop: \"" + url() + "\"}\n" + R"(timeout: 10s
settle: 0
steps:
  cart:
    post: /carts
    json: '{"email": "{{unique.email}}", "sku": "{{sku}}", "quantity": {{quantity}}}'
    extract: {cart: cart.id}
    rules: [{answer: accepted, json: cart.id}]
  check:
    post: /carts/{{cart}}/check
    rules:
      - {answer: accepted, json: ok, is: "true"}
      - {answer: out_of_stock, status: [409], json: code, is: out_of_stock}
  pay:
    post: /carts/{{cart}}/pay
    json: '{"amount": 1999}'
    extract: {order: {json: order.id, fallback: none}}
    rules:
      - {answer: accepted, status: [200], json: type, is: order}
      - {answer: out_of_stock, status: [400], json: type, is: out_of_stock}
      - {answer: error, status: [400], json: type, is: cancelled}
hold: check
promise: pay
cancel:
  cancel:
    post: /carts/{{cart}}/cancel
    rules: [{answer: accepted, json: cancelled, is: "true"}]
webhooks:
  paid:
    post: /webhooks/payment
    json: '{"order": "{{order}}"}'
login:
  admin:
    post: /login
    json: '{"user": "admin", "password": "{{env.STUB_PASSWORD}}"}'
    extract: {token: token}
headers: {authorization: "Bearer {{token}}"}
set_up:
  stock:
    each: sku
    post: /admin/stock/{{sku}}
    json: '{"units": {{stock}}}'
    extract: {item: item.id}
read_back:
  orders:
    get: /admin/orders?limit={{page.size}}&offset={{page.offset}}
    pages: {size: 7}
    orders: {rows: orders, only: [{json: state, is: paid}], id: id, shopper: email, lines: lines, sku: sku, units: quantity}
  reservations:
    get: /admin/reservations?limit={{page.size}}&offset={{page.offset}}
    pages: {size: 7}
    reservations: {rows: reservations, id: order, sku: item, sku_is: item, units: quantity}
  stock:
    each: sku
    get: /admin/stock/{{sku}}
    counters: {rows: levels, sku: sku, on_hand: on_hand, available: available}
look_up:
  mine:
    get: /admin/orders?limit=100&offset=0&email={{unique.email}}
    orders: {rows: orders, only: [{json: state, is: paid}], id: id, shopper: email, lines: lines, sku: sku, units: quantity}
)" + extra;
}

}  // namespace lastunit::test
