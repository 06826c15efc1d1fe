// One step of a flow file.
#include <array>

#include "drivers/http/compile.hpp"
#include "drivers/http/xml.hpp"
#include "scenarios/convert.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr Duration kHooksTimeout = seconds(30);  // at least

bool has_control(const std::string& text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return true;
    return false;
}

bool is_header_name(const std::string& name) {
    return !name.empty() && name.find_first_of("()<>@,;:\\\"/[]?={} \t") == std::string::npos && !has_control(name);
}

// What the engine says itself: a flow that did would break the framing of its own requests.
bool is_ours(const std::string& header) {
    for (const char* name : {"content-length", "transfer-encoding", "connection", "host"})
        if (same_without_case(header, name)) return true;
    return false;
}

// A document with a mutation in it, even one that is not run, is taken for one.
bool is_query(const std::string& document) {
    const std::size_t begin = document.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos || document.find("mutation") != std::string::npos) return false;
    return document[begin] == '{' || document.compare(begin, 5, "query") == 0;
}

}  // namespace

Steps Compiler::steps(const google::protobuf::RepeatedPtrField<flow::Step>& from, const std::string& list, StepsOf of) {
    Steps out;
    list_names_.assign(static_cast<std::size_t>(from.size()), {});
    for (const flow::Step& one : from) out.push_back(step(one, list + "." + one.name(), of, out));
    row_names_.reset();
    names_.set_row_names(row_names_);
    check_lists(out, list);
    return out;
}

StepPlan Compiler::step(const flow::Step& from, const std::string& path, StepsOf of, const Steps& done) {
    StepPlan to;
    to.name = from.name();
    begin_rows(from, path, of, done, to);
    for (std::size_t i = 0; i < plan_.urls.size(); ++i)
        if (plan_.urls[i].name == from.on()) to.base = i;
    to.each = static_cast<StepPlan::Each>(from.each());
    if (of == StepsOf::shoppers && from.each() == flow::Step::sku)
        error(path + ".each", "`sku` is for set-up and read-back; a shopper's step is done once, or for each `line`");
    if (of != StepsOf::shoppers && from.each() == flow::Step::line) error(path + ".each", "`line` is for shoppers' steps");
    add_target(from, path, to);
    add_headers(from, path, to);
    add_body(from, path, to);
    to.read_as = static_cast<ReadAs>(from.read_as() != flow::Flow::by_content_type ? from.read_as() : from_.read_as());
    add_rules(from, path, to);
    add_extract(from, path, to);
    add_list(from, path, of, done.size(), to);
    add_reading(from, path, of, to);
    add_asking_again(from, path, of, to);
    to.when = conditions(from.when(), ConditionOf::values, path + ".when");
    // A shopper's patience is not that of whoever reads the books.
    const std::int64_t usual = of == StepsOf::shoppers ? from_.timeout() : std::max(from_.timeout(), kHooksTimeout.us);
    to.timeout = Duration{from.timeout() > 0 ? from.timeout() : usual};
    if (from.redirects() == flow::Step::stop) to.redirects = StepPlan::Redirects::answer;
    if (from.has_think()) to.think = scenarios::distribution(from.think());
    return to;
}

// Braces as other tools write them: they would be sent as they are.
void Compiler::check_braces(const std::string& from, const std::string& path, const Template& text) {
    for (std::size_t open = from.find('{'); open != std::string::npos; open = from.find('{', open + 1)) {
        if (from.compare(open, 2, "{{") == 0) {
            open = std::min(from.find("}}", open), from.size());
            continue;
        }
        const std::size_t close = from.find('}', open);
        if (close == std::string::npos || text.empty()) return;
        const std::string name = from.substr(open + 1, close - open - 1);
        error(path, "`{" + name + "}`: a name stands in two braces, {{" + name + "}}; a brace itself is %7B");
        return;
    }
}

void Compiler::add_target(const flow::Step& from, const std::string& path, StepPlan& to) {
    const std::array<std::pair<const char*, const std::string*>, 5> methods{{{"get", &from.get()},
                                                                             {"post", &from.post()},
                                                                             {"put", &from.put()},
                                                                             {"patch", &from.patch()},
                                                                             {"delete", &from.delete_()}}};
    const std::string* target = nullptr;
    for (const auto& [method, value] : methods) {
        if (value->empty()) continue;
        if (target != nullptr) error(path + "." + method, "a step has one method: `" + to.method + "` is there already");
        target = value;
        to.method = method;
    }
    if (target == nullptr) return error(path, "needs one of get, post, put, patch, delete, e.g. `post: /cart`");
    const std::string at = path + "." + to.method;
    for (char& c : to.method) c = static_cast<char>(c - 'a' + 'A');
    to.target = text(*target, Escape::url, at);
    check_braces(*target, at, to.target);
    const bool absolute = target->starts_with("http://") || target->starts_with("https://");
    if (target->front() != '/' && !absolute && !to.target.begins_with_name())
        error(at, "begins with `/`, with a {{variable}} that holds a URL, or is a URL; not `" + *target + "`");
    if (has_control(*target) || target->find(' ') != std::string::npos) {
        std::string outside = *target;
        for (std::size_t open = outside.find("{{"); open != std::string::npos; open = outside.find("{{", open)) {
            const std::size_t close = outside.find("}}", open);
            if (close == std::string::npos) break;
            outside.erase(open, close + 2 - open);
        }
        if (has_control(outside) || outside.find(' ') != std::string::npos) error(at, "has a space in it: write %20");
    }
    if (absolute) {
        const auto url = parse_url(to.target.sample());
        if (!url)
            error(at, "is no URL");
        else if (!plan_.hosts.has(url->origin))
            error(at, "`" + url->origin.authority() + "` is neither of `urls` nor among `hosts`");
    }
}

