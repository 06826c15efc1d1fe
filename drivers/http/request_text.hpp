// A step and an actor's values to the bytes of a request.
#pragma once

#include <string>

#include "drivers/http/plan.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::drivers::http {

struct RequestText {
    Url url;
    std::string method, body;
    std::string headers;        // of the step: whole lines, without Host, Cookie, Connection and those of the body
    std::string authorization;  // dropped where a redirect leads to another host
    std::string content_type;   // empty: no body
    std::string problem;        // not empty: it cannot be made, e.g. a variable has no value
};

RequestText request_of(const StepPlan& step, const Plan& plan, const Address& address, const Values& values);

// The whole of it, for `url`. `cookies`: a Cookie header's value, or empty.
std::string bytes_of(const RequestText& request, const std::string& cookies, Plan::KeepAlive keep_alive);

}  // namespace lastunit::drivers::http
