#include "drivers/targets/state.hpp"

#include <google/protobuf/util/json_util.h>

#include <filesystem>
#include <fstream>

#include "drivers/driver.hpp"

namespace lastunit::drivers::targets {

namespace {

namespace fs = std::filesystem;
using lastunit::targets::TargetState;

std::string path_in(const std::string& folder) { return folder + "/state.json"; }

}  // namespace

void write_state(const std::string& folder, const TargetState& state) {
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = true;
    options.preserve_proto_field_names = true;
    std::string text;
    const auto made = google::protobuf::util::MessageToJsonString(state, &text, options);
    const std::string path = path_in(folder), beside = path + ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    std::error_code error;
    fs::permissions(beside, fs::perms::owner_read | fs::perms::owner_write, error);
    out << text;
    out.close();
    if (made.ok() && out && !error) fs::rename(beside, path, error);
    if (!made.ok() || !out || error) throw DriverError(path + ": cannot write it");
}

std::optional<TargetState> read_state(const std::string& folder) {
    std::ifstream in(path_in(folder), std::ios::binary);
    if (!in) return std::nullopt;
    const std::string text(std::istreambuf_iterator<char>(in), {});
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;  // written by a newer lastunit
    TargetState state;
    if (!google::protobuf::util::JsonStringToMessage(text, &state, options).ok())
        throw DriverError(path_in(folder) + ": this is not the state of a running shop: remove it");
    return state;
}

void remove_state(const std::string& folder) {
    std::error_code ignored;
    fs::remove(path_in(folder), ignored);
}

std::string keeper_lock(const std::string& folder) { return folder + "/lock"; }

bool has_keeper(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(keeper_lock(folder), ignored) && !try_lock(keeper_lock(folder));
}

std::optional<std::string> running_flow(const TargetFolders& folders, const std::string& name) {
    const TargetKind* kind = find_target(name);
    if (kind == nullptr || !has_keeper(folders.running(*kind))) return std::nullopt;
    const auto state = read_state(folders.running(*kind));
    if (!state || state->flow().empty()) return std::nullopt;
    return state->flow();
}

}  // namespace lastunit::drivers::targets
