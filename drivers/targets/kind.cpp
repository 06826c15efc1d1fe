#include "drivers/targets/kind.hpp"

namespace lastunit::drivers::targets {

namespace vendure_files {
extern const std::string_view package_json, config_js, start_js, prepare_js, warm_up_js, flow_yaml, README_md;
}
namespace medusa_files {
extern const std::string_view package_json, medusa_config_js, seed_js, warm_up_js, flow_yaml, README_md;
}

namespace {

// Processor time, memory and sizes: measured with Node 20 on two cores (docs/real-shops.md).
std::vector<TargetKind> make_kinds() {
    TargetKind vendure;
    vendure.name = "vendure";
    vendure.title = "Vendure";
    vendure.version = "3.7.3";
    vendure.summary = "GraphQL shop; checks stock when it is put into the cart and before payment, allocates after it";
    vendure.installed_mb = 141;
    vendure.memory_mb = 260;
    vendure.port = 4801;
    vendure.admin_user = "lastunit";
    vendure.lockings = {Locking::as_delivered};
    vendure.environment = {"NODE_ENV=production", "VENDURE_DISABLE_TELEMETRY=true"};
    vendure.prepare = {{"prepare.js"}};
    vendure.start = {"start.js", "{port}"};
    vendure.warm_up = {"warm_up.js"};
    {
        using namespace vendure_files;
        vendure.files = {{"package.json", package_json}, {"config.js", config_js},   {"start.js", start_js},
                         {"prepare.js", prepare_js},     {"warm_up.js", warm_up_js}, {"flow.yaml", flow_yaml},
                         {"README.md", README_md}};
    }

    TargetKind medusa;
    medusa.name = "medusa";
    medusa.title = "Medusa";
    medusa.version = "2.21.2";
    medusa.summary = "REST shop; reserves stock under a lock when the cart is completed";
    medusa.installed_mb = 680;
    medusa.memory_mb = 880;
    medusa.port = 4901;
    medusa.admin_user = "admin@lastunit.test";
    medusa.lockings = {Locking::as_delivered, Locking::redis, Locking::postgres};
    medusa.environment = {"NODE_ENV=production", "MEDUSA_DISABLE_TELEMETRY=true"};
    const std::string command = "node_modules/@medusajs/cli/cli.js";
    medusa.prepare = {
        {command, "db:migrate"}, {command, "exec", "./seed.js"}, {command, "user", "-e", "{user}", "-p", "{password}"}};
    medusa.start = {command, "start", "--host", "127.0.0.1", "--port", "{port}"};
    medusa.warm_up = {"warm_up.js"};
    {
        using namespace medusa_files;
        medusa.files = {{"package.json", package_json}, {"medusa-config.js", medusa_config_js},
                        {"seed.js", seed_js},           {"warm_up.js", warm_up_js},
                        {"flow.yaml", flow_yaml},       {"README.md", README_md}};
    }
    return {vendure, medusa};
}

}  // namespace

const char* name_of(Locking locking) {
    switch (locking) {
        case Locking::as_delivered:
            return "default";
        case Locking::redis:
            return "redis";
        case Locking::postgres:
            return "postgres";
    }
    return "?";
}

std::span<const TargetKind> target_kinds() {
    static const std::vector<TargetKind> kinds = make_kinds();
    return kinds;
}

const TargetKind* find_target(const std::string& name) {
    for (const TargetKind& kind : target_kinds())
        if (kind.name == name) return &kind;
    return nullptr;
}

}  // namespace lastunit::drivers::targets
