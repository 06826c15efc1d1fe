// A session on one bidirectional stream: a span that is submitted is a batch. When the stream breaks, everything under way is
// unknown, and the next submit() opens another.
#include <google/protobuf/arena.h>

#include <deque>
#include <thread>

#include "drivers/answered.hpp"
#include "drivers/grpc/answers.hpp"
#include "drivers/grpc/commands.hpp"
#include "drivers/grpc/grpc_driver.hpp"

namespace lastunit::drivers {

namespace {

class StreamSession : public Session {
   public:
    explicit StreamSession(Client client) : client_(std::move(client)) {}
    ~StreamSession() override { close(); }

    // Waits while the stream takes no more: a server that has enough to do does not read.
    void submit(std::span<const Operation> operations) override {
        if (operations.empty()) return;
        in_flight_ += operations.size();
        reopen_if_broken();
        arena_.Reset();
        auto* batch = google::protobuf::Arena::CreateMessage<wire::CommandBatch>(&arena_);
        std::vector<std::uint64_t> tags;
        tags.reserve(operations.size());
        for (const Operation& operation : operations) {
            write(operation.command, *batch->add_commands());
            tags.push_back(operation.tag);
        }
        {
            const std::lock_guard lock(mutex_);
            if (broken_) return settle_as_unknown(tags);
            batches_.push_back(std::move(tags));
        }
        grpc::WriteOptions how;
        // A failed write shows in the reader, which settles what is under way.
        stream_->Write(*batch, how);
    }
    std::size_t poll(std::vector<Completion>& out, Duration at_most) override {
        const std::size_t count = answered_.take(out, at_most);
        in_flight_ -= count;
        return count;
    }
    std::size_t in_flight() const override { return in_flight_; }

   private:
    void reopen_if_broken() {
        {
            const std::lock_guard lock(mutex_);
            if (stream_ && !broken_) return;
        }
        close();
        context_ = std::make_unique<grpc::ClientContext>();
        client_.prepare(*context_, hours(24));
        stream_ = client_.stub().ApplyStream(context_.get());
        broken_ = false;
        thread_ = std::thread([this] { wait_for_answers(); });
    }

    void close() {
        if (!stream_) return;
        {
            const std::lock_guard lock(mutex_);
            if (!broken_) stream_->WritesDone();
        }
        if (thread_.joinable()) thread_.join();
        stream_.reset();
    }

    void wait_for_answers() {
        google::protobuf::Arena arena;
        std::vector<Completion> out;
        for (;;) {
            arena.Reset();
            auto* batch = google::protobuf::Arena::CreateMessage<wire::AnswerBatch>(&arena);
            if (!stream_->Read(batch)) break;
            std::vector<std::uint64_t> tags;
            {
                const std::lock_guard lock(mutex_);
                if (batches_.empty()) break;
                tags = std::move(batches_.front());
                batches_.pop_front();
            }
            const std::int64_t at_ns = steady_now_ns();
            out.clear();
            for (std::size_t i = 0; i < tags.size(); ++i) {
                Completion completion{.tag = tags[i], .cause = Cause::no_answer, .at_ns = at_ns};
                if (static_cast<int>(i) < batch->answers_size()) {
                    const wire::Answer& answer = batch->answers(static_cast<int>(i));
                    completion.sequence = answer.sequence();
                    settle(answer.outcome(), completion);
                }
                out.push_back(completion);
            }
            answered_.add(out);
        }
        end();
    }

    void end() {
        context_->TryCancel();
        stream_->Finish();  // its status is the stream's: it says nothing about a batch that was on its way
        const std::lock_guard lock(mutex_);
        broken_ = true;
        for (const std::vector<std::uint64_t>& tags : batches_) settle_as_unknown(tags);
        batches_.clear();
    }

    void settle_as_unknown(const std::vector<std::uint64_t>& tags) {
        for (const std::uint64_t tag : tags)
            answered_.add(
                Completion{.tag = tag, .settled = Settled::unknown, .cause = Cause::no_answer, .at_ns = steady_now_ns()});
    }

    Client client_;
    std::unique_ptr<grpc::ClientContext> context_;
    std::unique_ptr<grpc::ClientReaderWriter<wire::CommandBatch, wire::AnswerBatch>> stream_;
    google::protobuf::Arena arena_;
    Answered answered_;
    std::size_t in_flight_ = 0;
    std::mutex mutex_;
    std::deque<std::vector<std::uint64_t>> batches_;  // sent and not answered, in order
    bool broken_ = false;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Session> open_stream_session(Client client) { return std::make_unique<StreamSession>(std::move(client)); }

}  // namespace lastunit::drivers
