#include "scenarios/tree.hpp"

#include <map>

namespace lastunit::scenarios {

const Entry* Tree::find(std::string_view key) const {
    for (const Entry& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

Entry* Tree::find(std::string_view key) {
    for (Entry& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

const Tree* Tree::child(std::string_view key) const {
    const Entry* entry = find(key);
    return entry ? &entry->value : nullptr;
}

void Tree::erase(std::string_view key) {
    std::erase_if(entries, [&](const Entry& entry) { return entry.key == key; });
}

Tree scalar(std::string text, Position at) {
    Tree tree;
    tree.kind = Tree::Kind::scalar;
    tree.text = std::move(text);
    tree.at = std::move(at);
    return tree;
}

Tree merge(Tree base, Tree over) {
    if (base.kind != Tree::Kind::map || over.kind != Tree::Kind::map || over.replaces) return over;
    std::map<std::string, std::size_t, std::less<>> index;  // catalogues have thousands of keys
    for (std::size_t i = 0; i < base.entries.size(); ++i) index.emplace(base.entries[i].key, i);
    for (Entry& entry : over.entries) {
        const auto found = index.find(entry.key);
        if (found == index.end()) {
            base.entries.push_back(std::move(entry));
            continue;
        }
        Entry& old = base.entries[found->second];
        old.at = entry.at;
        old.value = merge(std::move(old.value), std::move(entry.value));
    }
    base.at = over.at;
    prune_nulls(base);
    return base;
}

void prune_nulls(Tree& tree) {
    std::erase_if(tree.entries, [](const Entry& entry) { return entry.value.kind == Tree::Kind::null; });
    for (Entry& entry : tree.entries) prune_nulls(entry.value);
    for (Tree& item : tree.items) prune_nulls(item);
}

}  // namespace lastunit::scenarios
