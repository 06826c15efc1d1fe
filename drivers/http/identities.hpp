// Who is who in the platform's books. Two shoppers with one identity are one there: the orders of either would be the other's,
// and whatever is judged by them would be wrong, of a sound shop as well.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "drivers/http/plan.hpp"

namespace lastunit::drivers::http {

// Whether orders or rows are told apart by their shopper at all.
bool reads_shoppers(const Plan& plan);

// In one line: `identity` is of shoppers `a` and `b`.
std::string same_identity(const Plan& plan, std::uint64_t a, std::uint64_t b, const std::string& identity);

// Exact; some 80 bytes a shopper.
class Identities {
   public:
    explicit Identities(const Plan& plan) : plan_(plan), matter_(reads_shoppers(plan) ? Matter::yes : Matter::no) {}  // not owned

    // That this shopper is it, lower case, at the promise; the same shopper may say so again. Empty: nothing that it is made of.
    void claim(const std::string& identity, std::uint64_t shopper);
    // The first two who were one, or the first who was nobody, in one line; empty: there were none, or no books tell shoppers
    // apart.
    const std::string& problem() const { return problem_; }
    // 0: nobody is.
    std::uint64_t shopper(const std::string& identity) const;

   private:
    const Plan& plan_;
    const enum class Matter : std::uint8_t { no, yes } matter_;
    std::unordered_map<std::string, std::uint64_t> known_;
    std::string problem_;
};

}  // namespace lastunit::drivers::http
