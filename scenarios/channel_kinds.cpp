#include "scenarios/channel_kinds.hpp"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/scenario.pb.h"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

constexpr const char* kAny = "any";

struct ChannelOfKind {
    std::string name, kind;
    Position at;
};

std::vector<ChannelOfKind> channels_of(const Tree& root) {
    std::vector<ChannelOfKind> out;
    const Tree* channels = root.child("channels");
    if (!channels) return out;
    for (const Entry& channel : channels->entries)
        if (const Tree* kind = channel.value.child("kind")) out.push_back({channel.key, kind->text, channel.at});
    return out;
}

Entry& entry_of(Tree& map, const std::string& key, const Position& at) {
    if (Entry* found = map.find(key)) return *found;
    Tree value;
    value.kind = Tree::Kind::map;
    value.at = at;
    map.entries.push_back({key, at, std::move(value)});
    return map.entries.back();
}

void put_channels_on_kinds(Tree& design, const std::vector<ChannelOfKind>& channels) {
    const Tree* by_kind = design.child("by_kind");
    if (!by_kind || by_kind->kind != Tree::Kind::map) return;
    const Tree kinds = *by_kind;
    Tree& own = entry_of(design, "channels", kinds.at).value;
    if (own.kind != Tree::Kind::map) return;  // the binder will say so
    for (const ChannelOfKind& channel : channels) {
        const Entry* kind = kinds.find(channel.kind);
        if (!kind) kind = kinds.find(kAny);
        if (!kind) continue;
        if (Entry* found = own.find(channel.name))
            found->value = merge(kind->value, std::move(found->value));
        else
            own.entries.push_back({channel.name, kind->at, kind->value});
    }
}

// The kinds that an edge's list names; each wrong one is reported where it stands.
std::vector<std::string> kinds_named(const Tree& list, const std::string& path, Report& report) {
    std::vector<std::string> valid, out;
    const auto& names = *schema::ChannelDesign::Kind_descriptor();
    for (int i = 0; i < names.value_count(); ++i) valid.push_back(names.value(i)->name());
    if (list.kind != Tree::Kind::list) report.error(list.at, path, "expected a list of channel kinds, e.g. [web, app]");
    for (const Tree& item : list.items) {
        if (std::find(valid.begin(), valid.end(), item.text) == valid.end())
            report.error(item.at, path, "unknown channel kind `" + item.text + "`" + suggest(item.text, valid));
        out.push_back(item.text);
    }
    return out;
}

class EdgeExpander {
   public:
    EdgeExpander(const std::vector<ChannelOfKind>& channels, Report& report) : channels_(channels), report_(report) {}

    void expand(Tree& edges) {
        given_ = edges;
        std::map<std::string, std::vector<Entry>> copies;
        for (const Entry& edge : given_.entries)
            if (const char* end = end_of(edge)) copies[edge.key] = one_per_channel(edge, end);
        edges.entries.clear();
        for (const Entry& edge : given_.entries) {
            const auto found = copies.find(edge.key);
            if (found != copies.end())
                edges.entries.insert(edges.entries.end(), found->second.begin(), found->second.end());
            else if (!used_.contains(edge.key))
                edges.entries.push_back(edge);
        }
    }

    const std::map<std::string, std::vector<std::string>>& expanded() const { return expanded_; }

   private:
    static const char* end_of(const Entry& edge) {
        return edge.value.child("from_kinds") ? "from" : edge.value.child("to_kinds") ? "to" : nullptr;
    }

    std::vector<Entry> one_per_channel(const Entry& edge, const std::string& end) {
        const std::string path = "design.edges." + edge.key;
        const Entry list = *edge.value.find(end + "_kinds");
        for (const char* other : {"from", "to", "to_kinds"})
            if (const Entry* wrong = edge.value.find(other); wrong && list.key != other)
                report_.error(wrong->at, path + "." + other,
                              "goes without `" + list.key + "`, which names the channels; the other end is the core");
        const std::vector<std::string> kinds = kinds_named(list.value, path + "." + list.key, report_);
        const auto meant = [&](const std::string& kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); };
        std::vector<Entry> copies;
        std::vector<std::string>& names = expanded_[edge.key];
        for (const ChannelOfKind& channel : channels_) {
            if (!meant(channel.kind) && !meant(kAny)) continue;
            Entry copy = edge;
            copy.key = edge.key + " " + channel.name;
            for (const char* gone : {"from_kinds", "to_kinds", "from", "to"}) copy.value.erase(gone);
            copy.value.entries.push_back({end, list.at, scalar(channel.name, list.at)});
            if (const Entry* own = given_.find(copy.key)) {  // says what is different there
                used_.insert(copy.key);
                copy.value = merge(std::move(copy.value), own->value);
            }
            names.push_back(copy.key);
            copies.push_back(std::move(copy));
        }
        return copies;
    }

    const std::vector<ChannelOfKind>& channels_;
    Report& report_;
    Tree given_;
    std::set<std::string> used_;                                // entries that were laid over an expanded edge
    std::map<std::string, std::vector<std::string>> expanded_;  // an edge's name -> those of its channels
};

void name_all_edges(Tree& root, const std::map<std::string, std::vector<std::string>>& expanded) {
    Entry* faults = root.find("faults");
    if (!faults) return;
    for (Entry& fault : faults->value.entries) {
        Entry* edges = fault.value.find("edges");
        if (!edges) continue;
        std::vector<Tree> items;
        for (const Tree& item : edges->value.items) {
            const auto found = expanded.find(item.text);
            if (found == expanded.end())
                items.push_back(item);
            else
                for (const std::string& name : found->second) items.push_back(scalar(name, item.at));
        }
        edges->value.items = std::move(items);
    }
}

}  // namespace

void expand_channel_kinds(Tree& root, Report& report) {
    Entry* design = root.find("design");
    if (!design || design->value.kind != Tree::Kind::map) return;
    const std::vector<ChannelOfKind> channels = channels_of(root);
    put_channels_on_kinds(design->value, channels);
    Entry* edges = design->value.find("edges");
    if (!edges || edges->value.kind != Tree::Kind::map) return;
    EdgeExpander expander(channels, report);
    expander.expand(edges->value);
    name_all_edges(root, expander.expanded());
}

}  // namespace lastunit::scenarios
