#include "cli/validation/case_file.hpp"

#include <filesystem>

// Boost.PropertyTree rather than Protobuf's Struct: it keeps the order of the outputs, and its errors name the line.
#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include "cli/command.hpp"

namespace lastunit::cli::validation {
namespace {

using boost::property_tree::ptree;

ptree parse(const std::string& path) {
    ptree root;
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) throw BadInput("'" + path + "' is a folder, not a file of cases");
    try {
        boost::property_tree::read_json(path, root);
    } catch (const boost::property_tree::json_parser_error& error) {
        if (error.line() == 0) throw BadInput("'" + path + "' cannot be read");
        throw BadInput(path + ":" + std::to_string(error.line()) + ": " + error.message());
    }
    return root;
}

// Children by exact name: ptree's own paths would split "L_t5.5" at the dot.
const ptree* child(const ptree& node, const std::string& name) {
    const auto found = node.find(name);
    return found == node.not_found() ? nullptr : &found->second;
}

Value value_of(const ptree& node) {
    if (node.empty()) return node.data();
    std::vector<std::string> list;
    for (const auto& [key, item] : node) {
        if (!key.empty() || !item.empty()) return std::monostate{};
        list.push_back(item.data());
    }
    return list;
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
    const ptree root = parse(path);
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
