#include "scenarios/compose.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "scenarios/channel_kinds.hpp"
#include "scenarios/design_file.hpp"
#include "scenarios/files.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/suggest.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::scenarios {
namespace {

namespace fs = std::filesystem;

std::string canonical(const std::string& path) {
    std::error_code error;
    const fs::path out = fs::weakly_canonical(path, error);
    return error ? path : out.string();
}

class Composer {
   public:
    Composer(const Library& library, Report& report) : library_(library), report_(report) {}

    // `chain`: the files that led here, for cycles.
    Tree file(const std::string& path, std::vector<std::string> chain) {
        const std::optional<std::string> text = read_text(path);
        Position whole{std::make_shared<const std::string>(path), 0, 0};
        if (!text) {
            report_.fatal(whole, "", "cannot be read as a scenario file");
            return {};
        }
        Tree tree = read_yaml(*text, path, Origin::file, report_);
        if (tree.kind != Tree::Kind::map) {
            if (!report_.is_fatal()) report_.fatal(whole, "", "a scenario is a map of fields: name, run, network, ...");
            return {};
        }
        const Entry* extends = tree.find("extends");
        if (!extends) return tree;
        chain.push_back(path);
        const Tree from = extends->value;
        tree.erase("extends");
        return on_top_of(base(from, path, chain), std::move(tree));
    }

   private:
    static Tree on_top_of(Tree base, Tree own) {
        for (const char* key : {"name", "title", "description"}) base.erase(key);  // these say which file it is
        return merge(std::move(base), std::move(own));
    }

    Tree base(const Tree& extends, const std::string& path, const std::vector<std::string>& chain) {
        Tree none;
        none.kind = Tree::Kind::map;
        if (extends.kind == Tree::Kind::null) return none;
        if (extends.kind != Tree::Kind::scalar) {
            report_.fatal(extends.at, "extends", "expected the name of one file");
            return none;
        }
        const std::optional<std::string> found = find(extends.text, path);
        if (!found) {
            report_.fatal(extends.at, "extends",
                          "no file `" + extends.text + "` beside this one or in the library" + near(extends.text));
            return none;
        }
        const auto same = [&](const std::string& other) { return canonical(other) == canonical(*found); };
        const auto start = std::find_if(chain.begin(), chain.end(), same);
        if (start != chain.end()) {
            std::string circle;
            for (auto it = start; it != chain.end(); ++it) circle += fs::path(*it).filename().string() + " -> ";
            report_.fatal(extends.at, "extends", "a file cannot extend itself: " + circle + fs::path(*found).filename().string());
            return none;
        }
        Tree tree = file(*found, chain);
        return tree.kind == Tree::Kind::map ? tree : none;
    }

    std::optional<std::string> find(const std::string& name, const std::string& from) const {
        std::vector<fs::path> candidates = {fs::path(from).parent_path() / name};
        for (const std::string& folder : library_.folders()) candidates.push_back(fs::path(folder) / name);
        for (const std::string& folder : library_.design_folders()) candidates.push_back(fs::path(folder) / name);
        for (const fs::path& candidate : candidates) {
            std::error_code error;
            for (const fs::path& path : {candidate, fs::path(candidate.string() + ".yaml")})
                if (fs::is_regular_file(path, error)) return path.string();
        }
        return std::nullopt;
    }

    std::string near(const std::string& name) const {
        std::vector<std::string> names;
        for (const std::string& folder : library_.folders()) {
            std::error_code ignored;
            for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
                if (entry.path().extension() == ".yaml") names.push_back(fs::relative(entry.path(), folder, ignored).string());
        }
        std::sort(names.begin(), names.end());
        return suggest(name, names);
    }

    const Library& library_;
    Report& report_;
};

void put_nodes_on_kinds(Tree& root) {
    Entry* network = root.find("network");
    const Tree* kinds = network ? network->value.child("kinds") : nullptr;
    Entry* nodes = network ? network->value.find("nodes") : nullptr;
    if (!kinds || !nodes) return;
    for (Entry& node : nodes->value.entries) {
        const Tree* kind = node.value.child("kind");
        const Tree* base = kind ? kinds->child(kind->text) : nullptr;
        if (base && base->kind == Tree::Kind::map) node.value = merge(*base, std::move(node.value));
    }
}

}  // namespace

Tree compose_file(const std::string& path, const Library& library, Report& report) {
    Tree root = Composer(library, report).file(path, {});
    if (!report.is_fatal()) prune_nulls(root);
    return root;
}

Tree compose(const std::string& path, const std::string& design, std::span<const Override> overrides, const Library& library,
             std::vector<LeftOutFault>& left_out, Report& report) {
    Tree root = compose_file(path, library, report);
    const Tree own = report.is_fatal() || !root.child("design") ? Tree{} : *root.child("design");
    if (!design.empty() && !report.is_fatal()) replace_design(root, design, library, report);
    if (report.is_fatal()) return root;
    for (const Override& one : overrides) apply_override(root, one, report);
    put_nodes_on_kinds(root);
    expand_channel_kinds(root, report);
    if (!design.empty()) left_out = leave_out_faults(root, own);
    return root;
}

}  // namespace lastunit::scenarios
