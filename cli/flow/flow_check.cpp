#include "cli/flow/flow_check.hpp"

#include <cstdio>

#include "cli/flow/flow_source.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"
#include "drivers/http/trace.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;

constexpr Duration kPatience = minutes(10);
constexpr std::size_t kShownBytes = 4000;

std::string summary(const http::Plan& plan) {
    std::string out = "ok: " + plan.name;
    if (!plan.title.empty()) out += ", " + plan.title;
    out += "\n    steps ";
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        out += (i == 0 ? "" : ", ") + plan.steps[i].name;
        if (i == plan.hold) out += " (hold)";
        if (i == plan.promise) out += " (promise)";
    }
    for (const http::BaseUrl& url : plan.urls) {
        out += "\n    " + url.name;
        for (const http::Address& address : url.addresses) out += " " + address.text;
    }
    for (const http::StepPlan& step : plan.steps)
        for (const http::Address& address : plan.urls[step.base].addresses)
            if (!address.prefix.empty() && step.target.written().starts_with(address.prefix + "/"))
                out += "\n    step " + step.name + ": " + address.prefix + " is in the base URL and in `" +
                       step.target.written() + "`: it is asked for twice, " + address.prefix + step.target.written();
    for (const std::string& name : plan.unset) out += "\n    not set in the environment: " + name;
    return http::masked(out, plan.secrets) + "\n";
}

// Login, set-up, one purchase, read-back, each shown as it happens.
class Tracing {
   public:
    Tracing(std::shared_ptr<const http::Plan> plan, const std::string& sku, std::int64_t stock)
        : engine_(http::engine_options(*plan)),
          trace_(*plan, kShownBytes, [](const std::string& line) { std::fputs(line.c_str(), stdout); }),
          shop_(engine_, std::move(plan), http::new_run_name(), {sku}),
          stock_(stock) {
        shop_.runner().observe(&trace_);
    }

    int run() {
        std::printf("--- set-up\n");
        std::string problem;
        wait([&](auto done) { shop_.set_up({stock_}, [&, done](const std::string& wrong) { problem = wrong, done(); }); });
        if (!problem.empty()) return fail(problem);
        std::printf("--- one shopper\n");
        const auto shopper = shop_.shopper(1, {{shop_.skus().data(), 1}});
        http::WayResult result;
        const http::Steps& steps = shop_.plan().steps;
        wait([&](auto done) {
            http::run_steps(shop_.runner(), steps, shopper, {.from = 0, .to = shop_.plan().promise + 1, .gate = {}, .think = {}},
                            [&, done](const http::WayResult& way) { result = way, done(); });
        });
        wait([&](auto done) { engine_.after(shop_.plan().settle, done); });
        std::printf("--- read-back\n");
        http::Books books;
        wait([&](auto done) {
            shop_.read_back(
                [&, done](const std::string& wrong, http::Books read) { problem = wrong, books = std::move(read), done(); });
        });
        if (!problem.empty()) return fail(problem);
        return conclude(result, *shopper, books);
    }

   private:
    void wait(const std::function<void(std::function<void()>)>& begin) {
        bool over = false;
        begin([&over] { over = true; });
        if (!engine_.run_until([&over] { return over; }, kPatience)) throw BadInput("no end after 10 minutes: given up");
    }

    int fail(const std::string& problem) {
        std::fflush(stdout);
        std::fprintf(stderr, "%s\n", trace_.without_secrets(problem).c_str());
        return kGateFailed;
    }

    int conclude(const http::WayResult& result, const http::Actor& shopper, const http::Books& books) {
        const std::string identity = http::lower_case(shop_.runner().identity(shopper));
        std::int64_t ordered = 0, reserved = 0;
        for (const http::Books::Line& line : books.orders)
            if (line.shopper == identity) ordered += line.units;
        for (const http::Books::Line& line : books.reservations) reserved += line.units;
        const std::string step = shop_.plan().steps[result.step].name;
        std::printf("--- told to the shopper: %s at step `%s`\n", http::name_of(result.answer), step.c_str());
        if (books.has_orders)
            std::printf("    orders: %zu lines read, %lld units of this shopper (%s)\n", books.orders.size(),
                        static_cast<long long>(ordered), identity.c_str());
        if (books.has_reservations) std::printf("    reservations: %lld units in all\n", static_cast<long long>(reserved));
        for (const auto& [sku, counter] : books.counters)
            if (counter.available)
                std::printf("    available: %lld of %lld set\n", static_cast<long long>(*counter.available),
                            static_cast<long long>(stock_));
        const bool bought = result.answer == http::Answer::accepted;
        const bool unread = bought && books.has_orders && ordered == 0;
        if (unread)
            std::printf(
                "    its order is not among those that were read, and a race would call it missing: `shopper`, `only`, "
                "`sku`, `pages`, `settle`?\n");
        return bought && !unread ? kOk : kGateFailed;
    }

    http::Engine engine_;
    http::Trace trace_;
    http::Shop shop_;
    const std::int64_t stock_;
};

}  // namespace

std::string flow_sku(const Arguments& arguments, const std::vector<std::string>& named) {
    if (const auto sku = arguments.get("sku")) return *sku;
    return named.empty() ? "sku" : named.front();
}

int flow_check(const Arguments& arguments) {
    const bool trace = arguments.has("trace");
    const auto plan =
        load_flow_or_explain(arguments.words[1], arguments.all("url"), trace ? Environment::needed : Environment::may_lack);
    if (!plan) return kBadInput;
    std::fputs(summary(*plan).c_str(), stdout);
    if (!trace) return kOk;
    return Tracing(plan, flow_sku(arguments, plan->named_skus()),
                   static_cast<std::int64_t>(arguments.number("units").value_or(10)))
        .run();
}

}  // namespace lastunit::cli
