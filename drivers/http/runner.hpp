// One step of a flow: the request with its redirects and retries, what the answer means, what is taken from it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/http/actor.hpp"
#include "drivers/http/document.hpp"
#include "drivers/http/engine.hpp"
#include "drivers/http/observer.hpp"
#include "drivers/http/plan.hpp"

namespace lastunit::drivers::http {

// For what a step is done.
struct StepFor {
    SkuEntry* sku = nullptr;  // of a hook's step with `each: sku`: also where its extractions go
    Slots* row = nullptr;     // of a hook's step with `for_each`: also where its extractions go
    std::size_t line = 0;     // of the actor's basket
    const Page* page = nullptr;
    std::int64_t stock = 0;
};

class Runner {
   public:
    Runner(Engine& engine, std::shared_ptr<const Plan> plan, std::string run);

    // `done` gets the document too, where the answer was JSON or XML: it is good until `done` returns. The actor's variables and
    // cookies are up to date then. What `about` points to has to live until then.
    struct Seen {
        const Response& response;
        std::optional<JsonValue> document;
        const Values& values;
        std::string_view problem{};  // of a body that should be a document (document.hpp)
    };
    using Done = std::function<void(const StepResult&, const Seen&)>;
    void run(const StepPlan& step, const std::shared_ptr<Actor>& actor, const StepFor& about, Done done);

    // The actor's variables before its first step.
    void begin(Actor& actor);
    std::string identity(const Actor& actor);  // empty: it is made of what no step has found yet

    void observe(Observer* observer) { observer_ = observer; }
    Observer& observer() { return observer_ != nullptr ? *observer_ : nobody_; }
    Engine& engine() { return engine_; }
    const Plan& plan() const { return *plan_; }
    const std::string& name() const { return run_; }

   private:
    friend class Call;  // call.hpp: one step under way
    Values values_of(const Actor& actor, const StepFor& about) const;
    std::size_t rotation(const Actor& actor) const;

    Engine& engine_;
    const std::shared_ptr<const Plan> plan_;
    const std::string run_;
    std::vector<std::vector<std::string>> rotations_;  // the address of each base URL, for every turn
    DocumentReader reader_;
    Observer* observer_ = nullptr;
    Observer nobody_;
};

}  // namespace lastunit::drivers::http
