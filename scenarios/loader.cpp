#include "scenarios/loader.hpp"

#include <filesystem>
#include <set>
#include <system_error>

#include "model/replay.hpp"
#include "scenarios/binder.hpp"
#include "scenarios/check.hpp"
#include "scenarios/convert.hpp"
#include "scenarios/design_file.hpp"
#include "scenarios/hash.hpp"
#include "scenarios/suggest.hpp"
#include "scenarios/yaml_writer.hpp"

namespace lastunit::scenarios {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> locate(const std::string& file_or_name, const Library& library, Report& report) {
    std::error_code error;
    if (fs::is_regular_file(file_or_name, error)) return file_or_name;
    if (const auto found = library.find(file_or_name)) return found;
    const Position whole{std::make_shared<const std::string>(file_or_name), 0, 0};
    if (fs::is_directory(file_or_name, error)) {
        report.error(whole, "", "is a folder, not a scenario file");
        return std::nullopt;
    }
    const bool path = file_or_name.find('/') != std::string::npos || file_or_name.ends_with(".yaml");
    std::vector<std::string> names;
    for (const LibraryEntry& entry : library.list()) names.push_back(entry.name);
    report.error(
        whole, "",
        path ? "no such file" : "no such file and no scenario of that name in the library" + suggest(file_or_name, names));
    return std::nullopt;
}

// Amounts are read in the scenario's own currency, so it has to be known before the first of them.
std::string currency_of(const Tree& root, Report& report) {
    const Tree* given = root.child("currency");
    if (!given || given->kind != Tree::Kind::scalar) return "PLN";
    const bool code = given->text.size() == 3 && given->text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    if (code) return given->text;
    report.error(given->at, "currency", "expected a currency's three letters, e.g. PLN, not `" + given->text + "`");
    return "PLN";
}

// A file named in a scenario lies beside it; one named with --set lies where the command was given.
std::string beside(const std::string& file, const Position& named_at) {
    if (named_at.line == 0 || !named_at.file || fs::path(file).is_absolute()) return file;
    return (fs::path(*named_at.file).parent_path() / file).string();
}

// Orders of a channel or place that the scenario does not have would change the answer silently: they are an error.
void check_names(const model::ReplayLog& log, const schema::Scenario& scenario, const Bound& bound, Report& report) {
    std::set<std::string> channels, places, unknown_channels, unknown_places;
    for (const schema::Channel& channel : scenario.channels()) channels.insert(channel.name());
    for (const schema::Place& place : scenario.network().places()) places.insert(place.name());
    for (const model::ReplayOrder& order : log.orders) {
        if (!order.channel.empty() && !channels.contains(order.channel)) unknown_channels.insert(order.channel);
        if (!order.place.empty() && !places.contains(order.place)) unknown_places.insert(order.place);
    }
    const auto complain = [&](const char* column, const std::set<std::string>& unknown) {
        if (unknown.empty()) return;
        std::string names;
        for (const std::string& name : unknown) names += (names.empty() ? "`" : ", `") + name + "`";
        const std::string path = std::string("demand.replay.columns.") + column;
        report.error(bound.places.find(path), path,
                     std::string("the log names ") + column + "s that the scenario does not have: " + names);
    };
    complain("channel", unknown_channels);
    complain("place", unknown_places);
}

std::optional<model::ReplayLog> read_replay(const schema::Scenario& scenario, const Bound& bound, Report& report) {
    const schema::Replay& from = scenario.demand().replay();
    const std::string path = "demand.replay.file";
    model::ReplayOptions options;
    const schema::ReplayColumns& columns = from.columns();
    options.columns = {columns.time(),  columns.order(),   columns.sku(),   columns.quantity(),
                       columns.price(), columns.channel(), columns.place(), from.time_format()};
    options.from = from.from();
    // Shoppers arrive within the horizon, replayed or not.
    const Duration horizon = duration(scenario.run().horizon());
    options.length = duration(from.length());
    if (options.length.us == 0 || options.length > horizon) options.length = horizon;
    options.skip_order_prefixes.assign(from.skip_order_prefixes().begin(), from.skip_order_prefixes().end());
    options.skip_non_positive = from.skip_non_positive();
    options.max_bad_rows = from.max_bad_rows();
    auto result = model::load_replay(beside(from.file(), bound.places.find(path)), options);
    if (const auto* failed = std::get_if<model::ReplayError>(&result)) {
        report.error(bound.places.find(path), path, failed->message);
        return std::nullopt;
    }
    check_names(std::get<model::ReplayLog>(result), scenario, bound, report);
    return std::get<model::ReplayLog>(std::move(result));
}

void check_skus(const Bound& bound, const SkuNames& skus, Report& report) {
    if (skus.size() == 0) return;  // reported as such
    for (const Reference& reference : bound.references)
        if (reference.word == "sku" && !skus.find(reference.name))
            report.error(reference.at, reference.path, "unknown sku `" + reference.name + "`" + skus.hint(reference.name));
}

// A scenario without personas has one, with every preset.
void add_anyone(Tree& root) {
    if (root.find("personas")) return;
    Tree anyone, personas;
    anyone.kind = personas.kind = Tree::Kind::map;
    anyone.at = personas.at = root.at;
    personas.entries.push_back({"anyone", root.at, std::move(anyone)});
    root.entries.push_back({"personas", root.at, std::move(personas)});
}

// What is loaded, as one file that depends on no other but a replayed log, which it names by its whole path.
std::string text_of(Tree root, const std::string& name, DesignOf design_of) {
    if (!root.find("name")) root.entries.insert(root.entries.begin(), {"name", root.at, scalar(name, root.at)});
    Entry* design = root.find("design");
    if (design && design_of == DesignOf::another_file && !design->value.find("borrowed"))
        design->value.entries.push_back({"borrowed", root.at, scalar("true", root.at)});
    Entry* demand = root.find("demand");
    Entry* replay = demand ? demand->value.find("replay") : nullptr;
    Entry* file = replay ? replay->value.find("file") : nullptr;
    if (file) file->value.text = fs::absolute(beside(file->value.text, file->value.at)).lexically_normal().string();
    return write_yaml(root);
}

std::optional<model::Scenario> build(Tree root, const std::string& path, DesignOf design_of, Report& report, Report& notes) {
    schema::Scenario scenario;
    add_anyone(root);
    const std::string currency = currency_of(root, report);
    const Bound bound = bind_fields(root, scenario, currency, report);
    scenario.set_currency(currency);
    check_references(bound, report);
    if (scenario.name().empty()) scenario.set_name(fs::path(path).stem().string());
    const schema::Demand& demand = scenario.demand();
    std::optional<model::ReplayLog> log;
    // A log is read only for a scenario whose fields are in order: it may be large, and its columns are named there.
    const bool readable =
        demand.has_replay() && report.empty() && (demand.replay().from().empty() || is_day(demand.replay().from()));
    if (readable) log = read_replay(scenario, bound, report);
    const Lookup lookup(scenario);
    const SkuNames skus(scenario.catalogue(), log ? &*log : nullptr);
    if (!demand.has_replay() || log) check_skus(bound, skus, report);
    if (scenario.design().borrowed()) design_of = DesignOf::another_file;
    const CheckContext context{scenario, lookup, bound, skus, design_of, report, notes};
    check_retailer(context);
    check_supply(context);
    check_carriers(context);
    check_demand(context);
    check_design(context);
    check_routing(context);
    check_faults(context);
    if (!report.empty()) return std::nullopt;
    const std::string hash = hash_of(scenario, log ? &*log : nullptr);
    model::Scenario out = convert({scenario, lookup, skus}, std::move(log));
    out.hash = hash;
    out.text = text_of(std::move(root), scenario.name(), design_of);
    return out;
}

void tell_left_out(const std::vector<LeftOutFault>& faults, model::Scenario& scenario, Report& notes) {
    for (const LeftOutFault& fault : faults) {
        notes.error(fault.at, "faults." + fault.name, "left out: " + fault.why);
        scenario.left_out.push_back({fault.name, fault.kind, fault.why});
    }
}

}  // namespace

Loaded load(const std::string& file_or_name, std::span<const Override> overrides, const Library& library,
            const std::string& design) {
    Report report;
    Loaded loaded;
    const std::optional<std::string> path = locate(file_or_name, library, report);
    const std::optional<std::string> design_path = design.empty() ? design : locate_design(design, library, report);
    if (path && design_path) {
        std::vector<LeftOutFault> left_out;
        Tree root = compose(*path, *design_path, overrides, library, left_out, report);
        Report notes;
        const DesignOf design_of = design.empty() ? DesignOf::scenario : DesignOf::another_file;
        if (!report.is_fatal()) loaded.scenario = build(std::move(root), *path, design_of, report, notes);
        if (loaded.scenario) tell_left_out(left_out, *loaded.scenario, notes);
        loaded.notes = notes.sorted();
    }
    loaded.errors = report.sorted();
    if (!loaded.errors.empty()) loaded.scenario.reset();
    return loaded;
}

}  // namespace lastunit::scenarios
