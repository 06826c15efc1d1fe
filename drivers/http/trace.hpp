// Everything that goes over the wire, as text for a person, without secrets.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "drivers/http/observer.hpp"

namespace lastunit::drivers::http {

// Masked: what the environment gave, what `login` extracts, and what `basic` makes of a name and a password.
class Trace : public Observer {
   public:
    // `print` gets whole lines, each with its line break. Bodies are shown up to `most_bytes`.
    Trace(const Plan& plan, std::size_t most_bytes, std::function<void(const std::string&)> print);

    void requested(const Actor& actor, const StepPlan& step, const Url& url, const std::string& bytes) override;
    void responded(const Actor& actor, const StepPlan& step, const Response& response) override;
    void extracted(const Actor& actor, const StepPlan& step, const ExtractPlan& extract, const std::string* value,
                   const std::string& note) override;
    void answered(const Actor& actor, const StepPlan& step, const StepResult& result) override;

    // For text that is shown elsewhere.
    std::string without_secrets(const std::string& text) const;

   private:
    void say(const std::string& text) { print_(without_secrets(text)); }
    void say_body(const char* prefix, std::string_view body);

    std::set<const StepPlan*> logins_;
    std::vector<std::string> secrets_;
    const std::size_t most_bytes_;
    std::function<void(const std::string&)> print_;
};

}  // namespace lastunit::drivers::http
