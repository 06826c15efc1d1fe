#include "scenarios/design_file.hpp"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "scenarios/scenario.pb.h"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

namespace fs = std::filesystem;

// The sections of a scenario: what else stands in a design's file is a slip, and often of `design` itself.
void check_sections(const Tree& file, Report& report) {
    std::vector<std::string> valid;
    const auto& fields = *schema::Scenario::descriptor();
    for (int i = 0; i < fields.field_count(); ++i) valid.push_back(fields.field(i)->name());
    for (const Entry& entry : file.entries)
        if (std::find(valid.begin(), valid.end(), entry.key) == valid.end())
            report.error(entry.at, entry.key, "unknown field `" + entry.key + "`" + suggest(entry.key, valid));
}

bool has(const Tree* entries, const std::string& name) { return entries && entries->find(name) != nullptr; }

// Edges of a whole kind are known by their own name and by those of their channels.
bool knows(const Tree& design, const char* part, const std::string& name) {
    const Tree* entries = design.child(part);
    const std::size_t space = name.find(' ');
    return has(entries, name) || (space != std::string::npos && has(entries, name.substr(0, space)));
}

// What the fault needs and the design has not, as words; empty when there is nothing.
std::string missing(const Tree& fault, const Tree& design, const Tree& own) {
    const auto gone = [&](const char* part, const std::string& name) {
        return !has(design.child(part), name) && knows(own, part, name);
    };
    const Tree *host = fault.child("host"), *link = fault.child("link"), *edges = fault.child("edges");
    if (host && gone("hosts", host->text)) return "host `" + host->text + "`";
    if (link && gone("links", link->text)) return "link `" + link->text + "`";
    if (edges && edges->kind == Tree::Kind::list)
        for (const Tree& edge : edges->items)
            if (gone("edges", edge.text)) return "edge `" + edge.text + "`";
    return "";
}

}  // namespace

std::optional<std::string> locate_design(const std::string& file_or_name, const Library& library, Report& report) {
    std::error_code error;
    if (fs::is_regular_file(file_or_name, error)) return file_or_name;
    const bool path = file_or_name.find('/') != std::string::npos || file_or_name.ends_with(".yaml");
    if (const auto found = library.find_design(file_or_name)) return found;
    const Position whole{std::make_shared<const std::string>(file_or_name), 0, 0};
    if (fs::is_directory(file_or_name, error)) {
        report.error(whole, "", "is a folder, not a design's file");
        return std::nullopt;
    }
    std::vector<std::string> names;
    for (const LibraryEntry& entry : library.list_designs()) names.push_back(entry.name);
    report.error(whole, "",
                 path ? "no such file" : "no such file and no design of that name in the library" + suggest(file_or_name, names));
    return std::nullopt;
}

void replace_design(Tree& root, const std::string& path, const Library& library, Report& report) {
    Tree file = compose_file(path, library, report);
    if (report.is_fatal()) return;
    check_sections(file, report);
    Entry* design = file.find("design");
    if (!design) {
        report.fatal({std::make_shared<const std::string>(path), 0, 0}, "design",
                     "the file has no `design` section to run under");
        return;
    }
    if (design->value.kind == Tree::Kind::map && !design->value.child("name"))
        design->value.entries.push_back({"name", design->at, scalar(fs::path(path).stem().string(), design->at)});
    if (Entry* own = root.find("design"))
        *own = std::move(*design);
    else
        root.entries.push_back(std::move(*design));
}

std::vector<LeftOutFault> leave_out_faults(Tree& root, const Tree& own) {
    std::vector<LeftOutFault> out;
    Entry* faults = root.find("faults");
    const Tree* design = root.child("design");
    if (!faults || !design) return out;
    const Tree* name = design->child("name");
    for (const Entry& fault : faults->value.entries) {
        const std::string what = missing(fault.value, *design, own);
        if (what.empty()) continue;
        const Tree* kind = fault.value.child("kind");
        out.push_back(
            {fault.key, kind ? kind->text : "", "the design `" + (name ? name->text : "") + "` has no " + what, fault.at});
    }
    std::erase_if(faults->value.entries, [&](const Entry& fault) {
        return std::any_of(out.begin(), out.end(), [&](const LeftOutFault& left) { return left.name == fault.key; });
    });
    return out;
}

}  // namespace lastunit::scenarios
