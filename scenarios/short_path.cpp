#include "scenarios/short_path.hpp"

#include <algorithm>

#include "scenarios/field_path.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

using Parts = std::vector<std::string>;
constexpr const char* kAny = "*";
constexpr std::size_t kNamed = 12;  // candidates in a message

std::string joined(const Parts& parts) {
    std::string out;
    for (const std::string& part : parts) {
        const bool index = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
        out += index ? "[" + part + "]" : (out.empty() ? "" : ".") + part;
    }
    return out;
}

// A field that the schema has at a place of the tree.
struct Candidate {
    Parts parts;
    bool written = false;  // and the tree has a value there
};

bool ends_with(const Parts& path, const Parts& pattern) {
    if (path.size() < pattern.size()) return false;
    return std::equal(pattern.begin(), pattern.end(), path.end() - static_cast<std::ptrdiff_t>(pattern.size()),
                      [](const std::string& wanted, const std::string& part) { return wanted == kAny || wanted == part; });
}

class Finder {
   public:
    explicit Finder(Parts pattern) : pattern_(std::move(pattern)) {}

    std::vector<Candidate> in(const Tree& tree, const Parts& at) {
        walk(tree, at);
        return std::move(found_);
    }

   private:
    // `design.by_kind` has been put into the channels already, and what is set there wins.
    static bool passed_over(const Parts& at) { return at.size() >= 2 && at[0] == "design" && at[1] == "by_kind"; }

    void walk(const Tree& tree, const Parts& at) {
        if (passed_over(at)) return;
        if (tree.kind == Tree::Kind::map) here(tree, at);
        for (const Entry& entry : tree.entries) walk(entry.value, with(at, entry.key));
        for (std::size_t i = 0; i < tree.items.size(); ++i) walk(tree.items[i], with(at, std::to_string(i)));
    }

    void here(const Tree& tree, const Parts& at) {
        Candidate candidate{with(at, pattern_.back()), tree.find(pattern_.back()) != nullptr};
        if (pattern_.back() != kAny && ends_with(candidate.parts, pattern_) && field_at(candidate.parts) != nullptr)
            found_.push_back(std::move(candidate));
    }

    static Parts with(Parts at, const std::string& part) {
        at.push_back(part);
        return at;
    }

    Parts pattern_;
    std::vector<Candidate> found_;
};

const Tree* inside(const Tree& root, const Parts& parts) {
    const Tree* here = &root;
    for (const std::string& part : parts) {
        here = here->child(part);
        if (here == nullptr) return nullptr;
    }
    return here;
}

// `edges.CHANNEL.FIELD`, where no edge has that name.
std::vector<Candidate> edges_of_channel(const Tree& root, Parts parts) {
    if (!parts.empty() && parts[0] == "design") parts.erase(parts.begin());
    const Tree* edges = inside(root, {"design", "edges"});
    if (parts.size() != 3 || parts[0] != "edges" || edges == nullptr || edges->find(parts[1]) != nullptr) return {};
    std::vector<Candidate> out;
    for (const char* end : {"to", "from"}) {
        for (const Entry& edge : edges->entries) {
            const Tree* channel = edge.value.child(end);
            const Parts path{"design", "edges", edge.key, parts[2]};
            if (channel != nullptr && channel->text == parts[1] && field_at(path) != nullptr)
                out.push_back({path, edge.value.find(parts[2]) != nullptr});
        }
        if (!out.empty()) break;
    }
    return out;
}

void keep_written(std::vector<Candidate>& all) {
    if (std::any_of(all.begin(), all.end(), [](const Candidate& one) { return one.written; }))
        std::erase_if(all, [](const Candidate& one) { return !one.written; });
}

// Fields of channels or of edges of the design, all of one kind.
bool alike(const std::vector<Candidate>& all) {
    const Parts& first = all.front().parts;
    const bool kind = first.size() == 4 && first[0] == "design" && (first[1] == "channels" || first[1] == "edges");
    return kind && std::all_of(all.begin(), all.end(),
                               [&](const Candidate& one) { return one.parts.size() == 4 && one.parts[1] == first[1]; });
}

// Who looks at the shelf, or at the core, has no use for what is kept from a view.
bool sells_from_a_view(const Tree& root, const Candidate& one) {
    if (one.parts[1] != "channels") return true;
    const Tree* channel = inside(root, {"design", "channels", one.parts[2]});
    const Tree* decides = channel == nullptr ? nullptr : channel->child("decides_on");
    return decides == nullptr || decides->text == "view";
}

std::vector<std::string> names_near(const Tree& root) {
    std::vector<std::string> out;
    for (const char* map : {"channels", "edges"}) {
        const Tree* entries = inside(root, {"design", map});
        if (entries == nullptr) continue;
        for (const Entry& entry : entries->entries)
            for (const Entry& field : entry.value.entries)
                for (const std::string& prefix : {std::string(map) + "." + entry.key + ".", entry.key + ".", std::string()})
                    if (std::find(out.begin(), out.end(), prefix + field.key) == out.end()) out.push_back(prefix + field.key);
    }
    if (const Tree* design = inside(root, {"design"}))
        for (const Entry& entry : design->entries) out.push_back(entry.key);
    return out;
}

FoundPaths ambiguous(const std::string& given, const std::vector<Candidate>& all) {
    std::string names;
    for (std::size_t i = 0; i < all.size() && i < kNamed; ++i) names += (i == 0 ? "" : ", ") + joined(all[i].parts);
    if (all.size() > kNamed) names += " and " + std::to_string(all.size() - kNamed) + " more";
    return {{}, "`" + given + "` may be any of " + names + "; with `*` for a part all that fit are meant together"};
}

}  // namespace

FoundPaths find_paths(const Tree& root, const std::string& given) {
    const Parts parts = path_parts(given);
    if (parts.empty()) return {{}, "`" + given + "` is not a dotted path, e.g. design.channels.web.buffer"};
    const bool any = std::find(parts.begin(), parts.end(), kAny) != parts.end();
    // A name that is a whole path, too, and stands for nothing, is a section: `channels`.
    if (!any && parts.size() > 1 && field_at(parts) != nullptr) {
        const bool of_missing_edge = parts[0] == "design" && parts[1] == "edges" && !edges_of_channel(root, parts).empty();
        if (!of_missing_edge) return {{joined(parts)}, ""};
    }
    std::vector<Candidate> found = edges_of_channel(root, parts);
    const Tree* design = inside(root, {"design"});
    if (found.empty() && design != nullptr) found = Finder(parts).in(*design, {"design"});
    if (found.empty()) found = Finder(parts).in(root, {});
    if (found.empty())
        return {{}, "the scenario has nothing to vary by the name `" + given + "`" + suggest(given, names_near(root))};
    const bool stated = std::any_of(found.begin(), found.end(), [](const Candidate& one) { return one.written; });
    keep_written(found);
    if (!stated && parts.size() == 1 && alike(found))
        std::erase_if(found, [&](const Candidate& one) { return !sells_from_a_view(root, one); });
    if (found.size() > 1 && !any && !(parts.size() == 1 && alike(found))) return ambiguous(given, found);
    FoundPaths out;
    for (const Candidate& one : found) out.paths.push_back(joined(one.parts));
    if (out.paths.empty()) out.error = "no channel of the design sells from a view: `" + given + "` would change nothing";
    return out;
}

}  // namespace lastunit::scenarios
