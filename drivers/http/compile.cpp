#include "drivers/http/compile.hpp"

#include <algorithm>
#include <filesystem>

#include "drivers/http/encoding.hpp"
#include "drivers/http/text.hpp"
#include "scenarios/files.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::drivers::http {
namespace {

using google::protobuf::RepeatedPtrField;

std::size_t index_of(const Steps& steps, const std::string& name) {
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const StepPlan& step) { return step.name == name; });
    return static_cast<std::size_t>(found - steps.begin());
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out(1);
    for (const char c : text) {
        if (c != ' ' && c != ',' && c != '\n' && c != '\t')
            out.back() += c;
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

// Without a shopper, a request or a step.
bool known_beforehand(const Template& text) {
    if (text.uses(Name::Kind::variable) || text.uses(Name::Kind::sku_value) || text.uses(Name::Kind::url)) return false;
    for (unsigned i = 0; i < kBuiltinCount; ++i) {
        const auto builtin = static_cast<Builtin>(i);
        if (builtin != Builtin::sku && builtin != Builtin::run && text.uses(builtin)) return false;
    }
    return true;
}

// Every form in which a secret may come back.
void add_forms(const std::string& secret, std::vector<std::string>& out) {
    out.push_back(secret);
    for (const Escape escape : {Escape::url, Escape::json, Escape::xml}) {
        std::string escaped;
        append_escaped(secret, escape, escape == Escape::xml ? InQuotes::no : InQuotes::yes, escaped);
        if (escaped != secret) out.push_back(escaped);
    }
    // Base64 of a text in which it begins at any of three places: the digits that depend on nothing else.
    constexpr std::size_t kLeastDigits = 6;
    for (std::size_t before = 0; before < 3; ++before) {
        const std::size_t bits = (before + secret.size()) * 8;
        const std::size_t from = (before * 8 + 5) / 6, to = bits / 6;
        if (to < from + kLeastDigits) continue;
        std::string digits = base64(std::string(before, 'x') + secret).substr(from, to - from);
        out.push_back(digits);
        std::replace(digits.begin(), digits.end(), '+', '-');
        std::replace(digits.begin(), digits.end(), '/', '_');
        if (digits != out.back()) out.push_back(digits);
    }
}

}  // namespace

Template Compiler::text(const std::string& from, Escape escape, const std::string& path) {
    Template out;
    if (const std::string wrong = out.read(from, escape, names_); !wrong.empty()) error(path, wrong);
    return out;
}

JsonPath Compiler::json_path(const std::string& from, const std::string& path) {
    JsonPath out;
    if (from.empty()) return out;
    if (const std::string wrong = out.read(from, names_); !wrong.empty()) error(path, wrong);
    return out;
}

void Compiler::define(const RepeatedPtrField<flow::Step>& steps, StepsOf of) {
    for (const flow::Step& step : steps) {
        if (of != StepsOf::shoppers && step.has_for_each()) continue;  // its row's alone
        for (const flow::Extract& extract : step.extract())
            of != StepsOf::shoppers&& step.each() == flow::Step::sku ? names_.sku_value(extract.name())
                                                                     : names_.variable(extract.name());
    }
}

void Compiler::define_names() {
    for (const flow::Url& url : from_.urls()) names_.url(url.name());
    for (const flow::Named& variable : from_.variables()) names_.variable(variable.name());
    for (const flow::SkuValues& sku : from_.skus())
        for (const flow::Named& value : sku.values()) names_.sku_value(value.name());
    define(from_.steps(), StepsOf::shoppers);
    define(from_.cancel(), StepsOf::shoppers);
    define(from_.webhooks(), StepsOf::shoppers);
    for (const auto* hooks : {&from_.login(), &from_.set_up(), &from_.read_back(), &from_.look_up()})
        define(*hooks, StepsOf::set_up);
}

