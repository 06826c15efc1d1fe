// A reference case: inputs and exact outputs, as a file of cases states them.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace lastunit::cli::validation {

// A case that cannot be understood: what is wrong with it, without its name.
class CaseError : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
};

// A case that is understood but lies outside what the model can express: it is skipped, with this reason.
class NotCovered : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
};

// Whatever is neither text nor a list of texts nor a list of such lists is kept out of sight: no family that runs here needs it.
using Value = std::variant<std::monostate, std::string, std::vector<std::string>, std::vector<std::vector<std::string>>>;

class Inputs {
   public:
    void set(const std::string& name, Value value) { values_[name] = std::move(value); }

    // All throw CaseError naming the input when it is missing, of another type or outside its range.
    double number(const std::string& name, double least, double most = 1e12) const;
    double positive(const std::string& name) const;  // above 0
    std::int32_t whole(const std::string& name, std::int32_t least, std::int32_t most = 1'000'000'000) const;
    std::vector<double> numbers(const std::string& name, double least) const;  // at least one
    std::vector<std::vector<double>> table(const std::string& name, double least) const;
    std::string text(const std::string& name) const;

    std::string summary() const;  // "S=100, lam1=0.6"

   private:
    const Value& find(const std::string& name) const;
    std::map<std::string, Value> values_;
};

struct Case {
    std::string id;
    std::string name;  // the id and which one of that id it is: "a1_fin#2"
    Inputs inputs;
    std::vector<std::pair<std::string, double>> outputs;  // in the order of the file
    std::string problem;                                  // why the outputs cannot be read; empty = they can

    // Throws CaseError when there is a problem.
    void require_outputs() const;
};

double parse_number(const std::string& text, const std::string& what);  // throws CaseError

}  // namespace lastunit::cli::validation
