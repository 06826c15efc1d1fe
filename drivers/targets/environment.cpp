#include "drivers/targets/environment.hpp"

#include <algorithm>
#include <charconv>
#include <random>

#include "drivers/driver.hpp"

namespace lastunit::drivers::targets {

namespace {

// Both platforms keep units as int32 at least somewhere; sums of some SKUs still fit.
constexpr std::uint32_t kMostUnits = 100'000'000;

bool may_stand_in_a_sku(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

std::string random_secret() {
    std::random_device device;
    std::string secret;
    for (int i = 0; i < 8; ++i) {
        char digits[9];
        secret.append(digits, std::to_chars(digits, digits + sizeof digits, device(), 16).ptr);
    }
    return secret;
}

}  // namespace

void add_stock(Stock& stock, const std::string& text) {
    const std::size_t at = text.rfind('=');
    const std::string sku = text.substr(0, at);
    std::uint32_t units = 0;
    bool right = at != std::string::npos && !sku.empty() && std::all_of(sku.begin(), sku.end(), may_stand_in_a_sku);
    if (right) {
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + at + 1, end, units);
        right = read.ec == std::errc() && read.ptr == end && units <= kMostUnits;
    }
    if (!right)
        throw DriverError("'" + text + "' is not SKU=UNITS: a name of letters, digits, '-', '_' and '.', and at most " +
                          std::to_string(kMostUnits) + " units, e.g. sku-1=10");
    if (sku == kWarmUpSku) throw DriverError("the SKU " + sku + " is kept for the warm-up: choose another name");
    stock[sku] = units;
}

std::string stock_json(const Stock& stock) {
    std::string text;
    for (const auto& [sku, units] : stock) text += (text.empty() ? "\"" : ",\"") + sku + "\":" + std::to_string(units);
    return "{" + text + "}";
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

std::vector<std::string> environment_of(const TargetKind& kind, const Surroundings& surroundings) {
    std::vector<std::string> all = kind.environment;
    const auto add = [&all](const std::string& name, const std::string& value) {
        all.push_back("LASTUNIT_" + name + "=" + value);
    };
    add("DATABASE_URL", surroundings.database_url);
    add("REDIS_URL", surroundings.redis_url);
    add("LOCKING", name_of(surroundings.locking));
    add("SECRET", random_secret());
    add("ADMIN_USER", kind.admin_user);
    add("ADMIN_PASSWORD", kAdminPassword);
    add("STOCK", stock_json(surroundings.stock));
    add("RUN_FOLDER", surroundings.run_folder);
    add("URLS", joined(surroundings.urls, ","));
    add("WARM_UP", std::to_string(surroundings.warm_up));
    return all;
}

}  // namespace lastunit::drivers::targets
