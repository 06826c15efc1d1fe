// A platform as its flow describes it: its SKUs, its hooks, and the runner that shoppers use. Called by the engine's thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "drivers/http/books.hpp"
#include "drivers/http/runner.hpp"

namespace lastunit::drivers::http {

struct Stocked {
    std::string sku;
    std::int64_t units = 0;
};

// What set-up has found, for shoppers of somebody else: values of each SKU, and variables that shoppers see.
struct ShopFound {
    std::vector<Slots> skus;
    Slots variables;
};

// What an engine has to know of a plan.
EngineOptions engine_options(const Plan& plan);

std::string new_run_name();  // that no other run has, of letters and digits

class Shop {
   public:
    // `run`: see `new_run_name`.
    Shop(Engine& engine, std::shared_ptr<const Plan> plan, std::string run, const std::vector<std::string>& skus);

    // Not empty: what went wrong, in one line, with the step. `login` is done before the first of them, and again
    // where a step of theirs is answered that nobody is logged in (any more): 401, 403, or GraphQL's word for it.
    using Done = std::function<void(const std::string& problem)>;
    // Brings every SKU to these units: as many as there are SKUs, in their order.
    void set_up(std::vector<std::int64_t> units, Done done);
    // The same without changing anything: the steps alone that only read, for what they find. Fails where a step that is left out
    // would have found something.
    void find(Done done);
    ShopFound found() const;
    void adopt(const ShopFound& found);  // of the same SKUs, in place of set_up() or find()
    void read_back(std::function<void(const std::string& problem, Books)> done);
    // What the platform has of this shopper: orders alone. Of a flow without `look_up` all books are read for it, once for all
    // who asked before that began.
    void look_up(const std::shared_ptr<Actor>& actor, std::function<void(const std::string& problem, Books)> done);

    // A new shopper, with the flow's variables and what set-up found.
    std::shared_ptr<Actor> shopper(std::uint64_t number, std::vector<BasketLine> lines);

    Runner& runner() { return runner_; }
    const Plan& plan() const { return runner_.plan(); }
    const std::vector<SkuEntry>& skus() const { return skus_; }

   private:
    class Hook;
    void with_login(Done done);
    void log_in(const std::string& what, Done done);
    void renew(std::uint64_t login, Done done);  // unless there was a later one than the `login`-th
    void read_for_all();
    void lend_login(Actor& to) const;  // what the last login has found
    std::string same_skus() const;
    std::string shown(const std::string& problem) const;

    Runner runner_;
    std::vector<SkuEntry> skus_;
    std::shared_ptr<Actor> hooks_;  // what login and the hooks know
    std::uint64_t logins_ = 0;      // so far
    std::vector<Done> renewing_;    // who waits for the next one
    using Read = std::function<void(const std::string& problem, const Books&)>;
    std::vector<Read> for_books_;  // who waits for the next reading of all books
    enum class Reading : std::uint8_t { no, under_way } reading_ = Reading::no;
    std::vector<std::uint16_t> for_shoppers_;    // variables that set-up finds
    std::map<std::string, std::size_t> others_;  // lines of other SKUs at the first reading, by step and kind
};

}  // namespace lastunit::drivers::http
