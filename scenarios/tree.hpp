// A scenario file as a tree of values with positions, before anything is known of fields: what `extends`, `--set` and node kinds
// work on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/diagnostic.hpp"

namespace lastunit::scenarios {

struct Entry;

struct Tree {
    enum class Kind : std::uint8_t { null, scalar, list, map };

    Kind kind = Kind::null;
    bool replaces = false;  // tagged !replace: takes the place of a map of the base instead of merging with it
    std::string text;       // scalar
    Position at;
    std::vector<Entry> entries;  // map, in file order, keys unique
    std::vector<Tree> items;     // list

    const Entry* find(std::string_view key) const;
    Entry* find(std::string_view key);
    const Tree* child(std::string_view key) const;  // null when absent or not a map
    void erase(std::string_view key);
};

struct Entry {
    std::string key;
    Position at;
    Tree value;
};

Tree scalar(std::string text, Position at);

// `over` on top of `base`: maps key by key, deeply; a list or scalar replaces; null removes the key.
Tree merge(Tree base, Tree over);

// Drops map entries whose value is null: they mean "not given".
void prune_nulls(Tree& tree);

}  // namespace lastunit::scenarios
