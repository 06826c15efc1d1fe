// The real shop platforms that can be started here, as data: what they are, what they need, and the files that make one of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lastunit::drivers::targets {

// What keeps two processes of the platform from selling the same unit; what each of them can do is TargetKind::lockings.
enum class Locking : std::uint8_t { as_delivered, redis, postgres };
const char* name_of(Locking locking);  // as in --locking and in LASTUNIT_LOCKING: "default", "redis", "postgres"

struct TargetFile {
    std::string name;  // in the folder that it is installed into
    std::string_view text;
};

struct TargetKind {
    std::string name;                // "vendure"
    std::string title;               // "Vendure"
    std::string version;             // of the platform, as package.json pins it
    std::string summary;             // one line
    unsigned installed_mb = 0;       // megabytes of node_modules
    unsigned memory_mb = 0;          // of one process under load, resident
    unsigned node_major = 20;        // oldest Node.js that it runs on
    std::uint16_t port = 0;          // of its first process where nothing else is said
    std::string health = "/health";  // answers 200 once it can sell
    std::string admin_user;
    std::vector<Locking> lockings;
    std::vector<std::string> environment;  // NAME=VALUE, of every program of it
    // Programs that bring an empty database to a shop with stock, in order; words after `node`.
    std::vector<std::vector<std::string>> prepare;
    std::vector<std::string> start;    // one process; {port} becomes its port
    std::vector<std::string> warm_up;  // buys LASTUNIT_WARM_UP times at LASTUNIT_URLS
    std::vector<TargetFile> files;
};

std::span<const TargetKind> target_kinds();
const TargetKind* find_target(const std::string& name);  // nullptr: there is none

}  // namespace lastunit::drivers::targets
