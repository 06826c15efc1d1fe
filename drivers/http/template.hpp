// Text with {{names}}, read once and rendered for every request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/http/escape.hpp"
#include "drivers/http/names.hpp"
#include "drivers/http/values.hpp"

namespace lastunit::drivers::http {

class Template {
   public:
    Template() = default;

    // Names are looked up in `names`, which also gives the environment's values. Returns what is wrong, or nothing: an open brace
    // that is not closed, a name that nothing defines (with the nearest one that something does).
    std::string read(std::string_view text, Escape escape, Names& names);

    // Appends text that is no template; read() adds to what is there.
    void add_text(std::string_view text);

    // Appends. Returns the name that has no value yet; nothing when all had one.
    std::optional<std::string> render(const Values& values, std::string& out) const;

    bool empty() const { return pieces_.empty(); }
    bool begins_with_name() const { return !pieces_.empty() && pieces_.front().name.kind != Name::Kind::text; }
    bool uses(Name::Kind kind) const;
    bool uses(Builtin builtin) const;

    // As JSON would read it: names inside quotes as x, others as 0. For checking it before a value is known.
    std::string sample() const;

   private:
    struct Piece {
        Name name;
        std::string text;  // of kind text: as it is; else the name
        bool in_quotes = false;
    };

    std::vector<Piece> pieces_;
    Escape escape_ = Escape::none;
};

}  // namespace lastunit::drivers::http
