#include "drivers/grpc/grpc_driver.hpp"

#include <algorithm>
#include <chrono>

#include "drivers/grpc/commands.hpp"

namespace lastunit::drivers {

namespace {

constexpr Duration kPatience = seconds(10);
constexpr std::size_t kBatch = 1000;

template <class Repeated> bool same(const Repeated& a, const std::vector<std::string>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

core::Command count_of(std::size_t cell, std::size_t nodes, Quantity counted) {
    core::Command command;
    command.kind = core::CommandKind::adjust;
    command.node = NodeId(static_cast<std::uint16_t>(cell % nodes));
    command.sku = Sku(static_cast<std::uint32_t>(cell / nodes));
    command.quantity = counted;
    return command;
}

}  // namespace

bool GrpcDriver::supports(core::CommandKind kind) const { return in_contract(kind); }

void GrpcDriver::prepare(const InitialStock& stock) {
    const wire::Description there = client_.describe(kPatience);
    if (!same(there.nodes(), stock.shape.nodes) || !same(there.skus(), stock.shape.skus) ||
        !same(there.channels(), stock.shape.channels))
        throw DriverError(target() + ": keeps other nodes, SKUs or channels than the scenario: start it with the same one");
    const std::size_t nodes = stock.shape.nodes.size();
    std::vector<Quantity> have(stock.units.size(), 0);
    for (const FinalState::Stock& cell : read_back().stock) {
        if (cell.held != 0 || cell.allocated != 0)
            throw DriverError(target() + ": has holds or orders of an earlier run: start it with a fresh data folder");
        have[std::size_t{cell.sku.value} * nodes + cell.node.value] = static_cast<Quantity>(cell.on_hand);
    }
    wire::CommandBatch batch;
    const auto send = [&] {
        grpc::ClientContext context;
        client_.prepare(context, kPatience);
        wire::AnswerBatch answers;
        const grpc::Status status = client_.stub().ApplyBatch(&context, batch, &answers);
        if (!status.ok()) throw DriverError(target() + ": takes no initial stock: " + status.error_message());
        for (const wire::Answer& answer : answers.answers())
            if (answer.outcome() != wire::APPLIED) throw DriverError(target() + ": takes no initial stock: " + answer.detail());
        batch.Clear();
    };
    for (std::size_t cell = 0; cell < have.size(); ++cell) {
        if (have[cell] == stock.units[cell]) continue;
        write(count_of(cell, nodes, stock.units[cell]), *batch.add_commands());
        if (batch.commands_size() == static_cast<int>(kBatch)) send();
    }
    if (batch.commands_size() != 0) send();
}

std::unique_ptr<Session> GrpcDriver::open() {
    return way_ == Way::calls ? open_call_session(client_.another()) : open_stream_session(client_.another());
}

Completion GrpcDriver::resolve(const Operation& operation, Duration at_most) {
    return client_.apply_until_known(operation, at_most);
}

}  // namespace lastunit::drivers
