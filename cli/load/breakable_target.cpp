#include "cli/load/breakable_target.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "cli/command.hpp"

namespace lastunit::cli {
namespace {

bool any(std::span<const model::Fault> faults, std::string_view kind) {
    return std::any_of(faults.begin(), faults.end(), [kind](const model::Fault& fault) { return kind == name_of(fault.kind); });
}

}  // namespace

HostAndPort host_and_port(const std::string& address, std::uint16_t usual) {
    const std::size_t colon = address.rfind(':');
    const std::size_t bracket = address.rfind(']');
    const bool has_port = colon != std::string::npos && (bracket == std::string::npos || colon > bracket);
    HostAndPort out{has_port ? address.substr(0, colon) : address, usual};
    if (out.host.starts_with('[') && out.host.ends_with(']')) out.host = out.host.substr(1, out.host.size() - 2);
    if (has_port) {
        const char* const end = address.data() + address.size();
        const auto read = std::from_chars(address.data() + colon + 1, end, out.port);
        if (read.ec != std::errc{} || read.ptr != end) out.port = 0;
    }
    if (out.host.empty() || out.port == 0) throw BadInput("--target: '" + address + "' is not HOST:PORT, e.g. 127.0.0.1:50051");
    return out;
}

HostAndPort through_proxy(Target& target, const HostAndPort& to, std::span<const model::Fault> faults) {
    if (!any(faults, "partition")) return to;
    target.proxy = std::make_unique<drivers::Proxy>(to.host, to.port);
    target.breakable.proxy = target.proxy.get();
    return {"127.0.0.1", target.proxy->port()};
}

std::vector<std::string> slow_disk_environment(Target& target, std::span<const model::Fault> faults) {
    if (!any(faults, "slow_disk")) return {};
    const std::string library = drivers::SlowDisk::library_near(own_program());
    if (library.empty()) {
        target.breakable.no_disk = "the library that slows a disk (liblastunit_slow_disk) is not beside this program";
        return {};
    }
    target.folder = std::make_unique<drivers::TemporaryFolder>("disk");
    target.disk = std::make_unique<drivers::SlowDisk>(library, target.folder->path("control"));
    target.breakable.disk = target.disk.get();
    return target.disk->environment();
}

std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

}  // namespace lastunit::cli
