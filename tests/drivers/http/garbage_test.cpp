// Flow files and answers that are bent in thousands of ways: whatever is read of them, nothing breaks.
#include <catch2/catch.hpp>

#include "tests/drivers/http/garbage.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

// splitmix64: the same numbers everywhere.
class Numbers {
   public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t bound) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return (z ^ (z >> 31U)) % bound;
    }

   private:
    std::uint64_t state_;
};

std::string bent(std::string text, Numbers& numbers) {
    static const char* const kBits[] = {"{{",    "}}",   "[",         "]",    "\"",
                                        "\n",    ":",    "{{env.X}}", "\xff", "$",
                                        "[*]",   "[-1]", "http://",   "../",  "{}",
                                        "&a *a", "|",    "<a>",       "</a>", "<![CDATA[",
                                        "]]>",   "&#0;", " b=\"c\"",  "/>",   "<!DOCTYPE a [",
                                        "@",     "#text"};
    for (std::uint64_t i = 0, changes = 1 + numbers.below(5); i < changes && !text.empty(); ++i) {
        const std::size_t at = numbers.below(text.size());
        switch (numbers.below(4)) {
            case 0:
                text[at] = static_cast<char>(numbers.below(256));
                break;
            case 1:
                text.erase(at, 1 + numbers.below(20));
                break;
            case 2:
                text.insert(at, kBits[numbers.below(std::size(kBits))]);
                break;
            default:
                text.insert(at, text.substr(numbers.below(text.size()), numbers.below(60)));
        }
    }
    return text;
}

TEST_CASE("http: bent flow files, paths, URLs, cookies and documents are read or refused, and nothing else") {
    const StubShop shop;
    const std::string flow = shop.flow();
    const std::string small[] = {"cart.lines[sku={{a}}].id{\"cart\":{\"lines\":[{\"sku\":1}]}}",
                                 "http://127.0.0.1:80/a?b={{a}}#c",
                                 "session=abc; Path=/; Domain=.shop.test; Max-Age=10; Secure",
                                 "[\"a key\"][0][*]{\"a key\":[[1,2]]}",
                                 "shop.o.order[@id={{a}}].n[*]<shop><o><order id=\"1\"><n c=\"d\">2</n></order><x/></o></shop>",
                                 "a.b[-1].#text<a><b>1</b>t<b xsi:nil=\"1\"><![CDATA[&lt;]]></b><b>&amp;</b></a>"};
    Numbers numbers(20260101);
    for (int i = 0; i < 400; ++i) {
        const std::string bytes = bent(flow, numbers);
        INFO(bytes);
        REQUIRE_NOTHROW(read_all(bytes));
    }
    for (int i = 0; i < 20'000; ++i) {
        const std::string bytes = bent(small[numbers.below(std::size(small))], numbers);
        CAPTURE(bytes);
        REQUIRE_NOTHROW(read_all(bytes));
    }
}

TEST_CASE("http: bent answers in JSON and XML are read or refused, and nothing else") {
    const std::string answers[] = {
        "application/json\n{\"s\":{\"@t\":1,\"r\":0,\"o\":[{\"@id\":\"1\",\"who\":\"a@b\",\"sku\":\"TEE\",\"n\":2,"
        "\"l\":[{\"i\":{\"sku\":\"TEE\",\"n\":1.0}}]},{\"sku\":\"CAP\",\"n\":null}]}}",
        "text/xml; charset=utf-8\n<?xml version=\"1.0\"?><s t=\"1\"><r>0</r><o id=\"1\"><who>a@b</who><sku>TEE</sku><n "
        "c=\"d\">2.0</n>"
        "<l><i><sku><![CDATA[TEE]]></sku><n>1</n></i></l></o><o><sku>CAP</sku><n xsi:nil=\"true\"/></o></s>",
        "application/soap+xml\n<!DOCTYPE s [<!ENTITY e \"x\">]><s><!-- a --><o/><o>TEE</o>&e;&lt;&#x41;<?p i?></s>",
    };
    Numbers numbers(20260102);
    for (int i = 0; i < 10'000; ++i) {
        const std::string bytes = bent(answers[numbers.below(std::size(answers))], numbers);
        CAPTURE(bytes);
        REQUIRE_NOTHROW(read_answer(bytes));
    }
}

}  // namespace
}  // namespace lastunit::test
