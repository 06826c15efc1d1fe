#include "drivers/grpc/client.hpp"

#include <chrono>
#include <thread>

#include "drivers/grpc/answers.hpp"
#include "drivers/grpc/commands.hpp"
#include "drivers/grpc/process.hpp"

namespace lastunit::drivers {

namespace {

std::chrono::system_clock::time_point in(Duration span) {
    return std::chrono::system_clock::now() + std::chrono::microseconds(span.us);
}

}  // namespace

Client::Client(ClientOptions options) : options_(std::move(options)) {
    set_up_grpc();
    grpc::ChannelArguments arguments;
    // Every session its own connection: two sessions through one would wait for each other.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    // What is repeated is decided by whoever counts the answers; and both halves of gRPC's own retries cost processor time.
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
    if (!options_.roots.empty()) {
        grpc::SslCredentialsOptions tls;
        tls.pem_root_certs = options_.roots;
        credentials = grpc::SslCredentials(tls);
    }
    channel_ = grpc::CreateCustomChannel(options_.target, credentials, arguments);
    stub_ = wire::Inventory::NewStub(channel_);
}

void Client::prepare(grpc::ClientContext& context, Duration timeout) const {
    context.set_deadline(in(timeout));
    if (!options_.token.empty()) context.AddMetadata("authorization", "Bearer " + options_.token);
}

wire::Description Client::describe(Duration patience) const {
    grpc::ClientContext context;
    prepare(context, patience);
    context.set_wait_for_ready(true);
    wire::Description description;
    const grpc::Status status = stub_->Describe(&context, {}, &description);
    if (!status.ok()) throw DriverError("grpc://" + options_.target + ": does not answer: " + status.error_message());
    return description;
}

Completion Client::apply(const Operation& operation) const {
    Completion completion{.tag = operation.tag};
    if (!in_contract(operation.command.kind)) {
        completion.settled = Settled::refused;
        completion.cause = Cause::unsupported;
        return completion;
    }
    grpc::ClientContext context;
    prepare(context, operation.timeout);
    wire::Command command;
    write(operation.command, command);
    wire::Answer answer;
    const grpc::Status status = stub_->Apply(&context, command, &answer);
    completion.at_ns = steady_now_ns();
    settle(status, answer, completion);
    return completion;
}

Completion Client::apply_until_known(const Operation& operation, Duration at_most) const {
    const std::int64_t end_ns = steady_now_ns() + at_most.us * 1000;
    auto pause = std::chrono::milliseconds(2);
    for (;;) {
        Operation attempt = operation;
        attempt.timeout = std::min(operation.timeout, Duration{std::max<std::int64_t>(1000, (end_ns - steady_now_ns()) / 1000)});
        Completion completion = apply(attempt);
        const bool known = completion.cause == Cause::outcome || completion.cause == Cause::unsupported;
        if (known || steady_now_ns() >= end_ns) {
            // That the last attempt was refused says nothing about those before it.
            if (!known) completion.settled = Settled::unknown;
            return completion;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(200));
    }
}

FinalState Client::dump(Duration patience) const {
    grpc::ClientContext context;
    prepare(context, patience);
    wire::DumpRequest request;
    request.set_orders(true);
    const auto reader = stub_->Dump(&context, request);
    FinalState out;
    wire::StateBatch batch;
    while (reader->Read(&batch)) {
        out.sequence = batch.sequence();
        for (const wire::CellState& c : batch.cells())
            out.stock.push_back({NodeId(static_cast<std::uint16_t>(c.node())), Sku(c.sku()), c.on_hand(), c.held(), c.allocated(),
                                 c.safety(), c.quarantined(), c.inbound(), c.shortage()});
        for (const wire::OrderLine& line : batch.orders())
            out.orders.push_back({OrderId(line.order()), NodeId(static_cast<std::uint16_t>(line.node())), Sku(line.sku()),
                                  line.quantity(), line.picked()});
    }
    const grpc::Status status = reader->Finish();
    if (!status.ok()) throw DriverError("grpc://" + options_.target + ": its state cannot be read: " + status.error_message());
    return out;
}

void settle_failure(const grpc::Status& status, Completion& completion) {
    completion.settled = Settled::refused;
    switch (status.error_code()) {
        case grpc::StatusCode::RESOURCE_EXHAUSTED:
            completion.cause = Cause::overloaded;
            return;
        case grpc::StatusCode::UNAUTHENTICATED:
        case grpc::StatusCode::PERMISSION_DENIED:
            completion.cause = Cause::unavailable;
            return;
        case grpc::StatusCode::UNIMPLEMENTED:
        case grpc::StatusCode::INVALID_ARGUMENT:
            completion.cause = Cause::unsupported;
            return;
        default:
            // UNAVAILABLE may be the server's refusal or a connection that was cut after the command had gone through it; a
            // deadline may have passed here and not there.
            completion.settled = Settled::unknown;
            completion.cause = Cause::no_answer;
            return;
    }
}

void settle(const grpc::Status& status, const wire::Answer& answer, Completion& completion) {
    if (!status.ok()) return settle_failure(status, completion);
    completion.sequence = answer.sequence();
    settle(answer.outcome(), completion);
}

}  // namespace lastunit::drivers
