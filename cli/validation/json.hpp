// Files of reference data, parsed.
#pragma once

// Boost.PropertyTree rather than Protobuf's Struct: it keeps the order of the outputs, and its errors name the line.
#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <filesystem>
#include <string>

#include "cli/command.hpp"

namespace lastunit::cli::validation {

using boost::property_tree::ptree;

// Throws BadInput.
inline ptree parse_json(const std::string& path) {
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

// Children by exact name: ptree's own paths would split "L_t5.5" at the dot. Null when there is none.
inline const ptree* child(const ptree& node, const std::string& name) {
    const auto found = node.find(name);
    return found == node.not_found() ? nullptr : &found->second;
}

}  // namespace lastunit::cli::validation
