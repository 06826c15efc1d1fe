// Opens the page in a real browser, where one is installed.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "reports/html.hpp"
#include "reports/write.hpp"
#include "tests/reports/sample_record.hpp"

namespace fs = std::filesystem;
using namespace lastunit::reports;

namespace {

struct Answer {
    std::string text;
    int code = -1;
};

Answer run(const std::string& command) {
    Answer answer;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return answer;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) answer.text.append(buffer.data(), n);
    const int status = ::pclose(pipe);
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return answer;
}

}  // namespace

TEST_CASE("html: Chromium draws the page without a console message, and arrow keys read it out") {
    std::string browser = run("command -v chromium || command -v chromium-browser || command -v google-chrome").text;
    if (browser.empty()) {
        WARN("SKIPPED: no Chromium here; the page was not opened in a browser");
        return;
    }
    browser.pop_back();
    const fs::path folder = fs::temp_directory_path() / ("lastunit-browser-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const std::string page = to_html(test::sample_record());
    // The key is pressed by a script of the test, after the page's own.
    const std::string press =
        "<script>document.querySelector('.day').dispatchEvent(new KeyboardEvent('keydown', {key: 'Home'}))</script>";
    REQUIRE_FALSE(write_file((folder / "page.html").string(), page + press));
    const auto answer =
        run("timeout 100 " + browser +
            " --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking"
            " --disable-component-update --disable-sync --enable-logging=stderr --user-data-dir=" +
            (folder / "profile").string() + " --dump-dom file://" + (folder / "page.html").string() + " 2>&1");
    fs::remove_all(folder);
    if (answer.code != 0) {
        WARN("SKIPPED: " << browser << " did not run (exit code " << answer.code << ")");
        return;
    }
    CHECK(answer.text.find("CONSOLE") == std::string::npos);
    CHECK(answer.text.find("class=\"day reading\"") != std::string::npos);
    CHECK(answer.text.find("<span>00:00</span></div>") != std::string::npos);
}
