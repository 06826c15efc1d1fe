// A snapshot taken anywhere in a random command sequence and read back goes on as if nothing had happened; commands survive their
// way through a journal.
#include <catch2/catch.hpp>

#include "core/command_record.hpp"
#include "core/journal.hpp"
#include "core/ledger_snapshot.hpp"
#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

// Random commands; lines live in the object until the next call.
class Commands {
   public:
    explicit Commands(std::uint64_t seed) : random_(seed) {
        config.nodes = 1 + random_.below(4);
        config.skus = 1 + random_.below(3);
        config.channels = 1 + random_.below(3);
        config.key_retention = milliseconds(random_.between(1, 40));
    }

    Command next() {
        if (!random_.one_in(3)) now = now + microseconds(random_.below(random_.one_in(50) ? 30'000 : 300));
        Command c;
        c.kind = static_cast<CommandKind>(random_.below(kCommandKinds));
        if (random_.one_in(3)) c.kind = random_.one_in(2) ? CommandKind::hold : CommandKind::confirm;
        if (!random_.one_in(8)) c.key = {1 + random_.below(3), random_.one_in(20) ? random_.below(keys_ + 1) : ++keys_};
        c.node = NodeId(static_cast<std::uint16_t>(random_.below(config.nodes)));
        c.to = NodeId(static_cast<std::uint16_t>(random_.below(config.nodes)));
        c.sku = Sku(random_.below(config.skus));
        c.channel = ChannelId(static_cast<std::uint8_t>(random_.below(config.channels)));
        c.quantity = random_.between(0, 5);
        c.order = random_.below(6);
        c.ttl = microseconds(random_.between(1, random_.one_in(10) ? 100'000 : 1'500));
        c.backorder = random_.one_in(4) ? Backorder::accept : Backorder::refuse;
        c.return_to = random_.one_in(2) ? ReturnTo::shelf : ReturnTo::quarantine;
        c.transfer_from = random_.one_in(4) ? TransferFrom::quarantine : TransferFrom::shelf;
        const bool transfer = c.kind == CommandKind::transfer_out || c.kind == CommandKind::transfer_in;
        c.id = transfer ? random_.below(5) : c.kind == CommandKind::hold ? ++holds_ : holds_ - random_.below(8);
        lines_.clear();
        for (std::uint32_t i = random_.below(random_.one_in(8) ? 7 : 3); i-- > 0;)
            lines_.push_back({NodeId(static_cast<std::uint16_t>(random_.below(config.nodes))), Sku(random_.below(config.skus)),
                              random_.between(1, 3)});
        c.lines = lines_;
        return c;
    }

    LedgerConfig config;
    SimTime now{0};

   private:
    Generator random_;
    std::uint32_t keys_ = 0;
    std::uint64_t holds_ = 100;
    std::vector<Line> lines_;
};

std::vector<std::byte> bytes_of(const Ledger& ledger) {
    std::vector<std::byte> out;
    save(ledger, [&](std::span<const std::byte> piece) { out.insert(out.end(), piece.begin(), piece.end()); });
    return out;
}

Ledger copy_of(const Ledger& ledger) {
    std::string problem;
    std::optional<Ledger> copy = restore(bytes_of(ledger), problem);
    INFO(problem);
    REQUIRE(copy.has_value());
    REQUIRE(copy->audit() == std::vector<std::string>{});
    return std::move(*copy);
}

std::vector<JournalBytes> encoded(const Events& events) {
    std::vector<JournalBytes> all;
    for (const Event& event : events) all.push_back(encode({all.size(), event}));
    return all;
}

}  // namespace

TEST_CASE("snapshot: taken anywhere and read back, the ledger answers every further command alike") {
    std::vector<std::uint64_t> seen(static_cast<std::size_t>(Outcome::over_limit) + 1);
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Commands commands(seed);
        Ledger ledger(commands.config);
        Ledger copy(commands.config);
        Generator when(seed + 1000);
        Events events, copied;
        for (int i = 0; i < 1500; ++i) {
            INFO("seed " << seed << ", command number " << i);
            if (when.one_in(100)) copy = copy_of(copy);
            const Command command = commands.next();
            events.clear();
            copied.clear();
            const Outcome outcome = apply(ledger, commands.now, command, events);
            ++seen[static_cast<std::size_t>(outcome)];
            REQUIRE(apply(copy, commands.now, command, copied) == outcome);
            REQUIRE(encoded(events) == encoded(copied));
            REQUIRE(copy.answered_at() == ledger.answered_at());
            REQUIRE(copy.sequence() == ledger.sequence());
            REQUIRE(copy.next_expiry() <= (ledger.live_holds() == 0 ? kNever : SimTime{INT64_MAX}));
            REQUIRE(copy.live_holds() == ledger.live_holds());
        }
        REQUIRE(copy.audit() == std::vector<std::string>{});
        REQUIRE(copy.commands() == ledger.commands());
    }
    for (const Outcome outcome : {Outcome::applied, Outcome::key_reused, Outcome::hold_expired, Outcome::hold_ended,
                                  Outcome::out_of_stock, Outcome::unknown_order, Outcome::unknown_transfer})
        CHECK(seen[static_cast<std::size_t>(outcome)] > 0);
}

