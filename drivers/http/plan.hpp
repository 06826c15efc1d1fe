// A flow file, compiled: what the engine runs. Made by load_flow() (flow_file.hpp); never changed afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/json_path.hpp"
#include "drivers/http/names.hpp"
#include "drivers/http/rules.hpp"
#include "drivers/http/template.hpp"
#include "drivers/http/url.hpp"
#include "model/distribution.hpp"

namespace lastunit::drivers::http {

struct Address {
    Origin origin;
    std::string prefix;  // path before every target, without a slash at its end
    std::string text;    // as it was written
};

struct BaseUrl {
    std::string name;
    std::vector<Address> addresses;  // at least one
};

struct HeaderPlan {
    std::string name;
    Template value;
};

struct ExtractPlan {
    std::string name;
    std::uint16_t slot = 0;  // of a variable; with Each::sku of a hook, of a SKU's value
    JsonPath json;           // or
    std::string header;      // or
    std::string cookie;
    std::optional<std::string> fallback;
};

struct PagesPlan {
    std::uint32_t size = 100, most = 1000;
    JsonPath cursor;
};

struct LinesPlan {
    enum class Sign : std::uint8_t { as_given, magnitude, negated };
    JsonPath rows, id, shopper, lines, sku, units;
    Conditions only;
    std::optional<std::uint16_t> sku_is;
    Sign sign = Sign::as_given;
};

struct CountersPlan {
    JsonPath rows, sku, on_hand, reserved, available;
    std::optional<std::uint16_t> sku_is;
};

struct StepPlan {
    enum class Each : std::uint8_t { once, sku, line };

    enum class Role : std::uint8_t { other, promise };

    std::string name;
    Role role = Role::other;
    std::size_t base = 0;  // of Plan::urls
    std::string method;
    Template target;
    std::vector<HeaderPlan> headers;  // the flow's too, where the step has none of that name
    std::optional<Template> basic, body;
    std::vector<HeaderPlan> form;
    std::string content_type;  // empty: no body
    Duration timeout{};
    std::vector<ExtractPlan> extract;
    std::vector<Rule> rules;  // empty: 2xx is accepted
    std::uint32_t retries = 0;
    Duration retry_after{};
    std::optional<model::Distribution> think;  // microseconds
    Each each = Each::once;
    std::optional<PagesPlan> pages;
    std::optional<LinesPlan> orders, reservations;
    std::optional<CountersPlan> counters;
};

using Steps = std::vector<StepPlan>;

struct SkuDefaults {
    std::string sku;  // `*`: of all others
    std::vector<std::pair<std::uint16_t, std::string>> values;
};

struct Plan {
    std::string file, name, title, description;
    std::vector<BaseUrl> urls;  // the first is the default
    HostList hosts;             // with those of `urls`
    std::vector<std::pair<std::uint16_t, Template>> variables;
    std::vector<SkuDefaults> skus;
    Template identity;
    std::size_t max_response = 0, connections = 0;
    unsigned most_redirects = 0;
    enum class KeepAlive : std::uint8_t { no, yes } keep_alive = KeepAlive::yes;
    enum class Cookies : std::uint8_t { no, yes } cookies = Cookies::yes;
    enum class Spread : std::uint8_t { by_shopper, by_request } spread = Spread::by_shopper;

    Steps steps;
    std::size_t hold = 0, promise = 0;  // of `steps`; hold <= promise
    bool hold_reserves = false;         // else it only looks at the stock
    Steps cancel, webhooks, login, set_up, read_back, look_up;
    Duration settle{};

    std::vector<std::string> variable_names, sku_value_names;  // by slot
    std::vector<std::string> secrets;                          // masked wherever text is shown
    std::vector<std::string> unset;                            // names of the environment that have no value

    bool takes_several_lines() const;  // some step is done for each line
    // Names of SKUs that the flow maps, without `*`.
    std::vector<std::string> named_skus() const;
};

}  // namespace lastunit::drivers::http
