// From the names of a scenario to the dense indices of the model.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/demand.hpp"
#include "model/scenario.hpp"
#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

using NameIndex = std::map<std::string, std::uint32_t>;

// SKUs are those of `items`, or sku-1 .. sku-N, or a replayed log's.
class SkuNames {
   public:
    SkuNames(const schema::Catalogue& catalogue, const model::ReplayLog* log);
    std::optional<Sku> find(const std::string& name) const;
    std::uint32_t size() const { return size_; }
    std::string name(std::uint32_t index) const;         // of a generated catalogue
    std::string hint(const std::string& unknown) const;  // what to say about a name that is none

   private:
    std::uint32_t size_ = 0;
    bool generated_ = false;
    NameIndex names_;
};

struct Lookup {
    explicit Lookup(const schema::Scenario& scenario);

    NameIndex nodes, channels, personas, places, hosts, size_classes, carriers;
    NameIndex node_groups;  // in the order of first use

    // The nodes of these names and of these kinds, by index; neither = empty, which means all.
    std::vector<NodeId> node_set(const google::protobuf::RepeatedPtrField<std::string>& names,
                                 const google::protobuf::RepeatedField<int>& kinds) const;
    // The same, and all nodes where neither is given.
    std::vector<NodeId> node_set_or_all(const google::protobuf::RepeatedPtrField<std::string>& names,
                                        const google::protobuf::RepeatedField<int>& kinds) const;

   private:
    const schema::Scenario& scenario_;
};

}  // namespace lastunit::scenarios
