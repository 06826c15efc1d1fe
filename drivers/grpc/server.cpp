#include "drivers/grpc/server.hpp"

#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <thread>

#include "drivers/engine/problem.hpp"
#include "drivers/grpc/call.hpp"
#include "drivers/grpc/process.hpp"

namespace lastunit::drivers {

struct Server::Impl {
    Impl(Engine& chosen, ServerOptions wanted) : engine(chosen), options(std::move(wanted)) {}

    void listen();
    void serve_queue(grpc::ServerCompletionQueue& queue);

    Engine& engine;
    ServerOptions options;
    wire::Inventory::AsyncService service;
    std::unique_ptr<grpc::Server> server;
    std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
    std::vector<std::unique_ptr<Host>> hosts;
    std::vector<std::thread> threads;
    std::atomic<int> under_way{0};
    std::atomic<int> streams{0};
    std::atomic<bool> stopping{false};
    int port = 0;
};

namespace {

std::shared_ptr<grpc::ServerCredentials> credentials_of(const ServerOptions& options) {
    if (options.certificate.empty()) return grpc::InsecureServerCredentials();
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({options.private_key, options.certificate});
    return grpc::SslServerCredentials(tls);
}

}  // namespace

bool is_loopback(const std::string& listen) {
    const std::string host = listen.substr(0, listen.rfind(':'));
    return host.starts_with("127.") || host == "localhost" || host == "[::1]";
}

void Server::Impl::listen() {
    set_up_grpc();
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.AddListeningPort(options.listen, credentials_of(options), &port);
    builder.RegisterService(&service);
    builder.SetMaxReceiveMessageSize(static_cast<int>(options.most_message_bytes));
    // Two servers on one port would each get a part of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    // Commands are small: what would be compressed costs more than it saves, and so does asking for the bandwidth.
    builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    // What a stream may have on its way before it is read: some two hundred batches of a hundred.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20);
    const unsigned wanted = options.threads != 0 ? options.threads : std::clamp(std::thread::hardware_concurrency() / 2, 1U, 8U);
    for (unsigned i = 0; i < wanted; ++i) queues.push_back(builder.AddCompletionQueue());
    server = builder.BuildAndStart();
    if (!server || port == 0) {
        for (auto& queue : queues) {
            queue->Shutdown();
            void* tag = nullptr;
            bool ok = false;
            while (queue->Next(&tag, &ok)) {
            }
        }
        throw Problem("cannot listen on " + options.listen + ": the address is taken or not this machine's" +
                      (options.certificate.empty() ? "" : ", or certificate and key do not fit"));
    }
}

void Server::Impl::serve_queue(grpc::ServerCompletionQueue& queue) {
    void* tag = nullptr;
    bool ok = false;
    while (queue.Next(&tag, &ok)) static_cast<Tag*>(tag)->proceed(ok);
}

Server::Server(Engine& engine, ServerOptions options) : impl_(std::make_unique<Impl>(engine, std::move(options))) {
    impl_->listen();
    for (auto& queue : impl_->queues) {
        impl_->hosts.push_back(std::make_unique<Host>(
            Host{engine, impl_->options, impl_->service, *queue, impl_->under_way, impl_->streams, impl_->stopping}));
        serve_unary(*impl_->hosts.back());
        serve_reads(*impl_->hosts.back());
        serve_streams(*impl_->hosts.back());
    }
    for (auto& queue : impl_->queues) impl_->threads.emplace_back([this, at = queue.get()] { impl_->serve_queue(*at); });
}

Server::~Server() {
    if (!impl_->threads.empty()) stop();
}

int Server::port() const { return impl_->port; }

void Server::stop(Duration at_most) {
    impl_->stopping = true;
    if (auto* health = impl_->server->GetHealthCheckService(); health != nullptr) health->SetServingStatus(false);
    impl_->engine.changes().wake_all();
    impl_->server->Shutdown(std::chrono::system_clock::now() + std::chrono::microseconds(at_most.us));
    impl_->engine.close();
    // Cancelled calls may still have been in the engine: each ends through its queue, which has to live until then.
    while (impl_->under_way != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    for (auto& queue : impl_->queues) queue->Shutdown();
    for (std::thread& thread : impl_->threads) thread.join();
    impl_->threads.clear();
}

grpc::Status Host::authorise(const grpc::ServerContext& context) const {
    if (options.token.empty()) return grpc::Status::OK;
    const std::string expected = "Bearer " + options.token;
    const auto found = context.client_metadata().find("authorization");
    const std::string_view given = found == context.client_metadata().end()
                                       ? std::string_view{}
                                       : std::string_view(found->second.data(), found->second.size());
    // Every byte of the expected one is looked at, whatever was given.
    unsigned difference = given.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const char other = i < given.size() ? given[i] : '\0';
        difference |= static_cast<unsigned>(static_cast<unsigned char>(expected[i] ^ other));
    }
    if (difference == 0) return grpc::Status::OK;
    return {grpc::StatusCode::UNAUTHENTICATED, "the token is missing or wrong (metadata 'authorization: Bearer TOKEN')"};
}

SimTime deadline_of(const grpc::ServerContext& context) {
    const auto deadline = context.deadline();
    if (deadline == std::chrono::system_clock::time_point::max()) return kNever;
    return {std::chrono::duration_cast<std::chrono::microseconds>(deadline.time_since_epoch()).count()};
}

grpc::Status status_of(Admission admission) {
    if (admission == Admission::full)
        return {grpc::StatusCode::RESOURCE_EXHAUSTED, "too many commands are waiting; nothing was applied, repeat it later"};
    return {grpc::StatusCode::UNAVAILABLE, "takes no commands any more; nothing was applied"};
}

grpc::Status status_of(WorkStatus status) {
    switch (status) {
        case WorkStatus::done:
            return grpc::Status::OK;
        case WorkStatus::late:
            return {grpc::StatusCode::DEADLINE_EXCEEDED, "the deadline had passed before it was begun; nothing was applied"};
        case WorkStatus::unavailable:
            return {grpc::StatusCode::UNAVAILABLE, "the journal cannot be written (is the disk full?); nothing was applied"};
        case WorkStatus::unknown:
            return {grpc::StatusCode::UNAVAILABLE, "the disk failed; whether it was applied is known after a restart"};
    }
    return grpc::Status::OK;
}

}  // namespace lastunit::drivers
