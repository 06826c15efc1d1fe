// What the names of a template stand for at one moment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"
#include "drivers/http/names.hpp"

namespace lastunit::drivers::http {

// By slot; a slot that was not set has none.
using Slots = std::vector<std::optional<std::string>>;

class References;

struct SkuEntry {
    std::string name;  // the scenario's
    Slots values;      // the platform's own
};

struct Page {
    std::uint32_t number = 0, size = 0;  // from 0
    std::uint64_t offset = 0;  // rows before it: fewer than number * size where the shop gives less than it is asked for
    std::string cursor;
};

// What a document was before paths lead into it (document.hpp).
enum class Notation : std::uint8_t { json, xml };

// Not owned; all of it has to live while something is rendered.
struct Values {
    const Slots* variables = nullptr;
    const SkuEntry* sku = nullptr;
    const Slots* row = nullptr;                      // of a step that is done for each row of a list
    References* references = nullptr;                // of the answer that is read, for paths inside it (references.hpp)
    const std::vector<std::string>* urls = nullptr;  // this shopper's address of each base URL
    const Page* page = nullptr;
    std::string_view run{}, node{};
    const std::string* body = nullptr;  // of the request, once it is there
    std::int64_t now_ms = 0;            // since 1970; 0: whatever it is when asked
    std::uint64_t shopper = 0;
    std::uint32_t attempt = 1;
    Quantity quantity = 1;
    std::int64_t stock = 0;
    Notation notation = Notation::json;  // of the document that paths lead into
};

std::int64_t unix_ms();

// Appends. False when there is none at this moment ({{sku}} of a step that is for no SKU).
bool append_builtin(Builtin builtin, const Values& values, std::string& out);

}  // namespace lastunit::drivers::http
