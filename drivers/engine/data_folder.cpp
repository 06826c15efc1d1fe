#include "drivers/engine/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>

#include "drivers/engine/problem.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::size_t kDigits = 20;

std::string numbered(const std::string& prefix, std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return prefix + std::string(kDigits - digits.size(), '0') + digits;
}

}  // namespace

DataFolder::DataFolder(std::string path) : path_(std::move(path)) {
    if (mkdir(path_.c_str(), 0755) != 0 && errno != EEXIST) throw problem_with(path_, "cannot make the data folder", errno);
    const std::string name = file("lock");
    lock_ = open_file(name, O_RDWR | O_CREAT);
    if (flock(lock_.descriptor(), LOCK_EX | LOCK_NB) != 0)
        throw Problem(path_ + ": another process has this data folder; stop it first, or choose another folder");
}

bool DataFolder::fresh() const { return snapshots().empty() && journals().empty(); }

std::string DataFolder::journal(std::uint64_t first) const { return file(numbered("journal-", first)); }
std::string DataFolder::snapshot(std::uint64_t sequence) const { return file(numbered("snapshot-", sequence)); }

std::vector<std::uint64_t> DataFolder::numbers(const std::string& prefix) const {
    std::vector<std::uint64_t> out;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(path_, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix) || name.size() != prefix.size() + kDigits) continue;
        std::uint64_t number = 0;
        const char* end = name.data() + name.size();
        const auto parsed = std::from_chars(name.data() + prefix.size(), end, number);
        if (parsed.ec == std::errc{} && parsed.ptr == end) out.push_back(number);
    }
    if (error) throw Problem(path_ + ": cannot list the data folder: " + error.message());
    std::sort(out.begin(), out.end());
    return out;
}

void DataFolder::tidy() const {
    const std::vector<std::uint64_t> kept = snapshots();
    if (kept.size() < 2) return;
    const std::uint64_t older = kept[kept.size() - 2];
    for (std::size_t i = 0; i + 2 < kept.size(); ++i) unlink(snapshot(kept[i]).c_str());
    const std::vector<std::uint64_t> segments = journals();
    // A segment ends where the next begins: it goes when that is not after the first call that the older snapshot lacks.
    for (std::size_t i = 0; i + 1 < segments.size() && segments[i + 1] <= older + 1; ++i) unlink(journal(segments[i]).c_str());
}

}  // namespace lastunit::drivers
