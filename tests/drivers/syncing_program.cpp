// A server's disk work in small: makes FILE and syncs it TIMES times after writing a byte, then writes how many microseconds each
// kind of sync took on average; the second argument may be "for-ever".
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int, char** words) {
    using Clock = std::chrono::steady_clock;
    const int file = open(words[1], O_RDWR | O_CREAT, 0644);
    if (file < 0) return 1;
    const bool for_ever = std::string(words[2]) == "for-ever";
    const long times = for_ever ? 1L << 40 : std::strtol(words[2], nullptr, 10);
    const Clock::time_point begun = Clock::now();
    for (long i = 0; i < times; ++i) {
        if (pwrite(file, "x", 1, i % 4096) != 1) return 1;
        const int result = i % 2 == 0 ? fdatasync(file) : fsync(file);
        if (result != 0) return 1;
    }
    if (fsync(-1) != -1) return 1;
    std::printf("%lld\n", static_cast<long long>(
                              std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun).count() / times));
    return 0;
}
