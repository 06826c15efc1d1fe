// docs/flows/bigcommerce-like.yaml and spree-like.yaml against shops that behave so: one looks and takes in one go, one looks
// when the cart is made and never again.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "drivers/http/json.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"
#include "tests/drivers/http/docs_flow.hpp"
#include "tests/drivers/http/scripted_shop.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

enum class Looks : std::uint8_t { when_it_takes, at_the_cart_alone };

constexpr std::size_t kPage = 5;  // orders, however many are asked for

// Text at the keys of a JSON body.
std::string at(const std::string& body, std::initializer_list<const char*> keys) {
    JsonReader reader;
    if (!reader.read(body)) return "";
    JsonValue here = reader.root();
    for (const char* key : keys)
        if (here[key].get(here) != simdjson::SUCCESS) return "";
    return text_of(here).value_or("");
}

std::size_t page_in(const std::string& target) {
    const std::size_t at = target.find("page=");
    return at == std::string::npos ? 1 : static_cast<std::size_t>(std::stoul(target.substr(at + 5)));
}

struct Order {
    std::string id, email;
    bool paid = false;
};

// What both have: carts with an e-mail, one stock, orders, of which the first is a stranger's.
class Behind {
   public:
    explicit Behind(Looks looks) : looks_(looks) {}

   protected:
    bool may_take() const { return looks_ == Looks::at_the_cart_alone || stock_ > 0; }
    Order& order_of(const std::string& id) {
        return *std::find_if(orders_.begin(), orders_.end(), [&](const Order& one) { return one.id == id; });
    }
    std::vector<Order> paid(std::size_t page) const {
        std::vector<Order> all, out;
        std::copy_if(orders_.begin(), orders_.end(), std::back_inserter(all), [](const Order& one) { return one.paid; });
        for (std::size_t i = (page - 1) * kPage; i < std::min(page * kPage, all.size()); ++i) out.push_back(all[i]);
        return out;
    }

    const Looks looks_;
    int stock_ = 0;
    std::map<std::string, std::string> emails_;  // by cart
    std::vector<Order> orders_{{"100", "stranger@example.com", true}};
};

class BigCommerceShop : public Behind {
   public:
    using Behind::Behind;
    int asked_for_lines = 0;

    Reply answer(const Wanted& request) {
        if (request.header("x-auth-token") != "s3cret") return {401, "{}"};
        const std::string path = request.target.substr(0, request.target.find('?'));
        if (path == "/v3/catalog/variants") return {200, R"({"data":[{"id":77,"product_id":7,"sku":"TEE"}]})"};
        if (path == "/v3/inventory/adjustments/absolute") {
            stock_ = std::stoi(request.body.substr(request.body.find("quantity\": ") + 11));
            return {200, R"({"transaction_id":"t"})"};
        }
        if (path == "/v3/inventory/locations/1/items") {
            const std::string stock = std::to_string(stock_);
            return {200, R"({"data":[{"identity":{"sku":"TEE"},"available_to_sell":)" + stock + R"(,"total_inventory_onhand":)" +
                             stock + "}]}"};
        }
        if (path.starts_with("/v2/")) return of_orders(request, path);
        return checkout(request, path);
    }