void Compiler::add_headers(const flow::Step& from, const std::string& path, StepPlan& to) {
    const auto add = [&](const flow::Named& header, const std::string& at) {
        if (!is_header_name(header.name())) return error(at, "is no name of a header");
        if (is_ours(header.name())) return error(at, "is set by lastunit itself");
        to.headers.push_back({header.name(), text(header.value(), Escape::header, at)});
    };
    for (const flow::Named& header : from.headers()) add(header, path + ".headers." + header.name());
    const std::size_t own = to.headers.size();
    for (const flow::Named& header : from_.headers()) {
        bool replaced = false;
        for (std::size_t i = 0; i < own; ++i) replaced = replaced || same_without_case(to.headers[i].name, header.name());
        if (!replaced) add(header, "headers." + header.name());
    }
    if (!from.basic().empty()) to.basic = text(from.basic(), Escape::none, path + ".basic");
}

void Compiler::add_body(const flow::Step& from, const std::string& path, StepPlan& to) {
    const int bodies = (from.json().empty() ? 0 : 1) + (from.has_graphql() ? 1 : 0) + (from.form().empty() ? 0 : 1) +
                       (from.text().empty() ? 0 : 1) + (from.xml().empty() ? 0 : 1) + (from.multipart().empty() ? 0 : 1);
    if (to.method == "GET") to.effect = StepPlan::Effect::reads;
    if (bodies > 1) return error(path, "has more than one of json, graphql, form, text, xml and multipart");
    if (bodies == 1 && to.method == "GET") return error(path, "a GET has no body");
    if (!from.json().empty()) {
        to.content_type = "application/json";
        const std::size_t mistakes = report_.size();
        to.body = text(from.json(), Escape::json, path + ".json");
        JsonReader reader;
        if (report_.size() == mistakes && !reader.read(to.body->sample()))
            error(path + ".json", "is not JSON once values stand in it: " + to.body->sample().substr(0, 80));
    }
    if (!from.xml().empty()) add_xml(from.xml(), path + ".xml", to);
    if (!from.multipart().empty()) add_multipart(from, path, to);
    if (from.has_graphql()) add_graphql(from.graphql(), path + ".graphql", to);
    if (!from.text().empty()) {
        to.content_type = "text/plain";
        to.body = text(from.text(), Escape::none, path + ".text");
    }
    if (!from.form().empty()) to.content_type = "application/x-www-form-urlencoded";
    for (const flow::Named& field : from.form())
        to.form.push_back({field.name(), text(field.value(), Escape::form, path + ".form." + field.name())});
    for (const HeaderPlan& header : to.headers)
        if (same_without_case(header.name, "content-type") && !to.content_type.empty()) to.content_type = "-";
}

void Compiler::add_xml(const std::string& from, const std::string& path, StepPlan& to) {
    to.content_type = "application/xml";
    const std::size_t mistakes = report_.size();
    to.body = text(from, Escape::xml, path);
    if (report_.size() != mistakes) return;
    std::string ignored;
    if (const std::string wrong = json_of_xml(to.body->sample(), ignored); !wrong.empty())
        error(path, "is not XML once values stand in it: " + wrong + ": " + to.body->sample().substr(0, 80));
}

// Its content type names the boundary, which nobody knows before the values: no header says another.
void Compiler::add_multipart(const flow::Step& from, const std::string& path, StepPlan& to) {
    to.content_type = "multipart/form-data";
    for (const flow::Named& field : from.multipart()) {
        const std::string at = path + ".multipart." + field.name();
        if (has_control(field.name())) error(at, "has a control character in its name");
        to.multipart.push_back({field.name(), text(field.value(), Escape::none, at)});
    }
    for (const flow::Named& header : from.headers())
        if (same_without_case(header.name(), "content-type"))
            error(path + ".headers." + header.name(),
                  "is set by `multipart` itself, with the boundary of its parts: leave it out");
    std::erase_if(to.headers, [](const HeaderPlan& header) { return same_without_case(header.name, "content-type"); });
}

