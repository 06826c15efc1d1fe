// Apply, ApplyBatch, Describe.
#include "drivers/grpc/answers.hpp"
#include "drivers/grpc/batch.hpp"
#include "drivers/grpc/unary_call.hpp"

namespace lastunit::drivers {

namespace {

class ApplyCall final : public UnaryCall<wire::Command, wire::Answer> {
   public:
    using UnaryCall::UnaryCall;

   private:
    void expect(grpc::ServerContext& context, wire::Command& request,
                grpc::ServerAsyncResponseWriter<wire::Answer>& writer) override {
        host_.service.RequestApply(&context, &request, &writer, &host_.queue, &host_.queue, static_cast<Tag*>(this));
    }
    UnaryCall* another() const override { return new ApplyCall(host_); }
    grpc::Status begin() override {
        lines_.clear();
        lines_.reserve(lines_of(request()));
        command_ = command_of(request(), lines_);
        commands = {&command_, 1};
        return grpc::Status::OK;
    }
    void reply() override { write(answers.front(), reply_message()); }

    core::Command command_;
    std::vector<core::Line> lines_;
};

class ApplyBatchCall final : public UnaryCall<wire::CommandBatch, wire::AnswerBatch> {
   public:
    using UnaryCall::UnaryCall;

   private:
    void expect(grpc::ServerContext& context, wire::CommandBatch& request,
                grpc::ServerAsyncResponseWriter<wire::AnswerBatch>& writer) override {
        host_.service.RequestApplyBatch(&context, &request, &writer, &host_.queue, &host_.queue, static_cast<Tag*>(this));
    }
    UnaryCall* another() const override { return new ApplyBatchCall(host_); }
    bool needs_engine() const override { return !commands.empty(); }
    grpc::Status begin() override {
        const grpc::Status read = batch_.read(request(), host_.options.most_commands);
        commands = batch_.commands();
        return read;
    }
    void reply() override {
        for (const Answer& answer : answers) write(answer, *reply_message().add_answers());
    }

    BatchOfCommands batch_;
};

class DescribeCall final : public UnaryCall<wire::DescribeRequest, wire::Description> {
   public:
    using UnaryCall::UnaryCall;

   private:
    void expect(grpc::ServerContext& context, wire::DescribeRequest& request,
                grpc::ServerAsyncResponseWriter<wire::Description>& writer) override {
        host_.service.RequestDescribe(&context, &request, &writer, &host_.queue, &host_.queue, static_cast<Tag*>(this));
    }
    UnaryCall* another() const override { return new DescribeCall(host_); }
    bool needs_engine() const override { return false; }
    grpc::Status begin() override {
        const Catalogue& catalogue = host_.engine.catalogue();
        wire::Description& to = reply_message();
        to.mutable_nodes()->Assign(catalogue.nodes.begin(), catalogue.nodes.end());
        to.mutable_skus()->Assign(catalogue.skus.begin(), catalogue.skus.end());
        to.mutable_channels()->Assign(catalogue.channels.begin(), catalogue.channels.end());
        to.set_key_retention_us(static_cast<std::uint64_t>(host_.engine.config().key_retention.us));
        to.set_most_commands(host_.options.most_commands);
        to.set_system(host_.options.system);
        return grpc::Status::OK;
    }
};

}  // namespace

void write(const Answer& answer, wire::Answer& to) {
    to.set_outcome(outcome_on_the_wire(answer.outcome));
    to.set_sequence(answer.sequence);
    if (answer.outcome != core::Outcome::applied) to.set_detail(core::name_of(answer.outcome));
}

grpc::Status BatchOfCommands::read(const wire::CommandBatch& message, std::uint32_t most) {
    commands_.clear();
    lines_.clear();
    if (message.commands_size() > static_cast<int>(most))
        return {grpc::StatusCode::INVALID_ARGUMENT, "a batch may have at most " + std::to_string(most) + " commands"};
    std::size_t lines = 0;
    for (const wire::Command& command : message.commands()) lines += lines_of(command);
    if (lines > kMostBatchLines)
        return {grpc::StatusCode::INVALID_ARGUMENT, "a batch may have at most " + std::to_string(kMostBatchLines) + " lines"};
    lines_.reserve(lines);
    commands_.reserve(static_cast<std::size_t>(message.commands_size()));
    for (const wire::Command& command : message.commands()) commands_.push_back(command_of(command, lines_));
    return grpc::Status::OK;
}

void serve_unary(Host& host) {
    serve<ApplyCall>(host);
    serve<ApplyBatchCall>(host);
    serve<DescribeCall>(host);
}

}  // namespace lastunit::drivers
