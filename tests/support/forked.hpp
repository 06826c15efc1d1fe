// SimGrid's engine lives once per process: whatever needs a fresh one runs in a child.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <string>

namespace lastunit::tests {

// What `work` returned, computed in a child process. Throws when the child did not end by itself.
inline std::string in_child(const std::function<std::string()>& work) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("pipe");
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("fork");
    if (child == 0) {
        close(ends[0]);
        const std::string answer = work();
        std::size_t written = 0;
        while (written < answer.size()) {
            const ssize_t n = write(ends[1], answer.data() + written, answer.size() - written);
            if (n <= 0) _exit(9);
            written += static_cast<std::size_t>(n);
        }
        close(ends[1]);
        _exit(0);
    }
    close(ends[1]);
    std::string answer;
    char buffer[65536];
    for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;) answer.append(buffer, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("the child process failed");
    return answer;
}

}  // namespace lastunit::tests
