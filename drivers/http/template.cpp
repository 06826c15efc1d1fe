#include "drivers/http/template.hpp"

#include <algorithm>

#include "drivers/http/decimal.hpp"
#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostFilters = 20;
constexpr std::size_t kMostBytes = 16 << 20;  // of a text: variables made of variables would grow without end

// Where a JSON text is after `text`, from where it was before.
InQuotes quotes_after(std::string_view text, InQuotes before) {
    bool inside = before == InQuotes::yes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && inside)
            ++i;
        else if (text[i] == '"')
            inside = !inside;
    }
    return inside ? InQuotes::yes : InQuotes::no;
}

// The same of CDATA sections in XML.
InQuotes cdata_after(std::string_view text, InQuotes before) {
    bool inside = before == InQuotes::yes;
    while (!text.empty()) {
        const std::string_view mark = inside ? "]]>" : "<![CDATA[";
        const std::size_t at = text.find(mark);
        if (at == std::string_view::npos) break;
        inside = !inside;
        text.remove_prefix(at + mark.size());
    }
    return inside ? InQuotes::yes : InQuotes::no;
}

// Where `mark` stands outside of quotes of either kind; npos: nowhere.
std::size_t find_unquoted(std::string_view text, std::string_view mark) {
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quote == 0 && text.substr(i).starts_with(mark)) return i;
        if (quote == 0 && (text[i] == '"' || text[i] == '\''))
            quote = text[i];
        else if (text[i] == quote)
            quote = 0;
    }
    return std::string_view::npos;
}

std::vector<std::string_view> split_unquoted(std::string_view text, std::string_view mark) {
    std::vector<std::string_view> out;
    for (std::size_t at = find_unquoted(text, mark); at != std::string_view::npos; at = find_unquoted(text, mark)) {
        out.push_back(trimmed(text.substr(0, at)));
        text.remove_prefix(at + mark.size());
    }
    out.push_back(trimmed(text));
    return out;
}

}  // namespace

// What stands between one pair of braces.
struct Template::Reader {
    Names& names;
    std::string problem{};
    // Whether all of it is known while the file is read, and some of that from the environment: it is a secret then.
    bool constant = true, secret = false, unset = false;

    Operand operand(std::string_view word, Names::Needed needed) {
        if (word.size() >= 2 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front())
            return {Name{}, std::string(word.substr(1, word.size() - 2))};
        if (decimal_of(word)) return {Name{}, std::string(word)};
        const Names::Found found = names.find(word, needed);
        if (problem.empty()) problem = found.error;
        if (found.name.kind != Name::Kind::text) {
            constant = false;
            return {found.name, std::string(word)};
        }
        (found.known == Names::Known::unset ? unset : secret) = true;
        return {Name{}, found.text};
    }

    Call call(std::string_view text) {
        Call out;
        const std::size_t colon = find_unquoted(text, ":");
        const std::string name(trimmed(text.substr(0, colon)));
        const FilterRule* rule = find_filter(name);
        if (rule == nullptr) {
            if (problem.empty()) problem = no_such_filter(name);
            return out;
        }
        out.filter = rule->filter;
        if (colon != std::string_view::npos)
            for (const std::string_view argument : split_unquoted(text.substr(colon + 1), ","))
                out.arguments.push_back(operand(argument, Names::Needed::yes));
        if (problem.empty() && (out.arguments.size() < rule->least || out.arguments.size() > rule->most))
            problem = "`" + name + "` takes " +
                      (rule->most == 0
                           ? "no argument"
                           : std::to_string(rule->least) + (rule->most > rule->least ? " to " + std::to_string(rule->most) : "") +
                                 (rule->most == 1 ? " argument" : " arguments") + ": {{x | " + name + ": ...}}");
        return out;
    }
};

void Template::add_text(std::string_view text) {
    if (text.empty()) return;
    if (!pieces_.empty() && pieces_.back().is_text())
        pieces_.back().value.text += text;
    else
        pieces_.push_back({{Name{}, std::string(text)}, {}, "", InQuotes::no});
    written_ += text;
}

std::string Template::add_expression(std::string_view inside, InQuotes in_quotes, Names& names) {
    has_names_ = true;
    Reader reader{names};
    const std::vector<std::string_view> parts = split_unquoted(inside, "|");
    if (parts.size() > kMostFilters) return "more than " + std::to_string(kMostFilters) + " filters one after the other";
    Piece piece;
    piece.shown = std::string(trimmed(inside));
    piece.in_quotes = in_quotes;
    for (std::size_t i = 1; i < parts.size(); ++i) piece.calls.push_back(reader.call(parts[i]));
    const bool may_lack = !piece.calls.empty() && piece.calls.front().filter == Filter::missing;
    piece.value = reader.operand(parts[0], may_lack ? Names::Needed::no : Names::Needed::yes);
    if (!reader.problem.empty()) {
        const bool said = reader.problem.starts_with("{{");
        return said ? reader.problem : "{{" + piece.shown + "}}: " + reader.problem;
    }
    const std::string shown = "{{" + piece.shown + "}}";
    if (!reader.constant) {
        pieces_.push_back(std::move(piece));
    } else {
        std::string value, known;
        const auto missing = evaluate(piece, {}, value);
        if (missing && !reader.unset) return "{{" + piece.shown + "}}: " + missing->why;
        if (reader.secret && !piece.calls.empty() && !value.empty()) names.add_secret(value);
        append_escaped(value, escape_, in_quotes, known);  // as any value would be
        const std::size_t size = written_.size();
        add_text(known);
        written_.resize(size);
    }
    written_ += shown;
    return "";
}

