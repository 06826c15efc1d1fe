// A small data folder with every byte damaged in turn: the start refuses it, or has all that was acknowledged; and a journal torn
// at every byte: the start has exactly what comes before the tear. Never a state that was not there once, never a crash.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <map>

#include "drivers/engine/problem.hpp"
#include "drivers/engine/recovery.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

constexpr std::uint64_t kHolds = 12;

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// A folder whose server was killed after some holds, one at a time; `witnessed`: long enough after them that a record vouches for
// the last one.
class KilledShop {
   public:
    KilledShop() : path_(folder_.path("data")) {
        DurableDriver(path_).prepare(small_shop());
        const pid_t child = fork();
        if (child == 0) {
            DurableDriver driver(path_);
            const auto session = driver.open();
            std::uint64_t last = 0;
            for (std::uint64_t n = 1; n <= kHolds; ++n) {
                core::Line line;
                const Operation operation{.tag = n, .command = hold_of(1, n, line)};
                session->submit({&operation, 1});
                std::vector<Completion> out;
                while (out.empty()) session->poll(out, seconds(10));
                last = out.front().sequence;
            }
            // Until the last group has its witness.
            for (int i = 0; i < 6000 && driver.engine().stats().durable.get() == last; ++i) usleep(10'000);
            kill(getpid(), SIGKILL);
        }
        int status = 0;
        waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        // Most of the segment is preallocated: some zeros are enough.
        const std::string whole = content(journal());
        write(journal(), whole.substr(0, whole.find_last_not_of('\0') + 200));
    }

    const std::string& path() const { return path_; }
    std::string journal() const {
        const DataFolder folder(path_);
        REQUIRE(folder.journals().size() == 1);
        return folder.journal(folder.journals().front());
    }
    // What the start has: held units by hold; or the problem.
    std::map<std::uint64_t, bool> holds(std::string& problem) const {
        std::map<std::uint64_t, bool> live;
        problem.clear();
        try {
            const DataFolder folder(path_);
            ChangeFeed feed(16);
            const Recovered recovered = recover(folder, feed);
            for (std::uint64_t n = 1; n <= kHolds; ++n) {
                core::Line line;
                live[n] = recovered.ledger.lives(HoldId(hold_of(1, n, line).id));
            }
        } catch (const Problem& error) {
            problem = error.what();
        }
        return live;
    }
    // So many holds live, the first ones; -1: something else.
    int first_holds(std::string& problem) const {
        const auto live = holds(problem);
        int count = 0;
        for (const auto& [n, lives] : live) count += lives ? 1 : 0;
        for (const auto& [n, lives] : live)
            if (lives != (n <= static_cast<std::uint64_t>(count))) return -1;
        return count;
    }

   private:
    TempFolder folder_;
    std::string path_;
};

}  // namespace

TEST_CASE("damage: with any byte of the journal changed the start refuses it, or has everything that was acknowledged") {
    const KilledShop shop;
    const std::string journal = shop.journal();
    const std::string sound = content(journal);
    const std::size_t used = sound.find_last_not_of('\0') + 1;
    REQUIRE(used > 500);
    std::size_t refused = 0, whole = 0;
    for (std::size_t at = 0; at < used + 16; ++at) {
        for (const int change : {1 << at % 8, 0xff}) {
            std::string damaged = sound;
            damaged[at] = static_cast<char>(damaged[at] ^ change);
            write(journal, damaged);
            std::string problem;
            const int held = shop.first_holds(problem);
            INFO("byte " << at << " changed by " << change << ": " << problem);
            if (problem.empty()) {
                REQUIRE(held == kHolds);
                ++whole;
            } else {
                REQUIRE(problem.find(journal + ": command ") == 0);
                REQUIRE(problem.find("at byte ") != std::string::npos);
                REQUIRE((content(journal) == damaged));  // nothing was changed
                ++refused;
            }
        }
    }
    CHECK(refused > 2 * 500);
    CHECK(whole > 0);  // in what nobody was told about
    write(journal, sound);
    std::string problem;
    CHECK(shop.first_holds(problem) == kHolds);
}

TEST_CASE("damage: a journal torn at any byte has exactly the commands before the tear") {
    const KilledShop shop;
    const std::string journal = shop.journal();
    const std::string sound = content(journal);
    const std::size_t used = sound.find_last_not_of('\0') + 1;
    enum class After : std::uint8_t { nothing, zeros, garbage };
    for (const After after : {After::nothing, After::zeros, After::garbage}) {
        int before = 0;
        // Every cut is synced to the disk: one kind of tear at every byte, the others at some.
        for (std::size_t length = 0; length <= used; length += after == After::zeros || used - length < 7 ? 1 : 7) {
            std::string torn = sound.substr(0, length);
            if (after == After::zeros) torn.resize(sound.size(), '\0');
            for (std::size_t i = 0; after == After::garbage && i < 100; ++i) torn += static_cast<char>(i * 37 + length + 1);
            write(journal, torn);
            std::string problem;
            const int held = shop.first_holds(problem);
            INFO("torn at byte " << length << ": " << problem);
            REQUIRE(problem.empty());
            REQUIRE(held >= before);
            REQUIRE(held <= before + 1);
            before = held;
            if (length % 50 == 0) REQUIRE(shop.first_holds(problem) == held);  // and the same again: the tear is gone
        }
        CHECK(before == kHolds);
    }
}

TEST_CASE("damage: with any byte of the newest snapshot changed it is passed over, and the journal has the rest") {
    const KilledShop shop;
    std::string newest;
    {
        DurableDriver driver(shop.path());
        driver.engine();
    }  // a snapshot is written at the end
    {
        const DataFolder folder(shop.path());
        REQUIRE(folder.snapshots().size() == 2);
        newest = folder.snapshot(folder.snapshots().back());
    }
    const std::string sound = content(newest);
    for (std::size_t at = 0; at < sound.size(); at += at < 64 || at + 64 > sound.size() ? 1 : 61) {
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
        write(newest, damaged);
        std::string problem;
        const int held = shop.first_holds(problem);
        INFO("byte " << at << ": " << problem);
        REQUIRE(problem.empty());
        REQUIRE(held == kHolds);
    }
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{1}, std::size_t{16}, std::size_t{17}, sound.size() / 2, sound.size() - 1}) {
        write(newest, sound.substr(0, length));
        std::string problem;
        INFO("cut to " << length << " bytes");
        REQUIRE(shop.first_holds(problem) == kHolds);
    }
}

TEST_CASE("damage: with any byte of the catalogue changed it is refused by name") {
    const KilledShop shop;
    const std::string catalogue = shop.path() + "/catalogue";
    const std::string sound = content(catalogue);
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
        write(catalogue, damaged);
        std::string problem;
        try {
            const Engine engine(std::make_unique<DataFolder>(shop.path()), {});
        } catch (const Problem& error) {
            problem = error.what();
        }
        INFO("byte " << at);
        REQUIRE(problem.find(catalogue + ": ") == 0);
    }
}
