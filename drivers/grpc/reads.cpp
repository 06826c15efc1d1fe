// Availability and Plan: questions to the ledger between two commands.
#include "drivers/grpc/commands.hpp"
#include "drivers/grpc/unary_call.hpp"
#include "drivers/grpc/watch.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::uint64_t kMostCells = 10'000;

class AvailabilityCall final : public UnaryCall<wire::AvailabilityRequest, wire::AvailabilityReply> {
   public:
    using UnaryCall::UnaryCall;

   private:
    void expect(grpc::ServerContext& context, wire::AvailabilityRequest& request,
                grpc::ServerAsyncResponseWriter<wire::AvailabilityReply>& writer) override {
        host_.service.RequestAvailability(&context, &request, &writer, &host_.queue, &host_.queue, static_cast<Tag*>(this));
    }
    UnaryCall* another() const override { return new AvailabilityCall(host_); }
    grpc::Status begin() override {
        const core::LedgerConfig& config = host_.engine.config();
        const std::uint64_t nodes =
            request().nodes_size() == 0 ? config.nodes : static_cast<std::uint64_t>(request().nodes_size());
        if (nodes * static_cast<std::uint64_t>(request().skus_size()) > kMostCells)
            return {grpc::StatusCode::INVALID_ARGUMENT, "at most " + std::to_string(kMostCells) + " cells at once"};
        for (const std::uint32_t sku : request().skus())
            if (sku >= config.skus) return {grpc::StatusCode::INVALID_ARGUMENT, "there is no SKU " + std::to_string(sku)};
        for (const std::uint32_t node : request().nodes())
            if (node >= config.nodes) return {grpc::StatusCode::INVALID_ARGUMENT, "there is no node " + std::to_string(node)};
        if (request().has_channel() && request().channel() >= config.channels)
            return {grpc::StatusCode::INVALID_ARGUMENT, "there is no channel " + std::to_string(request().channel())};
        return grpc::Status::OK;
    }
    void look(const core::Ledger& ledger, std::uint64_t) override {
        for (const std::uint32_t sku : request().skus()) {
            if (request().nodes_size() == 0) {
                for (std::uint32_t node = 0; node < ledger.config().nodes; ++node) add(ledger, node, sku);
            } else {
                for (const std::uint32_t node : request().nodes()) add(ledger, node, sku);
            }
        }
        reply_message().set_sequence(ledger.sequence());
    }
    void add(const core::Ledger& ledger, std::uint32_t node, std::uint32_t sku) {
        const NodeId at(static_cast<std::uint16_t>(node));
        wire::Available& to = *reply_message().add_available();
        to.set_node(node);
        to.set_sku(sku);
        const Quantity units = request().has_channel()
                                   ? ledger.atp(at, Sku(sku), ChannelId(static_cast<std::uint8_t>(request().channel())))
                                   : ledger.atp(at, Sku(sku));
        to.set_quantity(static_cast<std::uint32_t>(units));
    }
};

class PlanCall final : public UnaryCall<wire::PlanRequest, wire::PlanReply> {
   public:
    using UnaryCall::UnaryCall;

   private:
    void expect(grpc::ServerContext& context, wire::PlanRequest& request,
                grpc::ServerAsyncResponseWriter<wire::PlanReply>& writer) override {
        host_.service.RequestPlan(&context, &request, &writer, &host_.queue, &host_.queue, static_cast<Tag*>(this));
    }
    UnaryCall* another() const override { return new PlanCall(host_); }
    grpc::Status begin() override {
        if (!host_.options.plan)
            return {grpc::StatusCode::UNIMPLEMENTED, "this server was started without a scenario and knows no network"};
        const core::LedgerConfig& config = host_.engine.config();
        if (request().lines_size() == 0 || request().lines_size() > kMostLines)
            return {grpc::StatusCode::INVALID_ARGUMENT, "an order has 1 to " + std::to_string(kMostLines) + " lines"};
        if (request().channel() >= config.channels)
            return {grpc::StatusCode::INVALID_ARGUMENT, "there is no channel " + std::to_string(request().channel())};
        question_ = {};
        for (const wire::PlanLine& line : request().lines()) {
            if (line.sku() >= config.skus || line.quantity() == 0 || line.quantity() > core::kMaxUnits)
                return {grpc::StatusCode::INVALID_ARGUMENT, "a line names no SKU of this shop, or no quantity"};
            question_.lines.push_back({NodeId{}, Sku(line.sku()), static_cast<Quantity>(line.quantity())});
        }
        question_.latitude = request().latitude();
        question_.longitude = request().longitude();
        question_.channel = ChannelId(static_cast<std::uint8_t>(request().channel()));
        return grpc::Status::OK;
    }
    void look(const core::Ledger& ledger, std::uint64_t) override {
        const PlanAnswer answer = host_.options.plan(question_, ledger);
        for (const core::Line& from : answer.lines) {
            wire::Line& line = *reply_message().add_lines();
            line.set_node(from.node.value);
            line.set_sku(from.sku.value);
            line.set_quantity(static_cast<std::uint32_t>(from.quantity));
        }
        reply_message().set_cost(answer.cost);
        for (const auto& [node, reason] : answer.rejected) {
            wire::NodeReason& to = *reply_message().add_rejected();
            to.set_node(node.value);
            to.set_reason(reason);
        }
    }

    static constexpr int kMostLines = 64;
    PlanQuestion question_;
};

}  // namespace

void serve_reads(Host& host) {
    serve<AvailabilityCall>(host);
    serve<PlanCall>(host);
    serve_dumps(host);
    serve_watches(host);
}

}  // namespace lastunit::drivers
