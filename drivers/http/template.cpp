#include "drivers/http/template.hpp"

#include <algorithm>

namespace lastunit::drivers::http {
namespace {

// Whether a JSON text is inside quotes after `text`, if it was before.
bool quotes_after(std::string_view text, bool inside) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && inside)
            ++i;
        else if (text[i] == '"')
            inside = !inside;
    }
    return inside;
}

}  // namespace

void Template::add_text(std::string_view text) {
    if (text.empty()) return;
    if (!pieces_.empty() && pieces_.back().name.kind == Name::Kind::text)
        pieces_.back().text += text;
    else
        pieces_.push_back({Name{}, std::string(text), false});
}

std::string Template::read(std::string_view text, Escape escape, Names& names) {
    escape_ = escape;
    bool inside = false;
    while (!text.empty()) {
        const std::size_t open = text.find("{{");
        const std::string_view literal = text.substr(0, open);
        std::string encoded;
        if (escape == Escape::form) percent_encode(literal, encoded);
        add_text(escape == Escape::form ? std::string_view(encoded) : literal);
        if (escape == Escape::json) inside = quotes_after(literal, inside);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open + 2);
        const std::size_t close = text.find("}}");
        if (close == std::string_view::npos) return "{{" + std::string(text.substr(0, 20)) + ": the braces are not closed";
        const std::string_view word = text.substr(0, close);
        Names::Found found = names.find(word);
        if (!found.error.empty()) return found.error;
        text.remove_prefix(close + 2);
        if (found.name.kind != Name::Kind::text) {
            pieces_.push_back({found.name, std::string(word), inside});
            continue;
        }
        std::string known;  // a secret: escaped as any value would be
        append_escaped(found.text, escape, inside ? InQuotes::yes : InQuotes::no, known);
        add_text(known);
    }
    return "";
}

std::optional<std::string> Template::render(const Values& values, std::string& out) const {
    thread_local std::string value;
    for (const Piece& piece : pieces_) {
        if (piece.name.kind == Name::Kind::text) {
            out += piece.text;
            continue;
        }
        value.clear();
        const Slots* slots = piece.name.kind == Name::Kind::variable ? values.variables
                             : values.sku != nullptr                 ? &values.sku->values
                                                                     : nullptr;
        if (piece.name.kind == Name::Kind::builtin) {
            if (!append_builtin(piece.name.builtin, values, value)) return piece.text;
        } else if (piece.name.kind == Name::Kind::url) {
            value = (*values.urls)[piece.name.slot];
        } else {
            if (slots == nullptr || piece.name.slot >= slots->size() || !(*slots)[piece.name.slot]) return piece.text;
            value = *(*slots)[piece.name.slot];
        }
        const bool whole = escape_ == Escape::url && &piece == &pieces_.front();
        append_escaped(value, whole ? Escape::none : escape_, piece.in_quotes ? InQuotes::yes : InQuotes::no, out);
    }
    return std::nullopt;
}

bool Template::uses(Name::Kind kind) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.name.kind == kind; });
}

bool Template::uses(Builtin builtin) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
        return piece.name.kind == Name::Kind::builtin && piece.name.builtin == builtin;
    });
}

std::string Template::sample() const {
    std::string out;
    for (const Piece& piece : pieces_)
        out += piece.name.kind == Name::Kind::text ? piece.text : std::string(piece.in_quotes ? "x" : "0");
    return out;
}

}  // namespace lastunit::drivers::http