std::string Template::read(std::string_view text, Escape escape, Names& names) {
    escape_ = escape;
    InQuotes quotes = InQuotes::no;
    while (!text.empty()) {
        const std::size_t open = text.find("{{");
        const std::string_view plain = text.substr(0, open);
        std::string encoded;
        if (escape == Escape::form) percent_encode(plain, encoded);
        add_text(escape == Escape::form ? std::string_view(encoded) : plain);
        if (escape == Escape::json) quotes = quotes_after(plain, quotes);
        if (escape == Escape::xml) quotes = cdata_after(plain, quotes);
        if (open == std::string_view::npos) return "";
        text.remove_prefix(open + 2);
        std::size_t close = find_unquoted(text, "}}");
        if (close == std::string_view::npos) close = text.find("}}");
        if (close == std::string_view::npos) return "{{" + std::string(text.substr(0, 20)) + ": the braces are not closed";
        if (std::string wrong = add_expression(text.substr(0, close), quotes, names); !wrong.empty()) return wrong;
        text.remove_prefix(close + 2);
    }
    return "";
}

// False: it has no value.
bool Template::append_value(const Operand& operand, const Values& values, std::string& out) {
    const Name& name = operand.name;
    if (name.kind == Name::Kind::text) {
        out += operand.text;
        return true;
    }
    if (name.kind == Name::Kind::builtin) return append_builtin(name.builtin, values, out);
    if (name.kind == Name::Kind::url) {
        if (values.urls == nullptr) return false;
        out += (*values.urls)[name.slot];
        return true;
    }
    const Slots* slots = name.kind == Name::Kind::variable    ? values.variables
                         : name.kind == Name::Kind::row_value ? values.row
                         : values.sku != nullptr              ? &values.sku->values
                                                              : nullptr;
    if (slots == nullptr || name.slot >= slots->size() || !(*slots)[name.slot]) return false;
    out += *(*slots)[name.slot];
    return true;
}

// `out` is empty.
std::optional<Template::Missing> Template::evaluate(const Piece& piece, const Values& values, std::string& out) {
    bool there = append_value(piece.value, values, out);
    std::vector<std::string> arguments;
    for (const Call& call : piece.calls) {
        if (!there && call.filter != Filter::missing) continue;
        arguments.clear();
        for (const Operand& operand : call.arguments)
            if (!append_value(operand, values, arguments.emplace_back())) return Missing{operand.text, ""};
        if (std::string wrong = apply(call.filter, arguments, out); !wrong.empty()) return Missing{piece.shown, std::move(wrong)};
        there = true;
    }
    if (there) return std::nullopt;
    return Missing{piece.shown, ""};
}

std::optional<Template::Missing> Template::render(const Values& values, std::string& out) const {
    thread_local std::string value;
    for (const Piece& piece : pieces_) {
        if (piece.is_text()) {
            out += piece.value.text;
            continue;
        }
        value.clear();
        if (auto missing = evaluate(piece, values, value)) return missing;
        const bool whole = escape_ == Escape::url && &piece == &pieces_.front();
        append_escaped(value, whole ? Escape::none : escape_, piece.in_quotes, out);
        if (out.size() > kMostBytes) return Missing{piece.shown, "makes a text of more than 16 MB"};
    }
    return std::nullopt;
}

const std::string* Template::literal() const {
    static const std::string kEmpty;
    if (pieces_.empty()) return &kEmpty;
    return pieces_.size() == 1 && pieces_.front().is_text() ? &pieces_.front().value.text : nullptr;
}

template <class Test> bool Template::any_name(const Test& test) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
        return test(piece.value.name) || std::any_of(piece.calls.begin(), piece.calls.end(), [&](const Call& call) {
                   return std::any_of(call.arguments.begin(), call.arguments.end(),
                                      [&](const Operand& operand) { return test(operand.name); });
               });
    });
}

bool Template::uses(Name::Kind kind) const {
    return any_name([&](const Name& name) { return kind != Name::Kind::text && name.kind == kind; });
}

bool Template::uses(Builtin builtin) const {
    return any_name([&](const Name& name) { return name.kind == Name::Kind::builtin && name.builtin == builtin; });
}

bool Template::uses_variable(std::uint16_t slot) const {
    return any_name([&](const Name& name) { return name.kind == Name::Kind::variable && name.slot == slot; });
}

std::string Template::sample() const {
    std::string out;
    const bool text = escape_ == Escape::xml;
    for (const Piece& piece : pieces_)
        out += piece.is_text() ? piece.value.text : std::string(text || piece.in_quotes == InQuotes::yes ? "x" : "0");
    return out;
}

}  // namespace lastunit::drivers::http
