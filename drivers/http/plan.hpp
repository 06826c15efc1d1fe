// A flow file, compiled: what the engine runs. Made by load_flow() (flow_file.hpp); never changed afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/document.hpp"
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

struct TlsPlan {
    enum class Verify : std::uint8_t { no, yes } verify = Verify::yes;
    std::string authorities;  // PEM, believed beside the system's
};

// Some of the answers, by their bits.
class AnswerSet {
   public:
    void add(Answer answer) { bits_ |= 1U << static_cast<unsigned>(answer); }
    bool has(Answer answer) const { return (bits_ >> static_cast<unsigned>(answer) & 1U) != 0; }
    bool empty() const { return bits_ == 0; }

   private:
    std::uint32_t bits_ = 0;
};

struct ExtractPlan {
    std::string name;
    std::uint16_t slot = 0;  // of a variable; with Each::sku of a hook, of a SKU's value
    JsonPath json;           // or
    std::string header;      // or
    std::string cookie;      // or
    std::string link;        // or the body
    std::vector<Template> after;
    std::optional<Template> up_to;
    std::optional<std::string> fallback;
    enum class Lack : std::uint8_t { error, no_value } lack = Lack::error;  // without a fallback
    AnswerSet answers;
};

struct PagesPlan {
    std::uint32_t size = 100, most = 1000;
    JsonPath cursor, total;
    Conditions more;
};

struct RetryPlan {
    std::uint32_t most = 0;
    AnswerSet on;
    Duration wait{}, longest{};
    double backoff = 1;
    enum class RetryAfter : std::uint8_t { ignored, honoured } header = RetryAfter::ignored;
};

struct PollPlan {
    Duration every{}, at_most{};
    Answer exhausted = Answer::unknown;
};

struct LinesPlan {
    enum class Sign : std::uint8_t { as_given, magnitude, negated };
    JsonPath rows, id, shopper, lines, sku, units;
    Conditions only;
    std::optional<std::uint16_t> sku_is;
    Sign sign = Sign::as_given;
    std::optional<std::uint16_t> row_id, row_shopper;  // values of the step's row, where `id` and `shopper` are not given
};

struct CountersPlan {
    JsonPath rows, sku, on_hand, reserved, available;
    std::optional<std::uint16_t> sku_is;
};

struct RowValuePlan {
    std::string name;
    std::uint16_t slot = 0;
    JsonPath path;
};

struct ListPlan {
    JsonPath rows;
    Conditions only;
    std::vector<RowValuePlan> values;
    std::optional<std::uint16_t> id;  // the slot of the value of that name
};

struct ForEachPlan {
    std::size_t step = 0;  // of the same hook, before this one: has a `list`
    std::uint32_t at_once = 16, most = 10'000;
};
// Rows for which a step is done one after the other, before it is done for several at once.
inline constexpr std::size_t kRowsAlone = 3;

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
    std::vector<HeaderPlan> form, multipart;
    std::string content_type;                  // empty: no body; of a multipart one without its boundary
    ReadAs read_as = ReadAs::by_content_type;  // the answer
    Duration timeout{};
    std::vector<ExtractPlan> extract;
    std::vector<Rule> rules;  // empty: 2xx is accepted
    Conditions when;          // of values; empty: always
    RetryPlan retry;
    std::optional<PollPlan> poll;
    enum class Redirects : std::uint8_t { followed, answer } redirects = Redirects::followed;
    std::optional<model::Distribution> think;  // microseconds
    Each each = Each::once;
    std::optional<PagesPlan> pages;
    std::optional<LinesPlan> orders, reservations;
    std::optional<CountersPlan> counters;
    // Whether it may be sent to a shop of which nothing is to be changed: a GET, or a GraphQL query.
    enum class Effect : std::uint8_t { changes, reads } effect = Effect::changes;
    std::optional<ListPlan> list;
    std::optional<ForEachPlan> for_each;
};

using Steps = std::vector<StepPlan>;

struct SkuDefaults {
    std::string sku;  // `*`: of all others
    std::vector<std::pair<std::uint16_t, Template>> values;
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
    TlsPlan tls;

    Steps steps;
    std::size_t hold = 0, promise = 0;  // of `steps`; hold <= promise
    bool hold_reserves = false;         // else it only looks at the stock
    Duration hold_lives{};              // a reservation, at least
    Steps cancel, webhooks, login, set_up, read_back, look_up;
    Duration settle{};

    std::vector<std::string> variable_names, sku_value_names, row_value_names;  // by slot
    std::vector<std::string> secrets;                                           // masked wherever text is shown
    std::vector<std::string> unset;                                             // names of the environment that have no value
    enum class Calls : std::uint8_t { by_name, by_values } calls = Calls::by_values;  // SKUs: whether {{sku}} is used anywhere

    bool takes_several_lines() const;  // some step is done for each line
    // Names of SKUs that the flow maps, without `*`.
    std::vector<std::string> named_skus() const;
};

// The name of a variable that `cancel` sends and that nothing before the promise's answer finds; empty: there is none.
std::string cancel_needs_of_promise(const Plan& plan);
// Whether `cancel` gives up a cart: there is one, and it can be sent before anything is bought. One of an order alone cannot.
bool cancels_carts(const Plan& plan);

}  // namespace lastunit::drivers::http
