// The durable engine: what was answered is there after a crash, what was not may be cut, what is damaged is refused.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "core/command_record.hpp"
#include "drivers/engine/problem.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

Completion one(Session& session, const core::Command& command) {
    Operation operation{.tag = 1, .command = command};
    session.submit({&operation, 1});
    std::vector<Completion> out;
    while (out.empty()) session.poll(out, seconds(10));
    return out.front();
}

void write_holds(DurableDriver& driver, std::uint64_t first, std::uint64_t count) {
    const auto session = driver.open();
    core::Line line;
    for (std::uint64_t n = first; n < first + count; ++n) REQUIRE(one(*session, hold_of(1, n, line)).settled == Settled::applied);
}

// Ends the driver's process as a kill does: a child works in the folder and dies without closing anything.
void in_a_process_that_dies(const std::string& folder, std::uint64_t first, std::uint64_t count) {
    const pid_t child = fork();
    if (child == 0) {
        DurableDriver driver(folder);
        write_holds(driver, first, count);
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
}

std::string newest_journal(const std::string& path) {
    const DataFolder folder(path);
    std::string found;
    for (const std::uint64_t first : folder.journals()) found = folder.journal(first);
    return found;
}

void flip(const std::string& file, std::int64_t offset) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekg(offset);
    const char byte = static_cast<char>(stream.get() ^ 0x10);
    stream.seekp(offset);
    stream.put(byte);
}

std::string start_problem(const std::string& path) {
    try {
        const Engine engine(std::make_unique<DataFolder>(path), {});
    } catch (const Problem& problem) {
        return problem.what();
    }
    return "";
}

}  // namespace

TEST_CASE("engine: what was answered before a kill is there after it, with the same sequence number") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    in_a_process_that_dies(path, 1, 200);
    DurableDriver driver(path);
    const auto session = driver.open();
    core::Line line;
    REQUIRE(driver.engine().recovery().records >= 200);
    for (std::uint64_t n = 1; n <= 200; ++n) {
        const Completion again = one(*session, hold_of(1, n, line));
        REQUIRE(again.settled == Settled::applied);
        REQUIRE(again.sequence == kNodes * kSkus + n);
    }
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
    REQUIRE(held == 200);
}

TEST_CASE("engine: a torn end is cut off and said, and the journal goes on behind it") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    in_a_process_that_dies(path, 1, 20);
    // Half a record, as a crash of the machine leaves it.
    std::vector<std::byte> record;
    core::Line line;
    core::append(record, {kNodes * kSkus + 21, kNodes * kSkus + 20, SimTime{INT64_MAX / 2}, hold_of(1, 21, line)});
    const std::string journal = newest_journal(path);
    std::ifstream in(journal, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), {});
    const std::size_t end = content.find_last_not_of('\0') + 1;
    // A record may itself end in zeros: start where the next would.
    const std::size_t at = (end + 7) / 8 * 8 + 64;
    std::fstream out(journal, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(at));
    out.write(reinterpret_cast<const char*>(record.data()), static_cast<std::streamsize>(record.size() / 2));
    out.close();
    {
        DurableDriver driver(path);
        REQUIRE(driver.engine().recovery().cut_bytes > 0);
        REQUIRE(driver.engine().recovery().warnings.size() == 1);
        write_holds(driver, 1, 30);
    }
    DurableDriver driver(path);
    REQUIRE(driver.engine().recovery().warnings.empty());
    write_holds(driver, 1, 30);
}

TEST_CASE("engine: a flipped bit in what was acknowledged is refused with its position, and nothing is changed") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    in_a_process_that_dies(path, 1, 50);
    const std::string journal = newest_journal(path);
    for (const std::int64_t offset : {0, 40, 1000, 2500}) {
        flip(journal, offset);
        const std::string problem = start_problem(path);
        INFO("offset " << offset << ": " << problem);
        REQUIRE(problem.find(journal) == 0);
        REQUIRE(problem.find("at byte") != std::string::npos);
        REQUIRE(problem.find("is damaged") != std::string::npos);
        flip(journal, offset);
    }
    DurableDriver driver(path);
    write_holds(driver, 1, 50);
}

