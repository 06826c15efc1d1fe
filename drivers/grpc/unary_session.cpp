// A session whose commands are calls of their own. One thread waits for the answers and stamps them.
#include <google/protobuf/arena.h>

#include <atomic>
#include <optional>
#include <thread>

#include "drivers/answered.hpp"
#include "drivers/grpc/commands.hpp"
#include "drivers/grpc/grpc_driver.hpp"

namespace lastunit::drivers {

namespace {

class CallSession : public Session {
   public:
    explicit CallSession(Client client) : client_(std::move(client)), thread_([this] { wait_for_answers(); }) {}
    // Calls under way end by their deadlines at the latest.
    ~CallSession() override {
        while (under_way_ != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        queue_.Shutdown();
        thread_.join();
    }

    void submit(std::span<const Operation> operations) override {
        for (const Operation& operation : operations) {
            ++in_flight_;
            if (in_contract(operation.command.kind)) {
                begin(operation);
            } else {
                answered_.add(
                    {.tag = operation.tag, .settled = Settled::refused, .cause = Cause::unsupported, .at_ns = steady_now_ns()});
            }
        }
    }
    std::size_t poll(std::vector<Completion>& out, Duration at_most) override {
        const std::size_t count = answered_.take(out, at_most);
        in_flight_ -= count;
        return count;
    }
    std::size_t in_flight() const override { return in_flight_; }

   private:
    struct Call {
        std::uint64_t tag = 0;
        std::optional<grpc::ClientContext> context;
        wire::Command command;
        wire::Answer answer;
        grpc::Status status;
        std::unique_ptr<grpc::ClientAsyncResponseReader<wire::Answer>> reader;
    };

    void begin(const Operation& operation) {
        Call* call = nullptr;
        {
            const std::lock_guard lock(free_mutex_);
            if (free_.empty()) {
                call = all_.emplace_back(std::make_unique<Call>()).get();
            } else {
                call = free_.back();
                free_.pop_back();
            }
        }
        ++under_way_;
        call->tag = operation.tag;
        call->context.emplace();
        client_.prepare(*call->context, operation.timeout);
        call->command.Clear();
        call->answer.Clear();
        write(operation.command, call->command);
        call->reader = client_.stub().AsyncApply(&*call->context, call->command, &queue_);
        call->reader->Finish(&call->answer, &call->status, call);
    }

    void wait_for_answers() {
        void* tag = nullptr;
        bool ok = false;
        while (queue_.Next(&tag, &ok)) {
            auto* call = static_cast<Call*>(tag);
            Completion completion{.tag = call->tag, .at_ns = steady_now_ns()};
            settle(call->status, call->answer, completion);
            answered_.add(completion);
            call->reader.reset();
            {
                const std::lock_guard lock(free_mutex_);
                free_.push_back(call);
            }
            --under_way_;
        }
    }

    Client client_;
    grpc::CompletionQueue queue_;
    Answered answered_;
    std::size_t in_flight_ = 0;
    std::atomic<std::size_t> under_way_{0};
    std::mutex free_mutex_;
    std::vector<std::unique_ptr<Call>> all_;
    std::vector<Call*> free_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Session> open_call_session(Client client) { return std::make_unique<CallSession>(std::move(client)); }

}  // namespace lastunit::drivers