TEST_CASE("snapshot: any flipped bit, and any missing end, is refused") {
    Commands commands(7);
    Ledger ledger(commands.config);
    Events events;
    for (int i = 0; i < 300; ++i) apply(ledger, commands.now, commands.next(), events);
    const std::vector<std::byte> sound = bytes_of(ledger);
    std::string problem;
    for (std::size_t at = 0; at < sound.size(); at += at < 100 ? 1 : 7) {
        std::vector<std::byte> bent = sound;
        bent[at] ^= std::byte{1} << (at % 8);
        REQUIRE_FALSE(restore(bent, problem).has_value());
        REQUIRE_FALSE(problem.empty());
        REQUIRE_FALSE(restore(std::span(sound).first(at), problem).has_value());
    }
}

TEST_CASE("command record: what was written is read, and a replay of the records gives the same state") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Commands commands(seed);
        Ledger ledger(commands.config);
        Events events;
        std::vector<std::byte> journal;
        for (int i = 0; i < 1500; ++i) {
            const Command command = commands.next();
            apply(ledger, commands.now, command, events);
            append(journal, {ledger.sequence(), ledger.sequence() / 2, commands.now, command});
        }
        Ledger again(commands.config);
        Events repeated;
        std::vector<Line> lines;
        for (std::span<const std::byte> left = journal; !left.empty();) {
            CommandRecord record;
            std::size_t size = 0;
            REQUIRE(read(left, record, lines, size) == RecordError::none);
            apply(again, record.now, record.command, repeated);
            REQUIRE(again.sequence() == record.sequence);
            REQUIRE(record.durable == record.sequence / 2);
            left = left.subspan(size);
        }
        REQUIRE(encoded(events) == encoded(repeated));
        REQUIRE(bytes_of(ledger).size() == bytes_of(again).size());
    }
}

TEST_CASE("command record: any flipped bit is found, and any missing end") {
    std::vector<std::byte> sound;
    const std::vector<Line> lines{{NodeId(1), Sku(2), 3}, {NodeId(4), Sku(5), 6}};
    Command hold;
    hold.kind = CommandKind::hold;
    hold.key = {7, 8};
    hold.lines = lines;
    append(sound, {9, 5, SimTime{10}, hold});
    CommandRecord record;
    std::vector<Line> scratch;
    std::size_t size = 0;
    REQUIRE(read(sound, record, scratch, size) == RecordError::none);
    REQUIRE(size == sound.size());
    for (std::size_t at = 0; at < sound.size(); ++at) {
        REQUIRE(read(std::span(sound).first(at), record, scratch, size) == RecordError::incomplete);
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::vector<std::byte> bent = sound;
            bent[at] ^= std::byte{1} << bit;
            REQUIRE(read(bent, record, scratch, size) != RecordError::none);
        }
    }
}
