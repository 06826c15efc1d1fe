// Opens the page in a real browser, where one is installed.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "reports/study/comparison_reports.hpp"
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

// Empty where there is none.
std::string browser_here() {
    std::string browser = run("command -v chromium || command -v chromium-browser || command -v google-chrome").text;
    if (browser.empty())
        WARN("SKIPPED: no Chromium here; the page was not opened in a browser");
    else
        browser.pop_back();
    return browser;
}

// The page as the browser has it after its scripts, and what it said on its console.
Answer opened(const std::string& browser, const std::string& page) {
    const fs::path folder = fs::temp_directory_path() / ("lastunit-browser-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    REQUIRE_FALSE(write_file((folder / "page.html").string(), page));
    Answer answer =
        run("timeout 100 " + browser +
            " --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking"
            " --disable-component-update --disable-sync --enable-logging=stderr --user-data-dir=" +
            (folder / "profile").string() + " --dump-dom file://" + (folder / "page.html").string() + " 2>&1");
    fs::remove_all(folder);
    if (answer.code != 0) WARN("SKIPPED: " << browser << " did not run (exit code " << answer.code << ")");
    return answer;
}

}  // namespace

TEST_CASE("html: Chromium draws a comparison's page without a console message, and nothing of it overflows") {
    const std::string browser = browser_here();
    if (browser.empty()) return;
    StudyFigures figures({"hub", "stream", "unified"});
    for (std::size_t arm = 0; arm < 3; ++arm)
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            lastunit::model::RunRecord record = test::sample_record();
            record.mutable_identity()->set_seed(seed);
            record.mutable_kpi()->set_oversold_units(100 - 20 * arm + seed % 3 * (arm + 1));
            figures.add(arm, record);
        }
    // A page without script: its width is asked by one of the test's, which the page's own policy must let in here.
    std::string page = study_comparison_html(compared(figures, {}));
    const std::string policy = "default-src 'none'; style-src 'unsafe-inline'";
    REQUIRE(page.find(policy) != std::string::npos);
    page.replace(page.find(policy), policy.size(), policy + "; script-src 'unsafe-inline'");
    const std::string ask =
        "<script>document.body.dataset.wide = document.documentElement.scrollWidth > innerWidth ? 'yes' : 'no'</script>";
    const Answer answer = opened(browser, page + ask);
    if (answer.code != 0) return;
    CHECK(answer.text.find("CONSOLE") == std::string::npos);
    CHECK(answer.text.find("data-wide=\"no\"") != std::string::npos);
    CHECK(answer.text.find("NaN") == std::string::npos);
}