void Compiler::add_address(const flow::Url& url, BaseUrl& base) {
    const std::string path = "urls." + url.name();
    std::string at = url.at();
    std::string said_by;
    const bool first = plan_.urls.empty();
    if (options_.environment)
        for (const std::string& name : {upper_case(url.name()), url.name()})
            if (const auto value = options_.environment("LASTUNIT_URL_" + name)) {
                at = *value;
                said_by = "LASTUNIT_URL_" + name + ": ";
            }
    for (const auto& [name, value] : options_.urls)
        if (name == url.name() || (name.empty() && first)) {
            at = value;
            said_by = "--url " + url.name() + ": ";
        }
    std::string rendered;
    Names only_environment(options_.environment);  // nothing else is known before there is a shopper
    Template written;
    if (const std::string wrong = written.read(at, Escape::none, only_environment); !wrong.empty()) return error(path, wrong);
    written.render(Values{}, rendered);
    for (const std::string& secret : only_environment.secrets()) names_.add_secret(secret);
    for (const std::string& name : only_environment.unset()) plan_.unset.push_back(name);
    if (!only_environment.unset().empty()) rendered = "http://not.set.invalid";
    for (const std::string& one : words_of(rendered)) {
        const auto parsed = parse_url(one);
        if (!parsed || parsed->target.find('?') != std::string::npos) {
            error(path, said_by + "expected http://HOST:PORT or https://HOST, without user and query, not `" +
                            masked(one, only_environment.secrets()) + "`");
            continue;
        }
        std::string prefix = parsed->target;
        while (prefix.ends_with('/')) prefix.pop_back();
        base.addresses.push_back({parsed->origin, prefix, one});
        plan_.hosts.add(parsed->origin);
    }
    if (base.addresses.empty() && report_.empty()) error(path, said_by + "has no address");
}

void Compiler::add_urls() {
    for (const flow::Url& url : from_.urls()) {
        BaseUrl base{url.name(), {}};
        add_address(url, base);
        plan_.urls.push_back(std::move(base));
    }
    for (const auto& [name, value] : options_.urls) {
        std::vector<std::string> valid;
        for (const flow::Url& url : from_.urls()) valid.push_back(url.name());
        if (!name.empty() && std::find(valid.begin(), valid.end(), name) == valid.end())
            error("urls", "--url " + name + "=" + value + ": the flow has no such base URL" + scenarios::suggest(name, valid));
    }
    for (int i = 0; i < from_.hosts_size(); ++i)
        if (const std::string wrong = plan_.hosts.add(from_.hosts(i)); !wrong.empty())
            error("hosts[" + std::to_string(i) + "]", wrong);
}

void Compiler::add_values() {
    for (const flow::Named& variable : from_.variables())
        plan_.variables.emplace_back(names_.variable(variable.name()),
                                     text(variable.value(), Escape::none, "variables." + variable.name()));
    for (const flow::SkuValues& sku : from_.skus()) {
        SkuDefaults defaults{sku.sku(), {}};
        for (const flow::Named& value : sku.values()) {
            const std::string path = "skus." + sku.sku() + "." + value.name();
            const Template written = text(value.value(), Escape::none, path);
            if (!known_beforehand(written))
                error(path, "is known before there is a shopper: it may use {{sku}}, {{run}} and {{env.NAME}} alone");
            defaults.values.emplace_back(names_.sku_value(value.name()), written);
        }
        plan_.skus.push_back(std::move(defaults));
    }
    plan_.identity = text(from_.identity(), Escape::none, "identity");
}

void Compiler::add_limits() {
    plan_.max_response = static_cast<std::size_t>(from_.max_response());
    plan_.connections = from_.connections();
    plan_.most_redirects = from_.most_redirects();
    plan_.settle = Duration{from_.settle()};
    if (!from_.keep_alive()) plan_.keep_alive = Plan::KeepAlive::no;
    if (!from_.cookies()) plan_.cookies = Plan::Cookies::no;
    if (from_.spread() == flow::Flow::request) plan_.spread = Plan::Spread::by_request;
    if (from_.has_tls() && !from_.tls().verify()) plan_.tls.verify = TlsPlan::Verify::no;
    if (from_.has_tls() && !from_.tls().ca().empty()) add_authorities(from_.tls().ca());
}

