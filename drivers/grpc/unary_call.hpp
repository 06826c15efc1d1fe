// A call with one request and one reply, on its way: posted -> begun -> (engine) -> finished -> posted again. The object and its
// memory are reused; the messages live in an arena.
#pragma once

#include <google/protobuf/arena.h>

#include <memory>
#include <optional>
#include <vector>

#include "drivers/grpc/call.hpp"

namespace lastunit::drivers {

template <class Request, class Reply> class UnaryCall : public Tag, public Work {
   public:
    explicit UnaryCall(Host& host) : host_(host), arena_(arena_options()) {}

    void post() {
        arena_.Reset();
        request_ = google::protobuf::Arena::CreateMessage<Request>(&arena_);
        reply_ = google::protobuf::Arena::CreateMessage<Reply>(&arena_);
        context_.emplace();
        writer_.emplace(&*context_);
        state_ = State::posted;
        expect(*context_, *request_, *writer_);
    }

    void proceed(bool ok) final {
        if (state_ == State::finished) {
            --host_.under_way;
            if (idle_->size() < kMostIdle) {
                idle_->emplace_back(this);
            } else {
                delete this;
            }
            return;
        }
        if (!ok) {  // the server stops
            delete this;
            return;
        }
        ++host_.under_way;
        post_another();
        grpc::Status sound = host_.authorise(*context_);
        if (sound.ok()) sound = begin();
        if (!sound.ok()) return finish(sound);
        if (!needs_engine()) return finish(grpc::Status::OK);
        deadline = deadline_of(*context_);
        state_ = State::in_engine;
        const Admission admission = host_.engine.submit(*this);
        if (admission != Admission::taken) finish(status_of(admission));
    }

    void finished() final {
        const grpc::Status result = status_of(status);
        if (result.ok()) reply();
        finish(result);
    }

    // Those that wait for their next use; the host has it, the queue's thread uses it.
    using Idle = std::vector<std::unique_ptr<UnaryCall>>;
    void share(Idle* idle) { idle_ = idle; }

   protected:
    virtual void expect(grpc::ServerContext&, Request&, grpc::ServerAsyncResponseWriter<Reply>&) = 0;
    virtual UnaryCall* another() const = 0;
    virtual grpc::Status begin() = 0;  // reads the request: commands, or what look() needs
    virtual bool needs_engine() const { return true; }
    virtual void reply() {}  // after the engine; look() may have done it already

    const Request& request() const { return *request_; }
    Reply& reply_message() { return *reply_; }
    Host& host_;

   private:
    enum class State : std::uint8_t { posted, in_engine, finished };
    static constexpr std::size_t kMostIdle = 1024;
    static constexpr std::size_t kFirstBlock = 2048;

    google::protobuf::ArenaOptions arena_options() {
        google::protobuf::ArenaOptions options;
        options.initial_block = block_;
        options.initial_block_size = sizeof block_;
        return options;
    }
    void post_another() {
        if (host_.stopping.load(std::memory_order_relaxed)) return;
        UnaryCall* next = nullptr;
        if (idle_->empty()) {
            next = another();
            next->share(idle_);
        } else {
            next = idle_->back().release();
            idle_->pop_back();
        }
        next->post();
    }
    void finish(const grpc::Status& result) {
        state_ = State::finished;
        if (result.ok()) {
            writer_->Finish(*reply_, result, static_cast<Tag*>(this));
        } else {
            writer_->FinishWithError(result, static_cast<Tag*>(this));
        }
    }

    alignas(std::max_align_t) char block_[kFirstBlock];
    google::protobuf::Arena arena_;
    Request* request_ = nullptr;
    Reply* reply_ = nullptr;
    std::optional<grpc::ServerContext> context_;
    std::optional<grpc::ServerAsyncResponseWriter<Reply>> writer_;
    State state_ = State::posted;
    Idle* idle_ = nullptr;
};

// The first of its kind on a queue.
template <class Call> void serve(Host& host) {
    auto idle = std::make_shared<typename Call::Idle>();
    auto* call = new Call(host);
    call->share(idle.get());
    host.idle.push_back(std::move(idle));
    call->post();
}

}  // namespace lastunit::drivers
