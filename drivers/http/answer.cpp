#include "drivers/http/answer.hpp"

#include <algorithm>

namespace lastunit::drivers::http {

const char* name_of(Answer answer) {
    static constexpr const char* kNames[kAnswers] = {"unknown", "accepted", "out_of_stock", "conflict", "error"};
    return kNames[static_cast<std::size_t>(answer)];
}

bool same_without_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

const std::string* Response::header(std::string_view name) const {
    for (const auto& [known, value] : headers)
        if (same_without_case(known, name)) return &value;
    return nullptr;
}

}  // namespace lastunit::drivers::http
