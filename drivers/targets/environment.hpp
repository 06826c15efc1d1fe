// What the programs of a target (drivers/targets/NAME/*.js) are told, all of it in their environment:
//
//   LASTUNIT_DATABASE_URL    postgres://USER:PASSWORD@127.0.0.1:PORT/DATABASE, empty before the first of them runs
//   LASTUNIT_REDIS_URL       redis://127.0.0.1:PORT; empty: there is none
//   LASTUNIT_LOCKING         default, redis, postgres
//   LASTUNIT_SECRET          for cookies and tokens; another one each time
//   LASTUNIT_ADMIN_USER, LASTUNIT_ADMIN_PASSWORD
//   LASTUNIT_STOCK           {"SKU": UNITS, ...}: what the shop has; the SKU `warm-up` is among them
//   LASTUNIT_RUN_FOLDER      a folder that they may write into
//   LASTUNIT_URLS            base URLs of the shop's processes, with commas between
//   LASTUNIT_WARM_UP         checkouts per process, for the warm-up
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "drivers/targets/kind.hpp"

namespace lastunit::drivers::targets {

using Stock = std::map<std::string, std::uint32_t>;  // SKU -> units

inline constexpr const char* kWarmUpSku = "warm-up";
// Of every shop that is started here: it is reached from this machine alone, and what it sells does not exist.
inline constexpr const char* kAdminPassword = "lastunit-on-loopback";

struct Surroundings {
    std::string database_url, redis_url, run_folder;
    Locking locking = Locking::as_delivered;
    Stock stock;
    std::vector<std::string> urls;
    unsigned warm_up = 0;
};

// "NAME=VALUE", what the kind adds included. Different at every call for its secret: call it once for a shop.
std::vector<std::string> environment_of(const TargetKind& kind, const Surroundings& surroundings);

// "SKU=UNITS" -> into `stock`. Throws DriverError: one line that says what would be right.
void add_stock(Stock& stock, const std::string& text);

std::string stock_json(const Stock& stock);
std::string joined(const std::vector<std::string>& words, const std::string& between);

}  // namespace lastunit::drivers::targets