TEST_CASE("engine: a missing segment is refused as a gap") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    for (std::uint64_t round = 0; round < 3; ++round) in_a_process_that_dies(path, round * 10 + 1, 10);
    std::string middle;
    {
        const DataFolder data(path);
        REQUIRE(data.journals().size() == 3);
        middle = data.journal(data.journals()[1]);
    }
    std::filesystem::remove(middle);
    REQUIRE(start_problem(path).find("a part of the journal is missing") != std::string::npos);
}

TEST_CASE("engine: a damaged snapshot is passed over for the one before it, and refused when there is none") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    {
        DurableDriver driver(path);
        write_holds(driver, 1, 10);
    }
    std::vector<std::string> snapshots;
    {
        const DataFolder data(path);
        for (const std::uint64_t sequence : data.snapshots()) snapshots.push_back(data.snapshot(sequence));
    }
    REQUIRE(snapshots.size() == 2);
    flip(snapshots[1], 500);
    {
        DurableDriver driver(path);
        REQUIRE(driver.engine().recovery().warnings.size() == 1);
        REQUIRE(driver.engine().recovery().records >= 10);
        write_holds(driver, 1, 10);
    }
    {
        const DataFolder data(path);
        for (const std::uint64_t sequence : data.snapshots()) flip(data.snapshot(sequence), 700);
    }
    const std::string problem = start_problem(path);
    INFO(problem);
    REQUIRE(problem.find("its checksum does not match") != std::string::npos);
    REQUIRE(problem.find("there is no other snapshot") != std::string::npos);
}

TEST_CASE("engine: holds end by themselves while nobody asks, also over a restart") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop(1));
    {
        DurableDriver driver(path);
        core::Line line;
        core::Command hold = hold_of(1, 1, line);
        hold.ttl = milliseconds(300);
        REQUIRE(one(*driver.open(), hold).settled == Settled::applied);
        for (int i = 0; i < 100 && driver.engine().stats().live_holds.get() != 0; ++i) usleep(20'000);
        usleep(300'000);
        std::int64_t held = 0;
        for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
        REQUIRE(held == 0);
    }
    DurableDriver driver(path);
    core::Line line;
    core::Command release;
    release.kind = core::CommandKind::release;
    release.key = {1, 2};
    release.id = hold_of(1, 1, line).id;
    REQUIRE(one(*driver.open(), release).outcome == core::Outcome::hold_expired);
}

TEST_CASE("engine: a full disk refuses commands before they are applied, and takes them again when there is room") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    EngineOptions options;
    options.segment_bytes = std::uint64_t{8} << 20;
    DurableDriver driver(path, options);
    const auto session = driver.open();
    core::Line line;
    driver.engine();
    rlimit small = before;
    small.rlim_cur = 1 << 20;
    setrlimit(RLIMIT_FSIZE, &small);
    const Completion refused = one(*session, hold_of(1, 1, line));
    const FinalState state = driver.read_back();
    setrlimit(RLIMIT_FSIZE, &before);
    REQUIRE(refused.settled == Settled::refused);
    REQUIRE(refused.cause == Cause::unavailable);
    for (const FinalState::Stock& cell : state.stock) REQUIRE(cell.held == 0);
    usleep(300'000);
    REQUIRE(one(*session, hold_of(1, 1, line)).settled == Settled::applied);
}

TEST_CASE("engine: when a write fails after all, nothing more is taken, and a restart has what was acknowledged") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    std::uint64_t sequence = 0;
    core::Line line;
    {
        DurableDriver driver(path);
        const auto session = driver.open();
        sequence = one(*session, hold_of(1, 1, line)).sequence;
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit none = before;
        none.rlim_cur = 1;
        setrlimit(RLIMIT_FSIZE, &none);
        const Completion lost = one(*session, hold_of(1, 2, line));
        const Completion later = one(*session, hold_of(1, 3, line));
        setrlimit(RLIMIT_FSIZE, &before);
        REQUIRE(lost.settled == Settled::unknown);
        REQUIRE(later.settled == Settled::refused);
        REQUIRE(driver.engine().failure().find("cannot be written") != std::string::npos);
    }
    DurableDriver driver(path);
    const auto session = driver.open();
    CHECK(one(*session, hold_of(1, 1, line)).sequence == sequence);
    CHECK(one(*session, hold_of(1, 2, line)).settled == Settled::applied);
}

