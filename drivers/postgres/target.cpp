#include "drivers/postgres/target.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

namespace {

constexpr unsigned kMost = 1000;
constexpr const char* kCommits[] = {"on", "off", "local", "remote_write", "remote_apply"};

// user:password@host becomes user@host.
std::string without_password(const std::string& base) {
    const std::size_t begin = base.find("//") + 2;
    const std::size_t at = base.find('@', begin);
    const std::size_t slash = base.find('/', begin);
    if (at == std::string::npos || (slash != std::string::npos && slash < at)) return base;
    const std::size_t colon = base.find(':', begin);
    return colon < at ? base.substr(0, colon) + base.substr(at) : base;
}

unsigned number_of(const std::string& name, const std::string& value) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < 1 || number > kMost)
        throw DriverError("postgres: " + name + "=" + value + ": a whole number from 1 to " + std::to_string(kMost));
    return number;
}

// True when the option is ours.
bool take_option(PostgresTarget& target, const std::string& name, const std::string& value) {
    if (name == "mode") {
        const auto mode = postgres_mode_named(value);
        if (!mode) throw DriverError("postgres: mode=" + value + ": there are " + postgres_mode_names());
        target.mode = *mode;
    } else if (name == "connections") {
        target.connections = number_of(name, value);
    } else if (name == "pipeline") {
        target.pipeline = number_of(name, value);
    } else if (name == "synchronous_commit") {
        if (std::find(std::begin(kCommits), std::end(kCommits), value) == std::end(kCommits))
            throw DriverError("postgres: synchronous_commit=" + value + ": on, off, local, remote_write or remote_apply");
        target.synchronous_commit = value;
    } else {
        return false;
    }
    return true;
}

// libpq reads the rest of the URL.
void read_connection(const std::string& url, PostgresTarget& target) {
    char* problem = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(PQconninfoParse(url.c_str(), &problem),
                                                                                 PQconninfoFree);
    if (!options) {
        std::string what = problem != nullptr ? problem : "out of memory";
        // libpq quotes the token that it cannot read, which may be a password.
        if (what.find("percent-encoded") != std::string::npos)
            what = "what follows a % in the URL is not two hexadecimal digits: write % itself as %25";
        PQfreemem(problem);
        while (!what.empty() && what.back() == '\n') what.pop_back();
        const std::string ours = what.find("URI query parameter") != std::string::npos
                                     ? " (beside libpq's there are mode, connections, pipeline, synchronous_commit)"
                                     : "";
        throw DriverError("postgres: " + what + ours);
    }
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option)
        if (option->val != nullptr) target.connection.emplace_back(option->keyword, option->val);
}

}  // namespace

PostgresTarget parse_postgres_url(const std::string& url) {
    if (!url.starts_with("postgres://") && !url.starts_with("postgresql://"))
        throw DriverError("postgres: a URL is postgres://USER@HOST:PORT/DATABASE?mode=MODE");
    PostgresTarget target;
    const std::size_t question = url.find('?');
    const std::string base = url.substr(0, question);
    std::string rest;
    std::string shown;
    std::string query = question == std::string::npos ? "" : url.substr(question + 1);
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string option = query.substr(0, end);
        query.erase(0, std::min(end + 1, query.size()));
        const std::size_t equals = std::min(option.find('='), option.size());
        const std::string name = option.substr(0, equals);
        const std::string value = option.substr(std::min(equals + 1, option.size()));
        if (!take_option(target, name, value)) rest += (rest.empty() ? "?" : "&") + option;
        if (name != "password" && name != "sslpassword") shown += (shown.empty() ? "?" : "&") + option;
    }
    read_connection(base + rest, target);
    target.shown = without_password(base) + shown;
    return target;
}

}  // namespace lastunit::drivers
