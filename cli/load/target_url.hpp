// The words by which a live back end is named on the command line.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lastunit::cli {

// inproc, inproc:FOLDER, grpc://HOST:PORT, postgres://..., redis://..., http:FLOW; serve, postgres, redis without an address: a
// private server. Options follow a `?`, separated by `&`.
struct TargetUrl {
    std::string text;     // as written
    std::string scheme;   // inproc, grpc, serve, postgres, redis, http
    std::string address;  // what stands between scheme and options: HOST:PORT, a folder, a flow; empty: a private server, or none
    std::vector<std::pair<std::string, std::string>> options;

    std::optional<std::string> option(const std::string& name) const;
    // As written, but for a password, before the host or among the options: what may stand in a record.
    std::string shown() const;
};

// Throws BadInput: an unknown scheme (with those that there are, and the nearest), an address that is missing or out of place, an
// option that is not NAME=VALUE, there twice, or not one of the scheme's (with those that there are).
TargetUrl parse_target(const std::string& text);

// One line per form, for a help text or an error.
std::string target_forms();

}  // namespace lastunit::cli
