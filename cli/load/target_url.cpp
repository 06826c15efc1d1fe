#include "cli/load/target_url.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "cli/command.hpp"
#include "model/nearest_name.hpp"

namespace lastunit::cli {
namespace {

enum class Address : std::uint8_t { none, maybe_folder, file, needed, maybe_server };

enum class Options : std::uint8_t { these, the_drivers };  // the_drivers: it reads the URL itself

struct Scheme {
    const char* name;
    Address address;
    const char* form;
    Options known = Options::these;
    std::vector<std::string> options = {};
};

const std::vector<Scheme>& schemes() {
    static const std::vector<Scheme> kSchemes{
        {"inproc", Address::maybe_folder, "inproc or inproc:FOLDER"},
        {"grpc", Address::needed, "grpc://HOST:PORT", Options::these, {"token_file", "roots", "way"}},
        {"serve", Address::none, "serve", Options::these, {"way"}},
        {"postgres", Address::maybe_server, "postgres://USER@HOST:PORT/DATABASE or postgres", Options::the_drivers},
        {"http", Address::file, "http:FLOW.yaml", Options::the_drivers},
        {"redis", Address::maybe_server, "redis://HOST:PORT or redis", Options::the_drivers},
    };
    return kSchemes;
}

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// A password may hold what should have been written as %2F or %40: it ends with the last @.
std::string without_password(const std::string& base) {
    const std::size_t begin = base.find("://");
    const std::size_t at = base.rfind('@');
    if (begin == std::string::npos || at == std::string::npos || at < begin + 3) return base;
    const std::size_t colon = base.find(':', begin + 3);
    return colon < at ? base.substr(0, colon) + base.substr(at) : base;
}

// Of libpq, which also knows them written with %.
bool is_secret(const std::string& option) {
    const std::string name = option.substr(0, option.find('='));
    return name == "password" || name == "sslpassword" || name.find('%') != std::string::npos;
}

std::string without_secrets(const std::string& url) {
    const std::size_t question = url.find('?');
    std::string out = without_password(url.substr(0, question));
    if (question == std::string::npos) return out;
    char before = '?';
    std::istringstream options(url.substr(question + 1));
    for (std::string one; std::getline(options, one, '&');) {
        if (is_secret(one)) continue;
        out += before + one;
        before = '&';
    }
    return out;
}

[[noreturn]] void refuse(const TargetUrl& url, const std::string& why) {
    throw BadInput("--target: '" + url.shown() + "' " + why);
}

const Scheme& scheme_of(const TargetUrl& url) {
    std::vector<std::string> names;
    for (const Scheme& one : schemes()) {
        if (one.name == url.scheme) return one;
        names.emplace_back(one.name);
    }
    const std::string near = model::nearest_name(url.scheme, names);
    refuse(url, "names no back end that there is; " + (near.empty() ? "" : "did you mean `" + near + "`? ") + "there are " +
                    target_forms());
}

void read_options(TargetUrl& url, const Scheme& scheme, const std::string& text) {
    std::istringstream list(text);
    for (std::string one; std::getline(list, one, '&');) {
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
            refuse(url, "has the option '" + one + "', which is not NAME=VALUE");
        const std::string name = one.substr(0, equals);
        if (scheme.known == Options::these &&
            std::find(scheme.options.begin(), scheme.options.end(), name) == scheme.options.end()) {
            const std::string near = model::nearest_name(name, scheme.options);
            refuse(url, "has no option '" + name + "'" + (near.empty() ? "" : "; did you mean `" + near + "`?") + " (" +
                            scheme.name + " has " + (scheme.options.empty() ? "none" : listed(scheme.options)) + ")");
        }
        if (url.option(name)) refuse(url, "has the option '" + name + "' twice");
        url.options.emplace_back(name, one.substr(equals + 1));
    }
}

}  // namespace

std::optional<std::string> TargetUrl::option(const std::string& name) const {
    for (const auto& [known, value] : options)
        if (known == name) return value;
    return std::nullopt;
}

std::string TargetUrl::shown() const { return without_secrets(text); }

std::string target_forms() {
    std::vector<std::string> forms;
    for (const Scheme& one : schemes()) forms.emplace_back(one.form);
    return listed(forms);
}

TargetUrl parse_target(const std::string& text) {
    TargetUrl url;
    url.text = text;
    const std::size_t question = text.find('?');
    const std::string path = text.substr(0, question);
    const std::size_t colon = path.find(':');
    url.scheme = path.substr(0, colon);
    if (url.scheme == "postgresql") url.scheme = "postgres";  // libpq knows both
    const Scheme& scheme = scheme_of(url);
    if (colon != std::string::npos) {
        const bool slashes = path.compare(colon, 3, "://") == 0;
        const bool folder = scheme.address == Address::maybe_folder || scheme.address == Address::file;
        if (folder == slashes) refuse(url, std::string("is not written as ") + scheme.form);
        url.address = path.substr(colon + (slashes ? 3 : 1));
        if (url.address.empty() || scheme.address == Address::none) refuse(url, std::string("is not written as ") + scheme.form);
        if (url.scheme == "grpc" && url.address.find('@') != std::string::npos)
            refuse(url, "has a user or password: the contract knows a token, grpc://HOST:PORT?token_file=FILE");
    } else if (scheme.address == Address::needed || scheme.address == Address::file) {
        refuse(url, std::string("lacks an address: it is written as ") + scheme.form);
    }
    if (question != std::string::npos) read_options(url, scheme, text.substr(question + 1));
    return url;
}

}  // namespace lastunit::cli
