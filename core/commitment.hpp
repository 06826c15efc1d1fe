// What a hold or an order has of one (node, SKU), and a list of such lines that needs no memory of its own for up to three.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>

#include "core/types.hpp"

namespace lastunit::core {

struct Commitment {
    NodeId node;
    ChannelId channel;
    Sku sku;
    Quantity quantity = 0;
    Quantity picked = 0;      // of `quantity`; orders only
    Quantity fenced = 0;      // of `quantity`, taken from the channel's fence
    std::uint32_t fence = 0;  // which setting of that fence
};

// Keeps its memory when cleared, so a reused record allocates nothing.
class CommitmentList {
   public:
    std::span<Commitment> all() { return {data(), size_}; }
    std::span<const Commitment> all() const { return {heap_ ? heap_.get() : inline_, size_}; }
    bool empty() const { return size_ == 0; }
    void clear() { size_ = 0; }

    void push_back(const Commitment& line) {
        if (size_ == capacity_) grow();
        data()[size_++] = line;
    }
    // Keeps the order of the rest.
    void drop_empty() {
        const auto lines = all();
        size_ = static_cast<std::uint32_t>(
            std::remove_if(lines.begin(), lines.end(), [](const Commitment& line) { return line.quantity == 0; }) -
            lines.begin());
    }

   private:
    static constexpr std::uint32_t kInline = 3;

    Commitment* data() { return heap_ ? heap_.get() : inline_; }
    void grow() {
        auto larger = std::make_unique<Commitment[]>(capacity_ * 2);
        std::copy_n(data(), size_, larger.get());
        heap_ = std::move(larger);
        capacity_ *= 2;
    }

    Commitment inline_[kInline];
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = kInline;
    std::unique_ptr<Commitment[]> heap_;
};

}  // namespace lastunit::core
