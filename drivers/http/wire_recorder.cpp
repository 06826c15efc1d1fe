#include "drivers/http/wire_recorder.hpp"

#include <algorithm>

#include "drivers/driver.hpp"
#include "drivers/http/encoding.hpp"
#include "drivers/http/flow_file.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kKeptBytes = 600;

}  // namespace

std::string WireRecorder::shown(const std::string& text) const {
    std::string out = masked(text.substr(0, kKeptBytes * 4), secrets_);  // masked first: a cut could leave half a secret
    out = utf8_cut(out, kKeptBytes);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return out;
}

void WireRecorder::requested(const Actor& actor, const StepPlan& step, const Url& url, const std::string& bytes) {
    const auto found = followed_.find(&actor);
    if (found == followed_.end()) return;
    WireEvent event;
    event.step = step.name;
    event.device = found->second.device;
    const std::int64_t now = steady_now_ns();
    if (first_ns_ == 0) first_ns_ = now;
    event.sent_us = (now - first_ns_) / 1000;
    event.answered_us = -1;
    const std::size_t body = bytes.find("\r\n\r\n");
    event.request = shown(bytes.substr(0, bytes.find(' ')) + " " + url.target +
                          (body == std::string::npos || body + 4 >= bytes.size() ? "" : " " + bytes.substr(body + 4)));
    found->second.events->push_back(std::move(event));
}

// The latest of that step without an answer: a step sent twice at once has two.
WireEvent* WireRecorder::open_event(const Actor& actor, const StepPlan& step) {
    const auto found = followed_.find(&actor);
    if (found == followed_.end()) return nullptr;
    std::vector<WireEvent>& events = *found->second.events;
    const auto open = std::find_if(events.begin(), events.end(), [&](const WireEvent& event) {
        return event.answered_us < 0 && event.step == step.name && event.device == found->second.device;
    });
    return open == events.end() ? nullptr : &*open;
}

void WireRecorder::responded(const Actor& actor, const StepPlan& step, const Response& response) {
    WireEvent* event = open_event(actor, step);
    if (event == nullptr) return;
    last_ns_ = std::max(last_ns_, response.answered_ns);
    // What was sent is known better now than when the request was handed over: it may have waited for a connection.
    if (response.sent_ns > 0) event->sent_us = (response.sent_ns - first_ns_) / 1000;
    event->answered_us = (response.answered_ns - first_ns_) / 1000;
    event->status = response.status;
    event->response = shown(response.body);
    event->why = shown(response.why);
}

void WireRecorder::answered(const Actor& actor, const StepPlan& step, const StepResult& result) {
    const auto found = followed_.find(&actor);
    if (found == followed_.end()) return;
    std::vector<WireEvent>& events = *found->second.events;
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
        if (event->step != step.name || event->device != found->second.device) continue;
        if (event->answered_us != (result.answered_ns - first_ns_) / 1000) continue;
        event->answer = result.answer;
        event->why = shown(result.why);
        return;
    }
}

}  // namespace lastunit::drivers::http
