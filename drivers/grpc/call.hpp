// What the server's calls share: a completion queue's tag, the queue's own context, and the way from a request to the engine and
// back.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "drivers/engine/engine.hpp"
#include "drivers/grpc/server.hpp"
#include "drivers/inventory.grpc.pb.h"

namespace lastunit::drivers {

namespace wire = lastunit::inventory::v1;

// Something that gRPC has finished: proceed() runs on the queue's thread. `ok` as of CompletionQueue::Next.
class Tag {
   public:
    Tag() = default;
    Tag(const Tag&) = delete;
    Tag& operator=(const Tag&) = delete;
    virtual ~Tag() = default;
    virtual void proceed(bool ok) = 0;
};

// A tag that calls a member function.
template <class Owner> class MemberTag : public Tag {
   public:
    MemberTag(Owner& owner, void (Owner::*then)(bool)) : owner_(owner), then_(then) {}
    void proceed(bool ok) override { (owner_.*then_)(ok); }

   private:
    Owner& owner_;
    void (Owner::*then_)(bool);
};

// A stream has memory of its own while it is open: about a megabyte. More are refused.
inline constexpr int kMostStreams = 512;

// One per completion queue; each queue has one thread.
struct Host {
    Engine& engine;
    const ServerOptions& options;
    wire::Inventory::AsyncService& service;
    grpc::ServerCompletionQueue& queue;
    std::atomic<int>& under_way;  // calls that have begun and not ended
    std::atomic<int>& streams;    // of those: streams of batches, and watchers
    const std::atomic<bool>& stopping;
    std::vector<std::shared_ptr<void>> idle{};  // calls of each kind that wait for their next use

    // OK, or UNAUTHENTICATED: compared in a time that does not depend on how much of it is right.
    grpc::Status authorise(const grpc::ServerContext& context) const;
};

// Microseconds since 1970; kNever when the caller set none.
SimTime deadline_of(const grpc::ServerContext& context);
grpc::Status status_of(Admission admission);  // not for `taken`
grpc::Status status_of(WorkStatus status);

// Each posts a first call of its method; calls renew themselves.
void serve_unary(Host& host);
void serve_streams(Host& host);
void serve_reads(Host& host);

}  // namespace lastunit::drivers
