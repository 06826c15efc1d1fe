// docs/flows/prestashop-like.yaml against a shop whose answers are XML as that platform writes it.
#include <catch2/catch.hpp>
#include <map>

#include "drivers/http/encoding.hpp"
#include "drivers/http/race/judge.hpp"
#include "tests/drivers/http/docs_flow.hpp"
#include "tests/drivers/http/scripted_shop.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::string cdata(const std::string& text) { return "<![CDATA[" + text + "]]>"; }

Reply xml(unsigned status, const std::string& inside) {
    return {status,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<prestashop xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n" + inside +
                "\n</prestashop>\n",
            "", "text/xml;charset=utf-8"};
}

// What the first element of that name in a request holds, bare or as CDATA.
std::string sent(const Wanted& request, const std::string& name) {
    const std::size_t at = request.body.find("<" + name + ">");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 2;
    std::string text = request.body.substr(begin, request.body.find("</" + name + ">", begin) - begin);
    if (text.starts_with("<![CDATA[")) text = text.substr(9, text.size() - 12);
    return text;
}

class PrestaShop {
   public:
    Reply answer(const Wanted& request) {
        if (request.header("authorization") != "Basic " + base64("s3cret:")) return xml(401, errors("Unauthorized"));
        const std::string path = request.target.substr(0, request.target.find('?'));
        if (path == "/api/products") return products(request);
        if (path.starts_with("/api/stock_availables")) return stock(request, path);
        if (path == "/api/customers") return made("customer", emails.emplace_back(sent(request, "email")));
        if (path == "/api/addresses") return made("address", sent(request, "alias"));
        if (path == "/api/carts") return cart(request);
        if (path == "/api/orders") return request.method == "GET" ? orders(request) : order(request);
        return xml(404, errors("no such resource"));
    }
    std::vector<std::string> emails;
    int lists = 0;  // of orders

   private:
    struct Order {
        std::string customer;
        int units = 0;
    };

    // Several, of which the first is the one to go by.
    static std::string errors(const std::string& message) {
        return "<errors><error><code>" + cdata("85") + "</code><message>" + cdata(message) +
               "</message></error><error><message>" + cdata("see the log") + "</message></error></errors>";
    }
    Reply made(const std::string& what, const std::string& of) {
        return xml(201, "<" + what + "><id>" + cdata(std::to_string(++ids_)) + "</id><secure_key>" +
                            cdata(hex(sha256(of)).substr(0, 32)) + "</secure_key></" + what + ">");
    }

    static Reply products(const Wanted& request) {
        const bool known = request.target.ends_with("filter[reference]=[TEE]");
        return xml(200, known ? "<products><product><id>" + cdata("34") + "</id><price>" + cdata("19.900000") +
                                    "</price></product></products>"
                              : "<products>\n</products>");
    }

    Reply stock(const Wanted& request, const std::string& path) {
        if (request.method == "PUT") stock_ = std::stoi(sent(request, "quantity"));
        const std::string one = "<stock_available><id>" + cdata("7") +
                                "</id><id_product xlink:href=\"http://shop/api/products/34\">" + cdata("34") +
                                "</id_product><quantity>" + cdata(std::to_string(stock_)) + "</quantity></stock_available>";
        return xml(200, path.ends_with("/7") ? one : "<stock_availables>" + one + "</stock_availables>");
    }

    Reply cart(const Wanted& request) {
        Reply out = made("cart", "");
        carts_[std::to_string(ids_)] = std::stoi(sent(request, "quantity"));
        return out;
    }

    Reply order(const Wanted& request) {
        const int units = carts_.at(sent(request, "id_cart"));
        if (sent(request, "total_paid") != "19.9") return xml(400, errors("the total is another"));
        if (stock_ < units) return xml(500, errors("Not enough products in stock"));
        stock_ -= units;
        orders_.push_back({sent(request, "id_customer"), units});
        return made("order", "");
    }

    // Of a cancelled order too, and with what an order has besides.
    static std::string row(std::size_t id, const std::string& customer, int units, const std::string& state) {
        return "<order>\n<id>" + cdata(std::to_string(id)) + "</id>\n<id_customer xlink:href=\"http://shop/api/customers/" +
               customer + "\">" + cdata(customer) + "</id_customer>\n<current_state xlink:href=\"http://shop/api/order_states/" +
               state + "\">" + cdata(state) +
               "</current_state><gift_message/>\n<associations><order_rows nodeType=\"order_row\">\n<order_row><id>" +
               cdata(std::to_string(id)) + "</id><product_id xlink:href=\"http://shop/api/products/34\">" + cdata("34") +
               "</product_id><product_quantity>" + cdata(std::to_string(units)) +
               "</product_quantity></order_row>\n</order_rows></associations>\n</order>\n";
    }
    Reply orders(const Wanted& request) {
        ++lists;
        const std::size_t limit = request.target.find("limit=") + 6, comma = request.target.find(',', limit);
        const auto from = static_cast<std::size_t>(std::stoul(request.target.substr(limit, comma - limit)));
        std::string rows;
        for (std::size_t i = from; i < orders_.size(); ++i) rows += row(i + 1, orders_[i].customer, orders_[i].units, "10");
        if (from == 0 && !orders_.empty()) rows += row(1000, orders_[0].customer, 5, "6");
        return xml(200, "<orders>\n" + rows + "</orders>");
    }

    int ids_ = 100, stock_ = 0;
    std::map<std::string, int> carts_;
    std::vector<Order> orders_;
};

TEST_CASE("docs: the flow of a PrestaShop-like platform buys at one whose answers are XML, and its books add up") {
    PrestaShop behind;
    const ScriptedShop shop([&](const Wanted& request, int) { return behind.answer(request); });
    const RaceRun run = raced_by_twelve(plan_of_docs("prestashop-like.yaml", shop.url()), "presta");
    const Verdict verdict = judge(run);
    for (const Finding& finding : verdict.findings) FAIL_CHECK(finding.sentence);
    CHECK(verdict.told == 7);
    CHECK(verdict.orders == 7);
    CHECK(verdict.counter == 7);
    CHECK(verdict.unknown == 0);
    CHECK(behind.lists >= 3);  // none before the shoppers, then a page of rows and an empty one
    REQUIRE(behind.emails.size() == 12);
    CHECK_THAT(behind.emails[0], Catch::Contains("@"));
}

}  // namespace
}  // namespace lastunit::test