TEST_CASE("engine: one submit may be larger than a group, and all of it is durable") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop(1'000'000));
    constexpr std::size_t kMany = 150'000;
    {
        EngineOptions options;
        options.segment_bytes = std::uint64_t{1} << 20;
        DurableDriver driver(path, options);
        const auto session = driver.open();
        std::vector<core::Line> lines(kMany);
        std::vector<Operation> operations(kMany);
        for (std::size_t i = 0; i < kMany; ++i) operations[i] = {.tag = i, .command = hold_of(1, i + 1, lines[i])};
        std::vector<Completion> out;
        session->submit(operations);
        while (out.size() < kMany) session->poll(out, seconds(10));
        // Repeats, and only now: behind so many the queue is full, and refuses.
        session->submit(std::span(operations).first(10));
        while (out.size() < kMany + 10) session->poll(out, seconds(10));
        for (const Completion& completion : out) REQUIRE(completion.settled == Settled::applied);
    }
    DurableDriver driver(path);
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
    CHECK(held == static_cast<std::int64_t>(kMany));
}

TEST_CASE("engine: a second process does not get the folder, a file in the place of the folder is named") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    DurableDriver first(path);
    first.engine();
    REQUIRE(start_problem(path).find("another process has this data folder") != std::string::npos);
    std::ofstream(folder.path("file")) << "x";
    REQUIRE(start_problem(folder.path("file")).find(folder.path("file")) == 0);
    REQUIRE(start_problem(folder.path("no/such/parent")).find("No such file or directory") != std::string::npos);
}

TEST_CASE("engine: what is begun after its deadline is refused, and not applied") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    DurableDriver driver(path);
    const auto session = driver.open();
    core::Line line;
    const Operation late{.tag = 1, .command = hold_of(1, 1, line), .timeout = seconds(-1)};
    session->submit({&late, 1});
    std::vector<Completion> out;
    while (out.empty()) session->poll(out, seconds(10));
    CHECK(out.front().settled == Settled::refused);
    CHECK(out.front().cause == Cause::late);
    CHECK(driver.engine().stats().late.get() == 1);
    CHECK(driver.engine().stats().commands[static_cast<unsigned>(core::CommandKind::hold)][0].get() == 0);
}

TEST_CASE("engine: the queue is bounded, and what does not fit is refused at once") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop());
    EngineOptions options;
    options.queue_commands = 10;
    DurableDriver driver(path, options);
    const auto session = driver.open();
    std::vector<core::Line> lines(20'000);
    std::size_t refused = 0;
    std::vector<Completion> out;
    for (std::uint64_t n = 1; n <= lines.size(); ++n) {
        Operation operation{.tag = n, .command = hold_of(1, n, lines[n - 1])};
        session->submit({&operation, 1});
    }
    while (out.size() < lines.size()) session->poll(out, seconds(10));
    for (const Completion& completion : out)
        if (completion.cause == Cause::overloaded) ++refused;
    REQUIRE(refused > 0);
    REQUIRE(refused < lines.size());
    REQUIRE(session->in_flight() == 0);
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
    REQUIRE(held == static_cast<std::int64_t>(lines.size() - refused));
}

TEST_CASE("engine: snapshots are taken while it works, old journals go, and the state is the same") {
    const TempFolder folder;
    const std::string path = folder.path("data");
    DurableDriver(path).prepare(small_shop(100'000));
    EngineOptions options;
    options.segment_bytes = std::uint64_t{7} << 20;
    options.snapshot_every = 20'000;
    std::uint64_t last = 0;
    {
        DurableDriver driver(path, options);
        const auto session = driver.open();
        std::vector<core::Line> lines(1000);
        std::vector<Operation> operations(1000);
        std::vector<Completion> out;
        for (std::uint64_t n = 0; n < 150; ++n) {
            for (std::size_t i = 0; i < operations.size(); ++i)
                operations[i] = {.tag = i, .command = hold_of(1, n * 1000 + i + 1, lines[i])};
            session->submit(operations);
            out.clear();
            while (out.size() < operations.size()) session->poll(out, seconds(10));
            for (const Completion& completion : out) REQUIRE(completion.settled == Settled::applied);
        }
        last = driver.read_back().sequence;
        REQUIRE(driver.engine().stats().snapshot_sequence.get() > kNodes * kSkus);
        REQUIRE(driver.engine().stats().snapshot_failures.get() == 0);
    }
    const DataFolder data(path);
    REQUIRE(data.snapshots().size() == 2);
    REQUIRE(data.snapshots().back() >= last);
    REQUIRE(data.journals().front() > kNodes * kSkus + 1);
}
