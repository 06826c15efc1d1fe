#include "cli/validation/case_file.hpp"

#include <optional>

#include "cli/validation/json.hpp"

namespace lastunit::cli::validation {
namespace {

std::optional<std::vector<std::string>> texts(const ptree& node) {
    std::vector<std::string> out;
    for (const auto& [key, item] : node) {
        if (!key.empty() || !item.empty()) return std::nullopt;
        out.push_back(item.data());
    }
    return out;
}

Value value_of(const ptree& node) {
    if (node.empty()) return node.data();
    if (const auto list = texts(node)) return *list;
    std::vector<std::vector<std::string>> table;
    for (const auto& [key, row] : node) {
        const auto list = texts(row);
        if (!key.empty() || row.empty() || !list) return std::monostate{};
        table.push_back(*list);
    }
    return table;
}

void read_outputs(const ptree& node, Case& out) {
    for (const auto& [key, value] : node) {
        try {
            if (key.empty()) throw CaseError("outputs are not a map of names to numbers");
            if (!value.empty()) throw CaseError("output '" + key + "' is not a number");
            out.outputs.emplace_back(key, parse_number(value.data(), "output '" + key + "'"));
        } catch (const CaseError& error) {
            if (out.problem.empty()) out.problem = error.what();
        }
    }
}

Case read_case(const ptree& node, std::map<std::string, int>& seen, const std::string& where) {
    Case out;
    const ptree* id = child(node, "id");
    if (id == nullptr || !id->empty() || id->data().empty()) throw BadInput(where + " has no id");
    out.id = id->data();
    out.name = out.id + "#" + std::to_string(++seen[out.id]);
    const ptree* inputs = child(node, "inputs");
    const ptree* outputs = child(node, "outputs");
    if (inputs == nullptr) throw BadInput(where + " (" + out.name + ") has no inputs");
    if (outputs == nullptr) throw BadInput(where + " (" + out.name + ") has no outputs");
    for (const auto& [key, value] : *inputs) out.inputs.set(key, value_of(value));
    read_outputs(*outputs, out);
    return out;
}

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
    const ptree root = parse_json(path);
    const ptree* list = child(root, "cases");
    if (list == nullptr) list = &root;
    std::vector<Case> cases;
    std::map<std::string, int> seen;
    for (const auto& [key, node] : *list) {
        if (!key.empty()) throw BadInput(path + ": is not a list of cases under \"cases\"");
        cases.push_back(read_case(node, seen, path + ": case " + std::to_string(cases.size() + 1)));
    }
    if (cases.empty()) throw BadInput(path + ": has no cases");
    return cases;
}

}  // namespace lastunit::cli::validation
