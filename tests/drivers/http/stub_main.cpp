// The stub shop as a process: lastunit_stub_shop FLAW FLOW. Writes its flow file to FLOW when it is ready, and runs until it is
// killed.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/drivers/http/stub_shop.hpp"

int main(int count, char** words) {
    using lastunit::test::Flaw;
    const std::map<std::string, Flaw> flaws{{"none", Flaw::none},
                                            {"unhurried", Flaw::unhurried},
                                            {"short_tokens", Flaw::short_tokens},
                                            {"oversell", Flaw::oversell},
                                            {"lost_update", Flaw::lost_update},
                                            {"phantom_order", Flaw::phantom_order},
                                            {"missing_order", Flaw::missing_order},
                                            {"lock_timeout", Flaw::lock_timeout},
                                            {"no_allocation", Flaw::no_allocation},
                                            {"order_per_submit", Flaw::order_per_submit}};
    if (count != 3 || !flaws.contains(words[1])) {
        std::string names;
        for (const auto& [name, flaw] : flaws) names += (names.empty() ? "" : "|") + name;
        std::fprintf(stderr, "usage: lastunit_stub_shop %s FLOW\n", names.c_str());
        return 2;
    }
    const lastunit::test::StubShop shop(flaws.at(words[1]));
    const std::string flow = words[2];
    std::ofstream(flow + ".part") << shop.flow();
    std::filesystem::rename(flow + ".part", flow);  // whole or not there
    for (;;) ::pause();
}