void Compiler::add_graphql(const flow::GraphQl& from, const std::string& path, StepPlan& to) {
    if (is_query(from.query())) to.effect = StepPlan::Effect::reads;
    to.content_type = "application/json";
    if (to.method != "POST") error(path, "is sent by `post`");
    if (from.query().find("{{") != std::string::npos)
        error(path + ".query", "is sent as it is: declare a $variable and give its value in `variables`");
    std::string head = "{\"query\":";
    append_json_string(from.query(), head);
    Template body;
    body.add_text(head);
    if (!from.variables().empty()) {
        body.add_text(",\"variables\":");
        if (const std::string wrong = body.read(from.variables(), Escape::json, names_); !wrong.empty())
            error(path + ".variables", wrong);
    }
    body.add_text("}");
    JsonReader reader;
    if (!reader.read(body.sample()))
        error(path + ".variables", "is not a JSON object once values stand in it: " + from.variables());
    to.body = std::move(body);
}

std::optional<std::uint16_t> Compiler::sku_slot(const std::string& name, const std::string& path) {
    if (name.empty()) return std::nullopt;
    if (const auto slot = names_.find_sku_value(name)) return slot;
    std::vector<std::string> valid;
    for (std::size_t i = 0; i < names_.sku_values(); ++i) valid.push_back(names_.sku_value_name(static_cast<std::uint16_t>(i)));
    error(path, "no SKU has a value `" + name + "`" + scenarios::suggest(name, valid));
    return std::nullopt;
}

LinesPlan Compiler::lines(const flow::Lines& from, const std::string& path, StepPlan::Each each) {
    LinesPlan to;
    to.rows = json_path(from.rows(), path + ".rows");
    to.id = json_path(from.id(), path + ".id");
    to.shopper = json_path(from.shopper(), path + ".shopper");
    to.lines = json_path(from.lines(), path + ".lines");
    to.sku = json_path(from.sku(), path + ".sku");
    to.units = json_path(from.units(), path + ".units");
    to.only = conditions(from.only(), ConditionOf::row, path + ".only");
    to.sku_is = sku_slot(from.sku_is(), path + ".sku_is");
    to.sign = static_cast<LinesPlan::Sign>(from.sign());
    add_row_names(to);
    if (from.sku().empty() && each != StepPlan::Each::sku) error(path, "needs `sku`, or a step with `each: sku`");
    return to;
}

void Compiler::add_reading(const flow::Step& from, const std::string& path, StepsOf of, StepPlan& to) {
    if (from.has_pages()) {
        const flow::Pages& pages = from.pages();
        const std::string at = path + ".pages";
        to.pages =
            PagesPlan{pages.size(), pages.most(), json_path(pages.cursor(), at + ".cursor"),
                      json_path(pages.total(), at + ".total"), conditions(pages.more(), ConditionOf::answer, at + ".more")};
        if (of == StepsOf::shoppers) error(at, "is for set-up and read-back");
        const bool has_rows = from.has_orders() || from.has_reservations() || from.has_counters() || from.has_list();
        if (pages.cursor().empty() && pages.total().empty() && pages.more().empty() && !has_rows)
            error(at,
                  "without `cursor`, `total` or `more` ends with a page that has few rows: say what they are (orders, "
                  "reservations, counters, list)");
    }
    if (of != StepsOf::reading && (from.has_orders() || from.has_reservations() || from.has_counters()))
        return error(path, "orders, reservations and counters are read by `read_back` and `look_up`");
    if (from.has_orders()) to.orders = lines(from.orders(), path + ".orders", to.each);
    if (to.orders && !to.orders->shopper.given() && !to.orders->row_shopper)
        error(path + ".orders", std::string("needs `shopper`") + (to.for_each ? ", here or among the `values` of the list" : "") +
                                    ": without it no order is known to be this run's");
    if (from.has_reservations()) to.reservations = lines(from.reservations(), path + ".reservations", to.each);
    if (!from.has_counters()) return;
    const flow::Counters& counters = from.counters();
    const std::string at = path + ".counters";
    to.counters =
        CountersPlan{json_path(counters.rows(), at + ".rows"),           json_path(counters.sku(), at + ".sku"),
                     json_path(counters.on_hand(), at + ".on_hand"),     json_path(counters.reserved(), at + ".reserved"),
                     json_path(counters.available(), at + ".available"), sku_slot(counters.sku_is(), at + ".sku_is")};
    if (counters.sku().empty() && to.each != StepPlan::Each::sku) error(at, "needs `sku`, or a step with `each: sku`");
    if (counters.on_hand().empty() && counters.available().empty()) error(at, "needs `on_hand` or `available`");
}

}  // namespace lastunit::drivers::http
