// Watch: every watcher reads the engine's one ring of changes at its own pace, with one message under way.
#include "drivers/grpc/watch.hpp"

#include <algorithm>
#include <mutex>

namespace lastunit::drivers {

namespace {

constexpr std::size_t kMostAtOnce = 1000;

class WatchCall {
   public:
    explicit WatchCall(Host& host)
        : host_(host),
          writer_(&context_),
          started_(*this, &WatchCall::on_started),
          written_(*this, &WatchCall::on_written),
          finished_(*this, &WatchCall::on_finished),
          done_(*this, &WatchCall::on_done) {
        context_.AsyncNotifyWhenDone(static_cast<Tag*>(&done_));
        host_.service.RequestWatch(&context_, &request_, &writer_, &host_.queue, &host_.queue, static_cast<Tag*>(&started_));
    }

   private:
    void on_started(bool ok) {
        if (!ok) {
            delete this;  // `done` never comes for a call that never began
            return;
        }
        ++host_.under_way;
        if (!host_.stopping) new WatchCall(host_);
        const bool too_many = ++host_.streams > kMostStreams;
        ChangeFeed& feed = host_.engine.changes();
        {
            const std::lock_guard lock(mutex_);
            if (const grpc::Status allowed = host_.authorise(context_); !allowed.ok()) return end(allowed);
            if (too_many) return end({grpc::StatusCode::RESOURCE_EXHAUSTED, "too many streams are open"});
            skus_.assign(request_.skus().begin(), request_.skus().end());
            std::sort(skus_.begin(), skus_.end());
            at_ = request_.has_after() ? request_.after() : feed.last();
            first_ = true;
        }
        token_ = feed.on_publish([this] { go_on(); });
        go_on();
    }

    // On any thread.
    void go_on() {
        const std::lock_guard lock(mutex_);
        if (writing_ || ended_) return;
        if (done_came_) return end({grpc::StatusCode::CANCELLED, ""});
        if (host_.stopping) return end({grpc::StatusCode::UNAVAILABLE, "the server stops"});
        events_.clear();
        if (host_.engine.changes().read(at_, kMostAtOnce, events_) == ChangeFeed::Place::lost)
            return end(first_
                           ? grpc::Status{grpc::StatusCode::OUT_OF_RANGE, "changes after " + std::to_string(at_) +
                                                                              " are not kept: take a Dump and go on from there"}
                           : grpc::Status{grpc::StatusCode::RESOURCE_EXHAUSTED,
                                          "read too slowly: changes after " + std::to_string(at_) + " are not kept any more"});
        first_ = false;
        if (events_.empty()) return;
        message_.Clear();
        for (const core::Event& event : events_) {
            ++at_;
            if (skus_.empty() || std::binary_search(skus_.begin(), skus_.end(), event.sku.value)) add(event);
        }
        message_.set_last(at_);
        writing_ = true;
        writer_.Write(message_, static_cast<Tag*>(&written_));
    }

    void add(const core::Event& event) {
        wire::Change& to = *message_.add_changes();
        to.set_number(at_);
        to.set_at_us(event.at.us);
        to.set_node(event.node.value);
        to.set_sku(event.sku.value);
        to.set_available(static_cast<std::uint32_t>(event.atp_after));
        to.set_delta(event.delta);
        to.set_kind(core::name_of(event.kind));
        to.set_reference(event.reference);
    }

    // With the lock held.
    void end(const grpc::Status& result) {
        if (ended_) return;
        ended_ = true;
        writer_.Finish(result, static_cast<Tag*>(&finished_));
    }

    void on_written(bool ok) {
        {
            const std::lock_guard lock(mutex_);
            writing_ = false;
            if (!ok) return end({grpc::StatusCode::CANCELLED, ""});
        }
        go_on();
    }
    void on_done(bool) {
        {
            const std::lock_guard lock(mutex_);
            done_came_ = true;
        }
        go_on();
        delete_if_over();
    }
    void on_finished(bool) {
        finished_came_ = true;
        delete_if_over();
    }
    // Both on the queue's thread.
    void delete_if_over() {
        if (!done_came_ || !finished_came_) return;
        if (token_ != 0) host_.engine.changes().remove(token_);
        { const std::lock_guard nobody_else(mutex_); }
        --host_.streams;
        --host_.under_way;
        delete this;
    }

    Host& host_;
    grpc::ServerContext context_;
    wire::WatchRequest request_;
    grpc::ServerAsyncWriter<wire::Changes> writer_;
    MemberTag<WatchCall> started_, written_, finished_, done_;
    ChangeFeed::Token token_ = 0;
    std::mutex mutex_;
    std::vector<std::uint32_t> skus_;
    std::uint64_t at_ = 0;  // the last change read
    bool first_ = true, writing_ = false, ended_ = false;
    bool done_came_ = false, finished_came_ = false;
    std::vector<core::Event> events_;
    wire::Changes message_;
};

}  // namespace

void serve_watches(Host& host) { new WatchCall(host); }

}  // namespace lastunit::drivers
