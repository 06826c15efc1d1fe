// ApplyStream: batches come in and answers go out in order, several under way at once. A stream that has all its places taken is
// not read: flow control holds its sender back.
#include <google/protobuf/arena.h>

#include <array>
#include <mutex>

#include "drivers/grpc/batch.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::size_t kPlaces = 32;
constexpr std::size_t kMostCommands = 10'000;  // of all batches under way
constexpr std::size_t kArenaBlock = std::size_t{32} << 10;

class StreamCall {
   public:
    explicit StreamCall(Host& host)
        : host_(host),
          stream_(&context_),
          started_(*this, &StreamCall::on_started),
          read_(*this, &StreamCall::on_read),
          written_(*this, &StreamCall::on_written),
          finished_(*this, &StreamCall::on_finished) {
        for (auto& place : places_) place = std::make_unique<Place>(*this);
        host_.service.RequestApplyStream(&context_, &stream_, &host_.queue, &host_.queue, static_cast<Tag*>(&started_));
    }

   private:
    struct Place : Work {
        explicit Place(StreamCall& owner) : call(owner), block(kArenaBlock), arena(options()) {}
        google::protobuf::ArenaOptions options() {
            google::protobuf::ArenaOptions chosen;
            chosen.initial_block = block.data();
            chosen.initial_block_size = block.size();
            return chosen;
        }
        void renew() {
            arena.Reset();
            request = google::protobuf::Arena::CreateMessage<wire::CommandBatch>(&arena);
            reply = google::protobuf::Arena::CreateMessage<wire::AnswerBatch>(&arena);
            ready = false;
        }
        void finished() override {
            if (status == WorkStatus::done) {
                reply->mutable_answers()->Reserve(static_cast<int>(answers.size()));
                for (const Answer& answer : answers) write(answer, *reply->add_answers());
            } else {
                answer_all(wire::UNAVAILABLE);
            }
            call.on_answered(*this);
        }
        void answer_all(wire::Outcome outcome) {
            for (std::size_t i = 0; i < commands.size(); ++i) reply->add_answers()->set_outcome(outcome);
        }

        StreamCall& call;
        std::vector<char> block;
        google::protobuf::Arena arena;
        wire::CommandBatch* request = nullptr;
        wire::AnswerBatch* reply = nullptr;
        BatchOfCommands batch;
        bool ready = false;
    };

    Place& place(std::uint64_t number) { return *places_[number % kPlaces]; }

    void on_started(bool ok) {
        if (!ok) {
            delete this;
            return;
        }
        ++host_.under_way;
        if (!host_.stopping) new StreamCall(host_);
        std::unique_lock lock(mutex_);
        result_ = host_.authorise(context_);
        if (++host_.streams > kMostStreams && result_.ok())
            result_ = {grpc::StatusCode::RESOURCE_EXHAUSTED, "too many streams are open"};
        if (result_.ok()) {
            read_next();
        } else {
            reading_ended_ = true;
            finish_if_done();
        }
    }

    // --- all below with the lock held, unless it says otherwise
    void read_next() {
        if (reading_ || reading_ended_ || begun_ - written_count_ == kPlaces || commands_ >= kMostCommands) return;
        if (host_.stopping) {
            reading_ended_ = true;
            result_ = {grpc::StatusCode::UNAVAILABLE, "the server stops; what was not answered was not applied"};
            return;
        }
        reading_ = true;
        place(begun_).renew();
        stream_.Read(place(begun_).request, static_cast<Tag*>(&read_));
    }

    void write_next() {
        if (writing_ || broken_ || written_count_ == begun_ || !place(written_count_).ready) return;
        writing_ = true;
        grpc::WriteOptions how;
        stream_.Write(*place(written_count_).reply, how, static_cast<Tag*>(&written_));
    }

    void finish_if_done() {
        if (finishing_ || reading_ || writing_ || !reading_ended_) return;
        if (broken_ ? answered_ != begun_ : written_count_ != begun_) return;
        finishing_ = true;
        stream_.Finish(result_, static_cast<Tag*>(&finished_));
    }

    // --- called without the lock
    void on_read(bool ok) {
        std::unique_lock lock(mutex_);
        reading_ = false;
        if (!ok) {
            reading_ended_ = true;
            return finish_if_done();
        }
        Place& current = place(begun_);
        const grpc::Status read = current.batch.read(*current.request, host_.options.most_commands);
        if (!read.ok()) {
            result_ = read;
            reading_ended_ = true;
            return finish_if_done();
        }
        current.commands = current.batch.commands();
        ++begun_;
        commands_ += current.commands.size();
        lock.unlock();
        const Admission admission = current.commands.empty() ? Admission::full : host_.engine.submit(current);
        lock.lock();
        if (admission != Admission::taken) {
            current.answer_all(admission == Admission::full ? wire::OVERLOADED : wire::UNAVAILABLE);
            current.ready = true;
            ++answered_;
            write_next();
        }
        read_next();
        finish_if_done();
    }

    void on_answered(Place& answered) {
        const std::lock_guard lock(mutex_);
        answered.ready = true;
        ++answered_;
        write_next();
        finish_if_done();
    }

    void on_written(bool ok) {
        const std::lock_guard lock(mutex_);
        writing_ = false;
        if (ok) {
            commands_ -= place(written_count_).commands.size();
            ++written_count_;
            write_next();
            read_next();
        } else {
            broken_ = true;  // nobody listens; what was taken ends in the engine
            reading_ended_ = reading_ended_ || !reading_;
        }
        finish_if_done();
    }

    void on_finished(bool) {
        { const std::lock_guard nobody_else(mutex_); }  // whoever asked for the end may still be leaving
        --host_.streams;
        --host_.under_way;
        delete this;
    }

    Host& host_;
    grpc::ServerContext context_;
    grpc::ServerAsyncReaderWriter<wire::AnswerBatch, wire::CommandBatch> stream_;
    MemberTag<StreamCall> started_, read_, written_, finished_;
    std::mutex mutex_;
    std::array<std::unique_ptr<Place>, kPlaces> places_;  // batch number n has place n % kPlaces
    std::uint64_t begun_ = 0, answered_ = 0, written_count_ = 0;
    std::size_t commands_ = 0;  // begun and not written
    bool reading_ = false, writing_ = false, reading_ended_ = false, broken_ = false, finishing_ = false;
    grpc::Status result_;
};

}  // namespace

void serve_streams(Host& host) { new StreamCall(host); }

}  // namespace lastunit::drivers
