// The names of one flow file: every {{name}} becomes a slot when the file is read, so that rendering looks nothing up.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lastunit::drivers::http {

enum class Builtin : std::uint8_t {
    unique_email,
    unique_id,
    unique_uuid,
    unique_number,
    shopper,
    attempt,
    run,
    quantity,
    sku,
    node,
    stock,
    now_iso,
    now_s,
    now_ms,
    request_body,
    page_number,
    page_offset,
    page_size,
    page_cursor,
};
inline constexpr unsigned kBuiltinCount = static_cast<unsigned>(Builtin::page_cursor) + 1;

struct Name {
    enum class Kind : std::uint8_t { text, variable, sku_value, row_value, builtin, url };
    Kind kind = Kind::text;
    Builtin builtin{};
    std::uint16_t slot = 0;  // of variable, sku_value, row_value and url
};

class Names {
   public:
    // The environment; a value that it gives is a secret from then on.
    using Environment = std::function<std::optional<std::string>(const std::string& name)>;
    explicit Names(Environment environment) : environment_(std::move(environment)) {}

    // Slots of what a flow defines, the same one for the same name.
    std::uint16_t variable(const std::string& name);
    std::uint16_t sku_value(const std::string& name);
    std::uint16_t row_value(const std::string& name);
    std::uint16_t url(const std::string& name);
    const std::string& variable_name(std::uint16_t slot) const { return variables_[slot]; }
    const std::string& sku_value_name(std::uint16_t slot) const { return sku_values_[slot]; }
    const std::vector<std::string>& row_value_names() const { return row_values_; }
    std::size_t variables() const { return variables_.size(); }
    std::size_t sku_values() const { return sku_values_.size(); }
    std::optional<std::uint16_t> find_variable(const std::string& name) const;
    std::optional<std::uint16_t> find_sku_value(const std::string& name) const;

    // Which {{row.NAME}} there are from here on, for the step that is being read; none: it is done for no row.
    // `*` among them: any, for a step whose list is a mistake itself.
    using RowNames = std::set<std::string>;
    void set_row_names(std::optional<RowNames> known) { row_names_ = std::move(known); }

    // What stands between the braces. `text` is set, and the kind is text, where the value is known already (env). An `error`
    // says what is wrong with it.
    enum class Known : std::uint8_t { later, secret, unset };
    struct Found {
        Name name;
        std::string text, error;
        Known known = Known::later;
    };
    // `no`: one of the environment that is not set is no lack.
    enum class Needed : std::uint8_t { no, yes };
    Found find(std::string_view word, Needed needed = Needed::yes);
    // Whether any template so far has used it.
    bool used(Builtin builtin) const { return (used_ >> static_cast<unsigned>(builtin) & 1U) != 0; }

    // Values that no trace, report or error may show.
    const std::vector<std::string>& secrets() const { return secrets_; }
    void add_secret(const std::string& value) { secrets_.push_back(value); }
    // Names of the environment that the flow asks for and that are not set.
    const std::vector<std::string>& unset() const { return unset_; }

   private:
    Found from_environment(const std::string& name, Needed needed);
    Found from_row(const std::string& name);

    Environment environment_;
    std::vector<std::string> variables_, sku_values_, row_values_, urls_;
    std::optional<RowNames> row_names_;
    std::vector<std::string> secrets_, unset_;
    std::uint32_t used_ = 0;  // bits
};

}  // namespace lastunit::drivers::http
