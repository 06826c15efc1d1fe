// What a broken or hostile client may send as a message of the contract: bytes at random, and sound commands with some bytes
// changed. The server answers or refuses, goes on, and its journal holds whatever it applied.
#include <grpcpp/generic/generic_stub.h>

#include <catch2/catch.hpp>
#include <optional>
#include <random>

#include "drivers/grpc/commands.hpp"
#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/grpc/server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

constexpr const char* kMethods[] = {"Apply", "ApplyBatch", "Availability", "Plan",        "Describe",
                                    "Watch", "Dump",       "ApplyStream",  "NoSuchMethod"};

class Garbage {
   public:
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

    // A batch of commands over a small range of numbers, so that many of them are sound.
    std::string message() {
        if (below(4) == 0) return noise(below(200));
        wire::CommandBatch batch;
        std::vector<core::Line> lines(8);
        for (std::uint32_t i = 0, count = 1 + below(8); i < count; ++i) write(command(lines[i]), *batch.add_commands());
        std::string bytes = below(2) == 0 ? batch.SerializeAsString() : batch.commands(0).SerializeAsString();
        for (std::uint32_t i = 0, count = below(4); i < count && !bytes.empty(); ++i) {
            const std::size_t at = below(static_cast<std::uint32_t>(bytes.size()));
            switch (below(3)) {
                case 0:
                    bytes[at] = static_cast<char>(random_());
                    break;
                case 1:
                    bytes.erase(at, 1 + below(4));
                    break;
                default:
                    bytes.insert(at, noise(1 + below(4)));
            }
        }
        return bytes;
    }

   private:
    std::string noise(std::size_t size) {
        std::string bytes(size, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random_());
        return bytes;
    }
    core::Command command(core::Line& line) {
        line = {NodeId(static_cast<std::uint16_t>(below(kNodes + 1))), Sku(below(kSkus + 1)), static_cast<Quantity>(below(5))};
        core::Command made;
        made.kind = static_cast<core::CommandKind>(below(core::kCommandKinds));
        if (!in_contract(made.kind)) made.kind = core::CommandKind::hold;
        made.key = {1 + below(3), 1 + below(1000)};
        made.id = 1 + below(50);
        made.order = 1 + below(50);
        made.node = line.node;
        made.sku = line.sku;
        made.quantity = line.quantity;
        made.ttl = milliseconds(below(2000));
        made.lines = {&line, 1};
        return made;
    }
    std::mt19937 random_{20'261'126};  // NOLINT: the same garbage every time
};

// One message, then the end, as a call of the method with any number of messages back.
grpc::StatusCode send(grpc::GenericStub& stub, const std::string& method, const std::string& message) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(method == "Watch" ? 20 : 20'000));
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareCall(&context, "/lastunit.inventory.v1.Inventory/" + method, &queue);
    const auto next = [&] {
        void* tag = nullptr;
        bool ok = false;
        return queue.Next(&tag, &ok) && ok;
    };
    void* const tag = &context;
    call->StartCall(tag);
    const grpc::Slice slice(message);
    bool open = next();
    if (open) {
        call->WriteLast(grpc::ByteBuffer(&slice, 1), {}, tag);
        open = next();
    }
    grpc::ByteBuffer answer;
    for (; open; open = next()) call->Read(&answer, tag);
    grpc::Status status;
    call->Finish(&status, tag);
    next();
    queue.Shutdown();
    while (next()) {
    }
    return status.error_code();
}

std::vector<std::tuple<std::uint32_t, std::uint32_t, std::int64_t, std::int64_t, std::int64_t>> cells(const FinalState& state) {
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::int64_t, std::int64_t, std::int64_t>> out;
    for (const FinalState::Stock& cell : state.stock)
        if (cell.on_hand != 0 || cell.allocated != 0 || cell.safety != 0)
            out.emplace_back(cell.sku.value, cell.node.value, cell.on_hand, cell.allocated, cell.safety);
    return out;
}

}  // namespace

TEST_CASE("server: garbage in the place of messages is answered or refused, and what was applied survives a restart") {
    const TempFolder folder;
    FinalState before;
    std::size_t fine = 0, turned_away = 0;
    {
        DurableDriver durable(folder.path("data"));
        durable.prepare(small_shop());
        ServerOptions options;
        options.listen = "127.0.0.1:0";
        Server server(durable.engine(), options);
        const std::string target = "127.0.0.1:" + std::to_string(server.port());
        grpc::GenericStub stub(grpc::CreateChannel(target, grpc::InsecureChannelCredentials()));
        Garbage garbage;
        for (int i = 0; i < 3000; ++i) {
            // Most of them where they can do most.
            const std::string method = kMethods[i % 3 != 0 ? i % 2 : garbage.below(std::size(kMethods))];
            ++(send(stub, method, garbage.message()) == grpc::StatusCode::OK ? fine : turned_away);
        }
        const Client client({.target = target, .token = "", .roots = ""});
        core::Line line;
        CHECK(client.apply({.tag = 1, .command = hold_of(99, 1, line), .timeout = seconds(30)}).settled == Settled::applied);
        before = client.dump(seconds(30));
        server.stop();
    }
    CHECK(fine > 300);
    CHECK(turned_away > 300);
    for (const FinalState::Stock& cell : before.stock) {
        CHECK(cell.held >= 0);
        CHECK(cell.allocated >= 0);
        CHECK(cell.on_hand >= 0);
    }
    DurableDriver again(folder.path("data"));
    CHECK((cells(again.read_back()) == cells(before)));
}
