#include "drivers/postgres/mode.hpp"

namespace lastunit::drivers {

const char* name_of(PostgresMode mode) {
    static constexpr const char* kNames[kPostgresModes] = {"check_then_act", "for_update", "conditional_update",
                                                           "serializable",   "ledger",     "skip_locked"};
    return kNames[static_cast<std::size_t>(mode)];
}

std::optional<PostgresMode> postgres_mode_named(std::string_view name) {
    for (unsigned i = 0; i < kPostgresModes; ++i)
        if (name == name_of(static_cast<PostgresMode>(i))) return static_cast<PostgresMode>(i);
    return std::nullopt;
}

std::string postgres_mode_names() {
    std::string names;
    for (unsigned i = 0; i < kPostgresModes; ++i)
        names += std::string(i == 0 ? "" : ", ") + name_of(static_cast<PostgresMode>(i));
    return names;
}

}  // namespace lastunit::drivers
