// What was sold, oversold, undersold and lost of each SKU, over the whole run: by class, and of those that did worst.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/types.hpp"
#include "model/cause.hpp"
#include "model/run_record.pb.h"
#include "sim/world.hpp"

namespace lastunit::sim {

class SkuFigures {
   public:
    explicit SkuFigures(const World& world);

    void sold(Sku sku, Quantity units) { of_[sku.value].accepted += count(units); }
    void oversold(Sku sku, ChannelId channel, model::OversoldCause cause, Quantity units);
    void undersold(Sku sku, Quantity units) { of_[sku.value].undersold += count(units); }
    void lost(Sku sku, Quantity units) { of_[sku.value].lost += count(units); }

    void fill(model::RunRecord& record) const;

   private:
    static constexpr std::size_t kWorst = 10;

    struct Counts {
        std::uint32_t accepted = 0, oversold = 0, undersold = 0, lost = 0;
    };
    static std::uint32_t count(Quantity units) { return static_cast<std::uint32_t>(units); }
    std::vector<std::uint32_t> worst() const;
    void fill_worst(model::SkuKpi& out, std::uint32_t sku) const;

    const World& world_;
    std::vector<Counts> of_;  // [sku]
    // Oversold units of the SKUs that have any, by (sku, channel, cause): as many entries as there are such combinations.
    std::map<std::uint64_t, std::uint32_t> oversold_;
};

}  // namespace lastunit::sim
