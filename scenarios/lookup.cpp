#include "scenarios/lookup.hpp"

#include <charconv>
#include <set>

#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

constexpr std::string_view kGenerated = "sku-";

template <class Entries> NameIndex index_of(const Entries& entries) {
    NameIndex index;
    for (const auto& entry : entries) index.emplace(entry.name(), static_cast<std::uint32_t>(index.size()));
    return index;
}

}  // namespace

SkuNames::SkuNames(const schema::Catalogue& catalogue, const model::ReplayLog* log) {
    if (log) {
        for (const model::ReplaySku& sku : log->skus) names_.emplace(sku.name, static_cast<std::uint32_t>(names_.size()));
    } else if (catalogue.items_size() > 0) {
        names_ = index_of(catalogue.items());
    } else {
        generated_ = true;
    }
    size_ = generated_ ? catalogue.skus() : static_cast<std::uint32_t>(names_.size());
}

std::string SkuNames::name(std::uint32_t index) const { return std::string(kGenerated) + std::to_string(index + 1); }

std::optional<Sku> SkuNames::find(const std::string& name) const {
    if (!generated_) {
        const auto found = names_.find(name);
        return found == names_.end() ? std::nullopt : std::optional(Sku(found->second));
    }
    std::uint32_t rank = 0;
    if (!name.starts_with(kGenerated)) return std::nullopt;
    const char* end = name.data() + name.size();
    const auto [stop, code] = std::from_chars(name.data() + kGenerated.size(), end, rank);
    if (code != std::errc() || stop != end || rank < 1 || rank > size_ || this->name(rank - 1) != name) return std::nullopt;
    return Sku(rank - 1);
}

std::string SkuNames::hint(const std::string& unknown) const {
    if (generated_) return size_ == 0 ? "" : "; the catalogue has sku-1 to " + name(size_ - 1);
    std::vector<std::string> valid;
    for (const auto& [name, index] : names_) valid.push_back(name);
    return suggest(unknown, valid);
}

Lookup::Lookup(const schema::Scenario& scenario)
    : nodes(index_of(scenario.network().nodes())),
      channels(index_of(scenario.channels())),
      personas(index_of(scenario.personas())),
      places(index_of(scenario.network().places())),
      hosts(index_of(scenario.design().hosts())),
      size_classes(index_of(scenario.catalogue().size_classes())),
      carriers(index_of(scenario.network().carriers())),
      scenario_(scenario) {
    for (const schema::Node& node : scenario.network().nodes())
        for (const std::string& group : node.groups()) node_groups.emplace(group, static_cast<std::uint32_t>(node_groups.size()));
}

std::vector<NodeId> Lookup::node_set(const google::protobuf::RepeatedPtrField<std::string>& names,
                                     const google::protobuf::RepeatedField<int>& kinds) const {
    std::set<NodeId> set;
    for (const std::string& name : names)
        if (const auto found = nodes.find(name); found != nodes.end())
            set.insert(NodeId(static_cast<std::uint16_t>(found->second)));
    const auto& all = scenario_.network().nodes();
    for (const int kind : kinds)
        for (int i = 0; i < all.size(); ++i)
            if (all[i].kind() == kind) set.insert(NodeId(static_cast<std::uint16_t>(i)));
    return {set.begin(), set.end()};
}

std::vector<NodeId> Lookup::node_set_or_all(const google::protobuf::RepeatedPtrField<std::string>& names,
                                            const google::protobuf::RepeatedField<int>& kinds) const {
    std::vector<NodeId> set = node_set(names, kinds);
    if (names.empty() && kinds.empty())
        for (std::size_t i = 0; i < nodes.size(); ++i) set.emplace_back(static_cast<std::uint16_t>(i));
    return set;
}

}  // namespace lastunit::scenarios
