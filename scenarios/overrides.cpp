#include "scenarios/overrides.hpp"

#include <algorithm>
#include <optional>

#include "scenarios/suggest.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::scenarios {
namespace {

std::optional<std::size_t> index_of(const std::string& part) {
    if (part.size() > 9 || part.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return static_cast<std::size_t>(std::stoul(part));
}

std::vector<std::string> keys_of(const Tree& tree) {
    std::vector<std::string> keys;
    for (const Entry& entry : tree.entries) keys.push_back(entry.key);
    return keys;
}

class Setter {
   public:
    Setter(const Override& what, Report& report)
        : name_("--set " + what.path + "=" + what.value),
          at_{std::make_shared<const std::string>(name_), 0, 0},
          report_(report) {}

    void apply(Tree& root, const Override& what) {
        const std::vector<std::string> parts = path_parts(what.path);
        if (parts.empty()) return fail("expected a dotted path, e.g. run.seed or stock[0].total");
        Report ours;
        Tree value = read_yaml(what.value, name_, Origin::override_value, ours);
        for (const Diagnostic& error : ours.sorted()) fail(error.message);
        if (ours.empty()) descend(root, parts, std::move(value));
    }

   private:
    void descend(Tree& root, const std::vector<std::string>& parts, Tree value) {
        value.at = at_;
        Tree* here = &root;
        std::string path;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool last = i + 1 == parts.size();
            if (here->kind == Tree::Kind::list) {
                here = item(*here, parts[i], path);
                if (!here) return;
                path += "[" + parts[i] + "]";
                if (last && value.kind == Tree::Kind::null) return fail("`null` removes a key of a map, not an entry of a list");
            } else {
                if (last && value.kind == Tree::Kind::null) return remove(*here, parts[i]);
                Entry& entry = entry_of(*here, parts[i]);
                if (last) entry.at = at_;
                here = &entry.value;
                path += (path.empty() ? "" : ".") + parts[i];
            }
        }
        *here = std::move(value);
    }

    Tree* item(Tree& list, const std::string& part, const std::string& path) {
        const std::optional<std::size_t> index = index_of(part);
        if (index && *index < list.items.size()) return &list.items[*index];
        fail("`" + path + "` is a list of " + std::to_string(list.items.size()) + ": expected an index from 0, not `" + part +
             "`");
        return nullptr;
    }

    Entry& entry_of(Tree& tree, const std::string& key) {
        if (tree.kind != Tree::Kind::map) {
            tree = Tree();
            tree.kind = Tree::Kind::map;
            tree.at = at_;
        }
        if (Entry* found = tree.find(key)) return *found;
        tree.entries.push_back({key, at_, Tree()});
        tree.entries.back().value.at = at_;
        return tree.entries.back();
    }

    void remove(Tree& tree, const std::string& key) {
        if (!tree.find(key)) return fail("there is no `" + key + "` to remove" + suggest(key, keys_of(tree)));
        tree.erase(key);
    }

    void fail(const std::string& message) { report_.error(at_, "", message); }

    std::string name_;
    Position at_;
    Report& report_;
};

}  // namespace

std::vector<std::string> path_parts(const std::string& path) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '.') {
            parts.emplace_back();
        } else if (path[i] == '[') {
            const std::size_t close = path.find(']', i);
            const bool ended =
                close != std::string::npos && (close + 1 == path.size() || path[close + 1] == '.' || path[close + 1] == '[');
            if (!ended) return {};
            if (!parts.back().empty()) parts.emplace_back();
            parts.back() = path.substr(i + 1, close - i - 1);
            i = close;
        } else {
            parts.back() += path[i];
        }
    }
    const bool whole = std::none_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); });
    return whole ? parts : std::vector<std::string>();
}

void apply_override(Tree& root, const Override& override_, Report& report) { Setter(override_, report).apply(root, override_); }

}  // namespace lastunit::scenarios