// No file but one beside the flow, or below it; a link does not lead out either.
void Compiler::add_authorities(const std::string& file) {
    namespace fs = std::filesystem;
    constexpr std::uintmax_t kMostBytes = 4'000'000;
    std::error_code failed;
    const fs::path folder = fs::weakly_canonical(fs::absolute(plan_.file).parent_path(), failed);
    const fs::path path = fs::weakly_canonical(folder / file, failed);
    const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    if (failed || end != folder.end() || fs::path(file).is_absolute())
        return error("tls.ca", "is a file in the flow file's folder or below it, e.g. `ca: staging-ca.pem`; not `" + file + "`");
    if (!fs::is_regular_file(path, failed)) return error("tls.ca", "there is no file `" + file + "` beside the flow file");
    if (fs::file_size(path, failed) > kMostBytes) return error("tls.ca", "`" + file + "` is no list of certificates: too large");
    plan_.tls.authorities = scenarios::read_text(path.string()).value_or("");
    if (plan_.tls.authorities.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
        error("tls.ca", "`" + file + "` has no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
}

void Compiler::add_all_steps() {
    plan_.steps = steps(from_.steps(), "steps", StepsOf::shoppers);
    plan_.cancel = steps(from_.cancel(), "cancel", StepsOf::shoppers);
    plan_.webhooks = steps(from_.webhooks(), "webhooks", StepsOf::shoppers);
    plan_.login = steps(from_.login(), "login", StepsOf::login);
    plan_.set_up = steps(from_.set_up(), "set_up", StepsOf::set_up);
    plan_.read_back = steps(from_.read_back(), "read_back", StepsOf::reading);
    plan_.look_up = steps(from_.look_up(), "look_up", StepsOf::reading);
}

void Compiler::check_order() {
    plan_.promise = index_of(plan_.steps, from_.promise());
    if (plan_.promise >= plan_.steps.size()) return;  // reported as a reference
    plan_.hold = from_.hold().empty() ? (plan_.promise == 0 ? 0 : plan_.promise - 1) : index_of(plan_.steps, from_.hold());
    plan_.hold_reserves = from_.hold_is() == flow::Flow::reservation || plan_.hold == plan_.promise;
    plan_.hold_lives = Duration{from_.hold_lives()};
    if (from_.hold_lives() > 0 && from_.hold_is() != flow::Flow::reservation)
        error("hold_lives", "is of a reservation: `hold_is: reservation` beside it");
    if (plan_.hold >= plan_.steps.size()) return;
    if (plan_.hold > plan_.promise) error("hold", "`" + from_.hold() + "` comes after the promise `" + from_.promise() + "`");
    const auto needs_rules = [&](std::size_t step, const char* what) {
        if (plan_.steps[step].rules.empty())
            error("steps." + plan_.steps[step].name,
                  std::string("is the ") + what +
                      ": its `rules` have to say which answer is accepted; a status alone says too little");
    };
    plan_.steps[plan_.promise].role = StepPlan::Role::promise;
    if (!plan_.steps[plan_.promise].when.empty())
        error("steps." + plan_.steps[plan_.promise].name + ".when", "the promise is never passed over");
    needs_rules(plan_.promise, "promise");
    if (!from_.hold().empty() && plan_.hold != plan_.promise) needs_rules(plan_.hold, "hold");
}

Plan Compiler::compile(const std::string& file) {
    define_names();
    plan_.file = file;
    plan_.title = from_.title();
    plan_.description = from_.description();
    add_urls();
    add_values();
    add_limits();
    add_all_steps();
    check_order();
    check_identity();
    check_login();
    if (names_.used(Builtin::sku)) plan_.calls = Plan::Calls::by_name;
    for (std::size_t i = 0; i < names_.variables(); ++i)
        plan_.variable_names.push_back(names_.variable_name(static_cast<std::uint16_t>(i)));
    for (std::size_t i = 0; i < names_.sku_values(); ++i)
        plan_.sku_value_names.push_back(names_.sku_value_name(static_cast<std::uint16_t>(i)));
    plan_.row_value_names = names_.row_value_names();
    for (const std::string& secret : names_.secrets()) add_forms(secret, plan_.secrets);
    for (const std::string& name : names_.unset())
        if (std::find(plan_.unset.begin(), plan_.unset.end(), name) == plan_.unset.end()) plan_.unset.push_back(name);
    // The longest first: a secret may be part of another.
    std::sort(plan_.secrets.begin(), plan_.secrets.end(),
              [](const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    return std::move(plan_);
}

}  // namespace lastunit::drivers::http
