#include "drivers/engine/snapshot_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "core/bytes.hpp"
#include "core/crc32c.hpp"
#include "core/ledger_snapshot.hpp"
#include "drivers/engine/problem.hpp"

namespace lastunit::drivers {

namespace {
constexpr std::uint32_t kMagic = 0x3145554c;  // "LUE1" as bytes
constexpr std::size_t kHeaderBytes = 16;
}  // namespace

int write_snapshot(const DataFolder& folder, const core::Ledger& ledger, std::uint64_t changes) {
    const std::string place = folder.snapshot(ledger.sequence());
    const std::string beside = folder.file("snapshot.tmp");
    File file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.descriptor() < 0) return errno;
    std::array<std::byte, kHeaderBytes> header{};
    core::store(header.data(), kMagic);
    core::store(header.data() + 4, changes);
    core::store(header.data() + 12, core::crc32c(std::span(header).first(12)));
    int error = write_all(file.descriptor(), header);
    core::save(ledger, [&](std::span<const std::byte> piece) {
        if (error == 0) error = write_all(file.descriptor(), piece);
    });
    if (error == 0 && fsync(file.descriptor()) != 0) error = errno;
    if (error == 0 && std::rename(beside.c_str(), place.c_str()) != 0) error = errno;
    if (error == 0) return sync_folder(folder.path());
    unlink(beside.c_str());
    return error;
}

std::optional<Snapshot> read_snapshot(const DataFolder& folder, std::uint64_t sequence, std::string& problem) {
    const WholeFile file(folder.snapshot(sequence));
    const std::span<const std::byte> bytes = file.bytes();
    problem = "it does not begin as a snapshot does";
    if (bytes.size() < kHeaderBytes || core::load<std::uint32_t>(bytes.data()) != kMagic) return std::nullopt;
    problem = "its checksum does not match";
    if (core::load<std::uint32_t>(bytes.data() + 12) != core::crc32c(bytes.first(12))) return std::nullopt;
    std::optional<core::Ledger> ledger = core::restore(bytes.subspan(kHeaderBytes), problem);
    if (!ledger) return std::nullopt;
    problem = "it is of command " + std::to_string(ledger->sequence()) + ", not of what its name says";
    if (ledger->sequence() != sequence) return std::nullopt;
    problem.clear();
    return Snapshot{std::move(*ledger), core::load<std::uint64_t>(bytes.data() + 4)};
}

}  // namespace lastunit::drivers
