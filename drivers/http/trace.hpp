// Everything that goes over the wire, as text for a person, without secrets.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "drivers/http/observer.hpp"

namespace lastunit::drivers::http {

// Masked: what the environment gave, what `login` extracts, what `basic` makes of a name and a password, and the hooks' cookies,
// of which one is the administrator's session.
class Trace : public Observer {
   public:
    // `print` gets whole lines, each with its line break. Bodies are shown up to `most_bytes`.
    Trace(const Plan& plan, std::size_t most_bytes, std::function<void(const std::string&)> print);

    void requested(const Actor& actor, const StepPlan& step, const Url& url, const std::string& bytes) override;
    void responded(const Actor& actor, const StepPlan& step, const Response& response) override;
    void extracted(const Actor& actor, const StepPlan& step, const ExtractPlan& extract, const std::string* value,
                   const std::string& note) override;
    void answered(const Actor& actor, const StepPlan& step, const StepResult& result) override;
    void listed(const StepPlan& step, const std::vector<Slots>& rows) override;
    void each_done(const StepPlan& step, std::size_t rows) override;

    // For text that is shown elsewhere.
    std::string without_secrets(const std::string& text) const;

   private:
    void say(const std::string& text) { print_(without_secrets(text)); }
    void say_body(const char* prefix, std::string_view body);
    void say_header(const StepPlan& step, const char* prefix, std::string_view name, std::string_view value);
    void learn_cookies(const Response& response);
    // Of a step for each row of a list, whatever comes after the first rows, which are asked one after the other.
    bool is_hidden(const StepPlan& step) const { return step.for_each && shown_ >= kRowsAlone; }

    std::set<const StepPlan*> logins_, hooks_;  // logins among the hooks
    std::vector<std::string> row_values_;       // names, by slot
    std::size_t shown_ = 0, hidden_ = 0;        // answers and requests of the step for each row that is under way
    std::vector<std::string> secrets_;
    const std::size_t most_bytes_;
    std::function<void(const std::string&)> print_;
};

}  // namespace lastunit::drivers::http
