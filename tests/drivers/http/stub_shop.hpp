// A small REST shop in a thread of its own, correct unless it is given flaws: what the driver's tests buy from.
//
// POST /carts {email, sku, quantity} -> {cart: {id}}, cookie `session`    POST /carts/ID/check -> {ok} or 409 out_of_stock
// POST /carts/ID/pay -> {type: order, order: {id}} | 400 {type: out_of_stock}    POST /carts/ID/cancel    POST /webhooks/payment
// {order} POST /login {user, password} -> {token}; with it: GET, POST /admin/stock/SKU {units}, GET /admin/orders,
// /admin/reservations (limit, offset, email).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace lastunit::test {

enum class Flaw : std::uint8_t {
    none,
    unhurried,           // none: pay waits before it looks and takes in one go
    oversell,            // pay looks first, and takes after a pause
    lost_update,         // pay writes back the count that it read before the pause: rows are right, the counter is not
    phantom_order,       // every third refusal of pay leaves an order behind; check lets everybody pass
    missing_order,       // every third order that pay confirms is not kept
    short_tokens,        // none: a token of the admin is good for a dozen requests
    lock_timeout,        // pay answers 500 while another one is under way, without effect
    no_allocation,       // pay neither checks nor takes
    order_per_submit,    // pay on a paid cart makes one more order
    slow,                // answers after half a minute
    malformed,           // answers of pay are cut-off JSON
    oversized,           // answers of pay are of 4 MB
    redirect_elsewhere,  // pay redirects to another host
    redirect_home,       // pay redirects to itself under another path, which answers
    cut,                 // pay takes effect, and the connection is cut
    not_http,            // pay answers with something else
};

class StubShop {
   public:
    explicit StubShop(Flaw flaw = Flaw::none);
    ~StubShop();

    std::uint16_t port() const;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
    std::uint64_t connections() const;  // accepted so far
    std::string last_authorization() const;
    std::string last_cookie() const;

    // A flow file for it. `extra`: more lines at its end.
    std::string flow(const std::string& extra = "") const;

    struct Internals;

   private:
    std::unique_ptr<Internals> internals_;
};

}  // namespace lastunit::test
