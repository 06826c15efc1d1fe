// A step and an actor's values to the bytes of a request.
#pragma once

#include <string>

#include "drivers/http/plan.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::drivers::http {

struct RequestText {
    Url url;
    std::string method, body;
    // Whole lines, without Host, Cookie, Connection and those of the body.
    std::string headers;      // of the step, the same for everybody
    std::string own_headers;  // with values in them: a token, a key
    std::string authorization;
    std::string content_type;  // empty: no body
    std::string problem;       // not empty: it cannot be made, e.g. a variable has no value
};

// What is left of it where a redirect leads to another origin: no authorization, no header with a value in it.
void leave_origin(RequestText& request);
// What a redirect by GET leaves: no body, and no header of one.
void leave_body(RequestText& request);

RequestText request_of(const StepPlan& step, const Plan& plan, const Address& address, const Values& values);

// The whole of it, for `url`. `cookies`: a Cookie header's value, or empty.
std::string bytes_of(const RequestText& request, const std::string& cookies, Plan::KeepAlive keep_alive);

}  // namespace lastunit::drivers::http
