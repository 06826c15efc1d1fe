#include "cli/charts.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/process/spawn.hpp"
#include "reports/chart_program.hpp"
#include "reports/text.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWantsNode =
    "charts are drawn by Node.js of version 18 or newer, which is not here: Debian's package is nodejs";
// Pixels of a PNG per unit of its SVG: sharp on screens of double density, and on paper.
constexpr const char* kZoom = "2";

std::optional<std::string> program_named(const std::string& name) {
    std::istringstream folders(std::getenv("PATH") == nullptr ? "/usr/local/bin:/usr/bin:/bin" : std::getenv("PATH"));
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path path = fs::path(folder) / name;
        if (!folder.empty() && ::access(path.c_str(), X_OK) == 0 && fs::is_regular_file(path)) return path.string();
    }
    return std::nullopt;
}

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A folder of our own, gone with it.
class Workshop {
   public:
    Workshop() {
        std::string name = (fs::temp_directory_path() / "lastunit-charts-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw BadInput("cannot make a temporary folder like " + name);
        folder_ = name;
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    ~Workshop() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    fs::path file(const char* name) const { return folder_ / name; }

    struct Ended {
        int code = 0;
        std::string said;  // stdout and stderr
    };
    Ended run(const std::vector<std::string>& words) const {
        const fs::path log = file("said");
        fs::remove(log);
        drivers::ServerCommand command;
        command.words = words;
        command.log = log.string();
        int status = 0;
        const pid_t child = drivers::spawn(command);
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(log)};
    }

   private:
    fs::path folder_;
};

std::string node_or_throw() {
    const auto node = program_named("node");
    if (!node) throw BadInput(kWantsNode);
    const std::string said = Workshop().run({*node, "--version"}).said;  // v20.11.0
    const int major = said.starts_with('v') ? std::atoi(said.c_str() + 1) : 0;
    if (major < 18) throw BadInput(std::string(kWantsNode) + "; " + *node + " says " + said.substr(0, said.find('\n')));
    return *node;
}

void make_folder(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error || !fs::is_directory(folder) || ::access(folder.c_str(), W_OK) != 0)
        throw BadInput("--charts: cannot write into the folder " + folder);
}

// What the program said besides is no file: warnings of a library, of Node itself.
std::vector<std::string> svg_paths(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        if (line.ends_with(".svg")) lines.push_back(line);
    return lines;
}

// How many; 0 where rsvg-convert is not installed.
std::size_t write_png(const Workshop& shop, const std::vector<std::string>& svg) {
    const auto convert = program_named("rsvg-convert");
    if (!convert) return 0;
    for (const std::string& path : svg) {
        const std::string png = fs::path(path).replace_extension(".png").string();
        if (const auto end = shop.run({*convert, "--zoom", kZoom, "--output", png, path}); end.code != 0)
            throw BadInput("rsvg-convert cannot draw " + path + ": " + end.said.substr(0, end.said.find('\n')));
    }
    return svg.size();
}

}  // namespace

void check_charts(const Arguments& arguments) {
    const auto folder = arguments.get("charts");
    if (!folder) return;
    make_folder(*folder);
    node_or_throw();
}

void draw_charts(const std::string& page, const std::string& folder, Theme theme) {
    const std::string node = node_or_throw();
    const Workshop shop;
    for (const auto& [name, text] :
         {std::pair<const char*, std::string_view>{"charts.cjs", reports::chart_program()}, {"page.html", page}})
        if (const auto problem = reports::write_file(shop.file(name).string(), text)) throw BadInput(*problem);
    const auto end = shop.run({node, shop.file("charts.cjs").string(), shop.file("page.html").string(), folder,
                               theme == Theme::dark ? "dark" : "light"});
    if (end.code != 0) throw BadInput("charts could not be drawn: " + end.said);
    const std::vector<std::string> svg = svg_paths(end.said);
    const std::size_t png = write_png(shop, svg);
    std::fprintf(stderr, "%s in %s, as SVG%s\n", reports::counted(svg.size(), "chart").c_str(), folder.c_str(),
                 png > 0 ? " and PNG" : "; no PNG: rsvg-convert is not here (Debian's package is librsvg2-bin)");
}

int charts(const Arguments& arguments) {
    const std::string& path = arguments.words[0];
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) throw BadInput("there is no page " + path);
    const std::string page = text_of(path);
    if (page.find("<script type=\"application/json\" id=\"page\">") == std::string::npos)
        throw BadInput(path + " is not a report page of lastunit");
    make_folder(arguments.words[1]);
    draw_charts(page, arguments.words[1], arguments.has("dark") ? Theme::dark : Theme::light);
    return kOk;
}

}  // namespace lastunit::cli
