// Text with {{names}} and {{names | filters}}, read once and rendered for every request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/http/escape.hpp"
#include "drivers/http/filters.hpp"
#include "drivers/http/names.hpp"
#include "drivers/http/values.hpp"

namespace lastunit::drivers::http {

class Template {
   public:
    Template() = default;

    // Names are looked up in `names`, which also gives the environment's values. Returns what is wrong, or nothing: an open brace
    // that is not closed, a name that nothing defines or a filter that there is not (with the nearest one that there is).
    std::string read(std::string_view text, Escape escape, Names& names);

    // Appends text that is no template; read() adds to what is there.
    void add_text(std::string_view text);

    struct Missing {
        std::string name;  // as it stands between the braces
        std::string why;   // empty: it has no value yet; else what a filter cannot do
        std::string text() const { return "{{" + name + "}} " + (why.empty() ? "has no value" : "cannot be had: " + why); }
    };
    // Appends. Nothing when all names had a value.
    std::optional<Missing> render(const Values& values, std::string& out) const;

    bool empty() const { return pieces_.empty(); }
    // What it is without names; null where it has some.
    const std::string* literal() const;
    // Whether anything stands between braces, also what is known since the file was read.
    bool has_names() const { return has_names_; }
    bool begins_with_name() const { return !pieces_.empty() && !pieces_.front().is_text(); }
    bool uses(Name::Kind kind) const;
    bool uses(Builtin builtin) const;
    bool uses_variable(std::uint16_t slot) const;

    // As JSON would read it: names inside quotes as x, others as 0; all of an XML text as x. For checking it before a value is
    // known.
    std::string sample() const;
    // As it was written, for people.
    const std::string& written() const { return written_; }

   private:
    struct Operand {
        Name name;
        std::string text;  // of kind text: as it is; else the name
    };
    struct Call {
        Filter filter{};
        std::vector<Operand> arguments;
    };
    struct Piece {
        Operand value;
        std::vector<Call> calls;
        std::string shown;
        InQuotes in_quotes = InQuotes::no;
        bool is_text() const { return value.name.kind == Name::Kind::text && calls.empty(); }
    };
    struct Reader;

    static bool append_value(const Operand& operand, const Values& values, std::string& out);
    static std::optional<Missing> evaluate(const Piece& piece, const Values& values, std::string& out);
    std::string add_expression(std::string_view inside, InQuotes in_quotes, Names& names);
    template <class Test> bool any_name(const Test& test) const;

    std::vector<Piece> pieces_;
    std::string written_;
    Escape escape_ = Escape::none;
    bool has_names_ = false;
};

}  // namespace lastunit::drivers::http
