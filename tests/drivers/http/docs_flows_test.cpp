// docs/flows/form-shop.yaml and woocommerce-like.yaml against shops that behave so.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "drivers/http/encoding.hpp"
#include "tests/drivers/http/docs_flow.hpp"
#include "tests/drivers/http/scripted_shop.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::string field(const std::string& form, const std::string& name) {
    const std::size_t at = ("&" + form).find("&" + name + "=");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 1;
    return percent_decoded(form.substr(begin, form.find('&', begin) - begin)).value_or("");
}

// What is behind `prefix`, up to the next slash.
std::string part(const std::string& target, const std::string& prefix) {
    return target.substr(prefix.size(), target.find('/', prefix.size()) - prefix.size());
}

Reply page(const std::string& body, const std::string& headers = "") { return {200, body, headers, "text/html"}; }

// Pages, forms with a token, a payment in the background, a signed webhook, two depots.
class FormShop {
   public:
    Reply answer(const Wanted& request) {
        const std::string& target = request.target;
        if (target == "/admin/login") return login(request);
        if (target.starts_with("/admin/")) return admin(request);
        if (target == "/webhooks/payments") return webhook(request);
        if (target.starts_with("/products/"))
            return page(R"(<form id="search"><input name="_token" value="other"></form>)"
                        R"(<form id="buy"><input name="_token" value="t&#43;1">)",
                        "Set-Cookie: XSRF-TOKEN=x%3D1; Path=/\r\n");
        if (target == "/basket") return basket(request);
        return order(request);
    }
    int signed_webhooks = 0, polls = 0;

   private:
    struct Order {
        std::string id, email, sku;
        int units = 0, asked = 0;
    };

    static Reply login(const Wanted& request) {
        if (request.method == "GET")
            return page(R"(<input name="_token" value="admin-token">)", "Set-Cookie: before=1; Path=/\r\n");
        const bool good = field(request.body, "_token") == "admin-token" && field(request.body, "password") == "s3cret";
        return good ? Reply{302, "", "Location: /admin\r\nSet-Cookie: session=admin; Path=/\r\n"} : page("wrong password");
    }

    Reply basket(const Wanted& request) {
        if (field(request.body, "_token") != "t+1" || request.header("x-xsrf-token") != "x=1") return {419, "expired"};
        if (++baskets_ % 4 == 1) return {429, "slow down", "Retry-After: 0\r\n"};
        int& left = depots_["north"] > 0 ? depots_["north"] : depots_["south"];
        if (left <= 0) return {302, "", "Location: /products/sold-out\r\n"};
        --left;
        const std::string id = std::to_string(orders_.size() + 1);
        orders_.push_back({id, field(request.body, "email"), field(request.body, "sku"), 1, 0});
        return {302, "", "Location: /orders/" + id + "/pay\r\n"};
    }

    Reply order(const Wanted& request) {
        const auto number = static_cast<std::size_t>(std::stoi(part(request.target, "/orders/")));
        Order& one = orders_.at(number - 1);
        if (request.target.ends_with("/pay")) return {202, "accepted", "", "text/plain"};
        ++polls;
        return {200, ++one.asked < 3 ? R"({"state":"processing"})" : R"({"state":"paid"})"};
    }

    Reply webhook(const Wanted& request) {
        const std::string signature = request.header("signature");
        const std::size_t comma = signature.find(",v1=");
        if (comma == std::string::npos) return {400, "no signature"};
        const std::string time = signature.substr(2, comma - 2);
        if (signature.substr(comma + 4) != hex(hmac_sha256("whsec", time + "." + request.body))) return {400, "forged"};
        ++signed_webhooks;
        return {200, "{}"};
    }

    Reply admin(const Wanted& request) {
        if (request.header("cookie").find("session=admin") == std::string::npos) return {403, "{}"};
        if (request.method == "PUT") {
            const std::string depot = request.target.substr(request.target.rfind('/') + 1);
            depots_[depot] = std::stoi(request.body.substr(request.body.find(':') + 1));
            return {200, "{}"};
        }
        if (request.target.starts_with("/admin/stock/"))
            return {200, R"({"depots":[{"units":)" + std::to_string(depots_["north"]) + R"(},{"units":)" +
                             std::to_string(depots_["south"]) + "}]}"};
        const std::size_t at = request.target.find("after=");
        const std::size_t from = at == std::string::npos ? 0 : static_cast<std::size_t>(std::stoi(request.target.substr(at + 6)));
        const std::size_t to = std::min(from + 2, orders_.size());
        std::string rows;
        for (std::size_t i = from; i < to; ++i)
            rows += (i == from ? "" : ",") + (R"({"id":")" + orders_[i].id + R"(","state":"paid","email":")" + orders_[i].email +
                                              R"(","sku":")" + orders_[i].sku + R"(","units":1})");
        const std::string next =
            "Link: </admin/orders>; rel=\"first\", </admin/orders?limit=2&after=" + std::to_string(to) + ">; rel=\"next\"\r\n";
        return {200, R"({"orders":[)" + rows + "]}", to < orders_.size() ? next : ""};
    }

    int baskets_ = 0;
    std::map<std::string, int> depots_;
    std::vector<Order> orders_;
};