   private:
    Reply checkout(const Wanted& request, const std::string& path) {
        if (path == "/v3/carts") {
            if (stock_ <= 0) return {422, R"({"title":"not enough in stock"})"};
            const std::string cart = "c" + std::to_string(emails_.size());
            emails_[cart];
            return {201, R"({"data":{"id":")" + cart + R"(","line_items":{"physical_items":[{"id":"i1"}]}}})"};
        }
        const std::string cart = path.substr(14, path.find('/', 14) - 14);
        if (path.ends_with("/billing-address")) emails_.at(cart) = at(request.body, {"email"});
        if (!path.ends_with("/orders"))
            return {200, R"({"data":{"id":")" + cart +
                             R"(","consignments":[{"id":"s1","available_shipping_options":[{"id":"o1"}]}]}})"};
        orders_.push_back({std::to_string(100 + orders_.size()), emails_.at(cart), false});
        return {200, R"({"data":{"id":)" + orders_.back().id + "}}"};
    }

    Reply of_orders(const Wanted& request, const std::string& path) {
        if (path.ends_with("/products")) {
            ++asked_for_lines;
            const std::string id = path.substr(11, path.find('/', 11) - 11);
            if (id == "100") return {500, "nobody should have asked"};
            return {200, R"([{"order_id":)" + id + R"(,"sku":"TEE","quantity":1},{"order_id":)" + id +
                             R"(,"sku":"GIFT","quantity":1}])"};
        }
        if (request.method == "PUT") {
            if (!may_take()) return {409, R"([{"status":409,"message":"not enough stock"}])"};
            --stock_;
            order_of(path.substr(11)).paid = true;
            return {200, R"({"status_id":11})"};
        }
        std::string rows;
        const bool of_one = request.target.find("email=") != std::string::npos;
        const std::size_t from = of_one ? 1 : (page_in(request.target) - 1) * kPage;
        for (std::size_t i = from; i < std::min(from + kPage, orders_.size()); ++i)
            rows +=
                (rows.empty() ? "" : ",") + (R"({"id":)" + orders_[i].id + R"(,"status_id":)" + (orders_[i].paid ? "11" : "0") +
                                             R"(,"billing_address":{"email":")" + orders_[i].email + "\"}}");
        return rows.empty() ? Reply{204, ""} : Reply{200, "[" + rows + "]"};
    }
};

class SpreeShop : public Behind {
   public:
    using Behind::Behind;

    Reply answer(const Wanted& request) {
        const std::string path = request.target.substr(0, request.target.find('?'));
        if (path == "/spree_oauth/token")
            return request.body.find("client_secret=s3cret") == std::string::npos
                       ? Reply{401, "{}"}
                       : Reply{200, R"({"access_token":"adm1n-token"})"};
        if (path.starts_with("/api/v2/storefront/")) return storefront(request, path.substr(19));
        return request.header("authorization") == "Bearer adm1n-token" ? platform(request, path.substr(17)) : Reply{401, "{}"};
    }

   private:
    static Reply data(const std::string& what, unsigned status = 200) { return {status, R"({"data":)" + what + "}"}; }

    Reply storefront(const Wanted& request, const std::string& path) {
        if (path == "cart") {
            const std::string cart = "t" + std::to_string(emails_.size());
            emails_[cart];
            return data(R"({"id":"1","attributes":{"token":")" + cart + "\"}}", 201);
        }
        const std::string cart = request.header("x-spree-order-token");
        if (!request.header("authorization").empty() || emails_.count(cart) == 0) return {404, "{}"};
        const Reply sold_out{422, R"({"error":"Quantity selected of \"Tee\" is not available."})"};
        if (path == "cart/add_item" && stock_ <= 0) return sold_out;
        if (path == "checkout") emails_[cart] = at(request.body, {"order", "email"});
        if (path == "checkout/payment_methods") return data(R"([{"id":"3"}])");
        if (path != "checkout/complete") return data("{}");
        if (!may_take()) return sold_out;
        --stock_;
        orders_.push_back({"R" + std::to_string(orders_.size()), emails_[cart], true});
        return data(R"({"attributes":{"state":"complete","number":")" + orders_.back().id + "\"}}");
    }

    Reply platform(const Wanted& request, const std::string& path) {
        if (path == "variants") return data(R"([{"id":"5"}])");
        if (path == "stock_items") return data(R"([{"id":"31"}])");
        if (path == "stock_items/31") {
            if (request.method == "PATCH") stock_ = std::stoi(at(request.body, {"stock_item", "count_on_hand"}));
            return data(R"({"id":"31","attributes":{"count_on_hand":)" + std::to_string(stock_) + "}}");
        }
        std::string rows, included;
        for (const Order& one : paid(page_in(request.target))) {
            const std::string variant = one.id == "100" ? "6" : "5";
            rows += (rows.empty() ? "" : ",") +
                    (R"({"id":"1)" + one.id.substr(1) + R"(","type":"order","attributes":{"state":"complete","number":")" +
                     one.id + R"(","email":")" + one.email + R"("},"relationships":{"line_items":{"data":[{"id":")" + one.id +
                     R"(","type":"line_item"}]}}})");
            included += R"({"id":")" + one.id +
                        R"(","type":"line_item","attributes":{"quantity":1},"relationships":{"variant":{"data":{"id":")" +
                        variant + R"(","type":"variant"}}}},)";
        }
        included +=
            R"({"id":"5","type":"variant","attributes":{"sku":"TEE"}},{"id":"6","type":"variant","attributes":{"sku":"CAP"}})";
        return {200,
                R"({"data":[)" + rows + R"(],"included":[)" + included + R"(],"meta":{"total_count":)" +
                    std::to_string(std::count_if(orders_.begin(), orders_.end(), [](const Order& one) { return one.paid; })) +
                    "}}"};
    }
};

