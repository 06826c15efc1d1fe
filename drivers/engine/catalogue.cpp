#include "drivers/engine/catalogue.hpp"

#include <cstdint>
#include <fstream>
#include <sstream>

#include "core/crc32c.hpp"
#include "drivers/engine/problem.hpp"

namespace lastunit::drivers {

namespace {

constexpr const char* kFirstLine = "lastunit catalogue 1";

void add(std::string& out, const char* what, const std::vector<std::string>& names) {
    out += std::string(what) + " " + std::to_string(names.size()) + "\n";
    for (const std::string& name : names) out += name + "\n";
}

std::string checksum_line(const std::string& text) {
    return "crc32c " + std::to_string(core::crc32c(std::as_bytes(std::span(text)))) + "\n";
}

std::vector<std::string> take(std::istringstream& in, const std::string& what) {
    std::string word, line;
    std::size_t count = 0;
    in >> word >> count;
    std::getline(in, line);
    if (word != what) return {};
    std::vector<std::string> names;
    while (names.size() < count && std::getline(in, line)) names.push_back(line);
    return names;
}

}  // namespace

std::string problem_of(const Catalogue& catalogue) {
    if (catalogue.nodes.empty() || catalogue.nodes.size() > UINT16_MAX) return "1 to 65535 nodes are possible";
    if (catalogue.skus.empty() || catalogue.skus.size() > UINT32_MAX) return "at least one SKU is needed";
    if (catalogue.channels.empty() || catalogue.channels.size() > 255) return "1 to 255 channels are possible";
    for (const auto* names : {&catalogue.nodes, &catalogue.skus, &catalogue.channels})
        for (const std::string& name : *names)
            if (name.find('\n') != std::string::npos) return "a name has a line break";
    return "";
}

void keep(const Catalogue& catalogue, const DataFolder& folder) {
    std::string text = std::string(kFirstLine) + "\n";
    add(text, "nodes", catalogue.nodes);
    add(text, "skus", catalogue.skus);
    add(text, "channels", catalogue.channels);
    text += checksum_line(text);
    replace_file(folder.path(), "catalogue", std::as_bytes(std::span(text)));
}

Catalogue read_catalogue(const DataFolder& folder) {
    const std::string path = folder.file("catalogue");
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Problem(path + ": cannot open it; without it the numbers in the journal have no names");
    std::ostringstream all;
    all << file.rdbuf();
    const std::string text = all.str();
    const std::size_t last = text.rfind("crc32c ");
    if (last == std::string::npos || text.substr(last) != checksum_line(text.substr(0, last)))
        throw Problem(path + ": its checksum does not match: the file was changed or damaged");
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    if (line != kFirstLine) throw Problem(path + ": is not a catalogue of this version");
    Catalogue out;
    out.nodes = take(in, "nodes");
    out.skus = take(in, "skus");
    out.channels = take(in, "channels");
    return out;
}

}  // namespace lastunit::drivers
