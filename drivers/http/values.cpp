#include "drivers/http/values.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace lastunit::drivers::http {
namespace {

// FNV-1a, finished as splitmix64 does: for names, not for secrets.
std::uint64_t hash(std::string_view text, std::uint64_t number) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    h ^= number * 0x9e3779b97f4a7c15ULL;
    h = (h ^ (h >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    h = (h ^ (h >> 27U)) * 0x94d049bb133111ebULL;
    return h ^ (h >> 31U);
}

void append_uuid(const Values& values, std::string& out) {
    const std::uint64_t a = hash(values.run, values.shopper * 2), b = hash(values.run, values.shopper * 2 + 1);
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(a >> 32U),
                  static_cast<unsigned>(a >> 16U) & 0xffffU, static_cast<unsigned>(a) & 0xfffU,
                  (static_cast<unsigned>(b >> 48U) & 0x3fffU) | 0x8000U, static_cast<unsigned long long>(b & 0xffffffffffffULL));
    out += text;
}

// Twelve digits, the first six of the run: a phone number or a numeric reference.
void append_number(const Values& values, std::string& out) {
    char text[24];
    std::snprintf(text, sizeof text, "%06llu%06llu", static_cast<unsigned long long>(100'000 + hash(values.run, 0) % 900'000),
                  static_cast<unsigned long long>(values.shopper % 1'000'000));
    out += text;
}

void append_time(std::time_t now, std::string& out) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[32];
    out.append(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc));
}

void append_id(const Values& values, std::string& out) {
    out += "lu-";
    out += values.run;
    out += '-';
    out += std::to_string(values.shopper);
}

std::int64_t now_ms(const Values& values) { return values.now_ms != 0 ? values.now_ms : unix_ms(); }

bool append_page(Builtin builtin, const Values& values, std::string& out) {
    if (values.page == nullptr) return false;
    const Page& page = *values.page;
    if (builtin == Builtin::page_number) out += std::to_string(page.number + 1);
    if (builtin == Builtin::page_offset) out += std::to_string(page.offset);
    if (builtin == Builtin::page_size) out += std::to_string(page.size);
    if (builtin == Builtin::page_cursor) out += page.cursor;
    return true;
}

}  // namespace

std::int64_t unix_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

bool append_builtin(Builtin builtin, const Values& values, std::string& out) {
    switch (builtin) {
        case Builtin::unique_email:
            append_id(values, out);
            out += "@example.com";
            return true;
        case Builtin::unique_id:
            append_id(values, out);
            return true;
        case Builtin::unique_uuid:
            append_uuid(values, out);
            return true;
        case Builtin::unique_number:
            append_number(values, out);
            return true;
        case Builtin::shopper:
            out += std::to_string(values.shopper);
            return true;
        case Builtin::attempt:
            out += std::to_string(values.attempt);
            return true;
        case Builtin::run:
            out += values.run;
            return true;
        case Builtin::quantity:
            out += std::to_string(values.quantity);
            return true;
        case Builtin::sku:
            if (values.sku == nullptr) return false;
            out += values.sku->name;
            return true;
        case Builtin::node:
            out += values.node;
            return true;
        case Builtin::stock:
            out += std::to_string(values.stock);
            return true;
        case Builtin::now_iso:
            append_time(static_cast<std::time_t>(now_ms(values) / 1000), out);
            return true;
        case Builtin::now_s:
            out += std::to_string(now_ms(values) / 1000);
            return true;
        case Builtin::now_ms:
            out += std::to_string(now_ms(values));
            return true;
        case Builtin::request_body:
            if (values.body == nullptr) return false;
            out += *values.body;
            return true;
        default:
            return append_page(builtin, values, out);
    }
}

}  // namespace lastunit::drivers::http