// Everybody looks before anybody takes.
template <class Stand> void check_race(Stand& behind, const std::string& flow, Looks looks) {
    const ScriptedShop shop([&](const Wanted& request, int) { return behind.answer(request); });
    const auto plan = plan_of_docs(flow, shop.url());
    RaceOptions options;
    options.gate = plan->promise;
    const RaceRun run = raced_by_twelve(plan, looks == Looks::when_it_takes ? "sound" : "flawed", options);
    const Verdict verdict = judge(run);
    const std::int64_t sold = looks == Looks::when_it_takes ? 7 : 12;
    CHECK(verdict.told == sold);
    CHECK(verdict.orders == sold);
    CHECK(verdict.counter == sold);
    for (const Finding& finding : verdict.findings) {
        INFO(finding.sentence);
        CHECK((looks == Looks::at_the_cart_alone && finding.kind == FindingKind::oversold && finding.units == 5));
    }
    CHECK(verdict.findings.size() == (looks == Looks::when_it_takes ? 0 : 1));
}

TEST_CASE("docs: a BigCommerce-like platform is read order by order, and oversells when it does not look where it takes") {
    const Looks looks = GENERATE(Looks::when_it_takes, Looks::at_the_cart_alone);
    BigCommerceShop behind(looks);
    check_race(behind, "bigcommerce-like.yaml", looks);
    CHECK(behind.asked_for_lines == (looks == Looks::when_it_takes ? 7 : 12));  // of this run's orders alone
}

TEST_CASE("docs: a Spree-like platform is read by what its answers include, and oversells when it does not look where it takes") {
    const Looks looks = GENERATE(Looks::when_it_takes, Looks::at_the_cart_alone);
    SpreeShop behind(looks);
    check_race(behind, "spree-like.yaml", looks);
}

TEST_CASE("docs: one shopper's order is looked up at both") {
    const auto found = [](auto behind, const std::string& flow) {
        const ScriptedShop shop([&](const Wanted& request, int) { return behind.answer(request); });
        const auto plan = plan_of_docs(flow, shop.url());
        Engine engine(engine_options(*plan));
        Shop of(engine, plan, "r1", {"TEE"});
        std::size_t lines = 0;
        bool over = false;
        of.set_up({3}, [&](const std::string& problem) {
            over = true;
            CHECK(problem.empty());
        });
        REQUIRE(engine.run_until([&] { return over; }, minutes(4)));
        const auto shopper = of.shopper(4, {{of.skus().data(), 1}});
        over = false;
        run_steps(of.runner(), plan->steps, shopper, {.from = 0, .to = plan->promise + 1, .gate = {}, .think = {}},
                  [&](const WayResult& way) {
                      over = true;
                      CHECK(way.answer == Answer::accepted);
                  });
        REQUIRE(engine.run_until([&] { return over; }, minutes(4)));
        over = false;
        of.look_up(shopper, [&](const std::string& problem, const Books& books) {
            CHECK(problem.empty());
            lines = books.orders.size();
            over = true;
        });
        REQUIRE(engine.run_until([&] { return over; }, minutes(4)));
        return lines;
    };
    CHECK(found(SpreeShop(Looks::when_it_takes), "spree-like.yaml") == 1);
    CHECK(found(BigCommerceShop(Looks::when_it_takes), "bigcommerce-like.yaml") == 1);
}

}  // namespace
}  // namespace lastunit::test