TEST_CASE("docs: the flow of a shop of pages and forms buys at one, and its books add up") {
    FormShop behind;
    const ScriptedShop shop([&](const Wanted& request, int) { return behind.answer(request); });
    const RaceRun run = raced_by_twelve(plan_of_docs("form-shop.yaml", shop.url()), "form");
    const Verdict verdict = judge(run);
    for (const Finding& finding : verdict.findings) FAIL_CHECK(finding.sentence);
    CHECK(verdict.told == 7);
    CHECK(verdict.orders == 7);
    CHECK(verdict.counter == 7);
    CHECK(behind.signed_webhooks == 7);
    CHECK(behind.polls == 21);
}

// The Store API's cart and checkout, and stock and orders of wc/v3, as far as the flow asks for them.
class WooShop {
   public:
    Reply answer(const Wanted& request) {
        const std::string path = request.target.substr(0, request.target.find('?'));
        if (path.starts_with("/wp-json/wc/v3/")) return rest(request, path.substr(15));
        const std::string known = request.header("cart-token");
        const std::string cart = known.empty() ? "c" + std::to_string(++carts_) : known;
        const std::string headers = "Cart-Token: " + cart + "\r\nNonce: n" + std::to_string(++nonces_) + "\r\n";
        if (path.ends_with("/checkout")) return checkout(request, headers);
        if (path.ends_with("/add-item") && stock_ <= 0)
            return {400, R"({"code":"woocommerce_rest_product_out_of_stock","message":"no"})", headers};
        if (path.ends_with("/select-shipping-rate")) ++rates_chosen;
        return {path.ends_with("/add-item") ? 201U : 200U,
                R"({"items":[],"shipping_rates":[{"package_id":0,"shipping_rates":[{"rate_id":"flat_rate:1"}]}]})", headers};
    }
    int rates_chosen = 0;

   private:
    Reply checkout(const Wanted& request, const std::string& headers) {
        if (--stock_ < 0) {
            stock_ = 0;
            return {400, R"({"code":"woocommerce_product_not_enough_stock"})", headers};
        }
        const std::size_t at = request.body.find("\"email\": \"") + 10;
        emails_.push_back(request.body.substr(at, request.body.find('"', at) - at));
        return {200, R"({"order_id":)" + std::to_string(emails_.size()) + R"(,"payment_result":{"payment_status":"success"}})",
                headers};
    }

    Reply rest(const Wanted& request, const std::string& path) {
        if (request.header("authorization") != "Basic " + base64("admin:s3cret")) return {401, "{}"};
        if (path == "products") return {200, R"([{"id":34}])"};
        if (path == "products/34") {
            if (request.method == "PUT") stock_ = std::stoi(request.body.substr(request.body.find("quantity\":") + 10));
            return {200, R"({"id":34,"stock_quantity":)" + std::to_string(stock_) + "}"};
        }
        std::string rows;
        for (const std::string& email : emails_)
            rows += (rows.empty() ? "" : ",") + (R"({"id":1,"status":"on-hold","billing":{"email":")" + email +
                                                 R"("},"line_items":[{"product_id":34,"quantity":1}]})");
        return {200, "[" + rows + "]", "X-WP-TotalPages: 1\r\n"};
    }

    int carts_ = 0, nonces_ = 0, stock_ = 0;
    std::vector<std::string> emails_;
};

TEST_CASE("docs: the flow of a WooCommerce-like platform buys at one, and its books add up") {
    WooShop behind;
    const ScriptedShop shop([&](const Wanted& request, int) { return behind.answer(request); });
    const RaceRun run = raced_by_twelve(plan_of_docs("woocommerce-like.yaml", shop.url()), "woo");
    const Verdict verdict = judge(run);
    for (const Finding& finding : verdict.findings) FAIL_CHECK(finding.sentence);
    CHECK(verdict.told == 7);
    CHECK(verdict.orders == 7);
    CHECK(verdict.counter == 7);
    CHECK(behind.rates_chosen >= 7);
}

}  // namespace
}  // namespace lastunit::test
