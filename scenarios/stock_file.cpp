#include "scenarios/stock_file.hpp"

#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <optional>

#include "core/ledger.hpp"
#include "model/csv.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

constexpr std::size_t kMostMistakes = 20;  // a file of another shape is wrong in every line

enum Column : std::size_t { kNode, kSku, kUnits, kColumns };
constexpr std::array<const char*, kColumns> kNames{"node", "sku", "units"};

template <class Things> std::map<std::string, std::size_t, std::less<>> index_of(const Things& things) {
    std::map<std::string, std::size_t, std::less<>> index;
    for (const auto& thing : things) index.emplace(thing.name, index.size());
    return index;
}

class StockReader {
   public:
    StockReader(const std::string& path, const model::Scenario& scenario)
        : file_(std::make_shared<const std::string>(path)),
          reader_(path),
          nodes_(index_of(scenario.network.nodes)),
          skus_(index_of(scenario.catalogue.skus)),
          units_(nodes_.size() * skus_.size()) {}

    LoadedStock read() {
        if (header())
            while (report_.size() < kMostMistakes && reader_.next()) row();
        if (!reader_.error().empty()) error(reader_.error());
        return {std::move(units_), report_.sorted()};
    }

   private:
    void error(const std::string& message, const std::string& column = "") {
        report_.error({file_, static_cast<int>(reader_.line()), 0}, column, message);
    }

    bool header() {
        if (!reader_.next()) {
            if (reader_.error().empty()) report_.error({file_, 0, 0}, "", "is empty: expected the columns node, sku, units");
            return false;
        }
        const auto fields = reader_.fields();
        std::vector<std::string> names(fields.begin(), fields.end());
        for (std::size_t column = 0; column < kColumns; ++column) {
            for (std::size_t i = 0; i < names.size(); ++i)
                if (names[i] == kNames[column]) at_[column] = i;
            if (!at_[column]) error("has no column `" + std::string(kNames[column]) + "`" + suggest(kNames[column], names));
        }
        return report_.empty();
    }

    void row() {
        if (!reader_.defect().empty()) return error(reader_.defect());
        std::array<std::string_view, kColumns> cells;
        for (std::size_t column = 0; column < kColumns; ++column) {
            if (*at_[column] >= reader_.fields().size()) return error("has no `" + std::string(kNames[column]) + "`");
            cells[column] = reader_.fields()[*at_[column]];
        }
        const auto node = nodes_.find(cells[kNode]);
        if (node == nodes_.end()) return unknown("node", cells[kNode], nodes_);
        const auto sku = skus_.find(cells[kSku]);
        if (sku == skus_.end()) return unknown("sku", cells[kSku], skus_);
        Quantity units = 0;
        const char* end = cells[kUnits].data() + cells[kUnits].size();
        const auto [stop, code] = std::from_chars(cells[kUnits].data(), end, units);
        if (code != std::errc() || stop != end || units < 0 || units > core::kMaxUnits)
            return error("`" + std::string(cells[kUnits]) + "` is no number of units", kNames[kUnits]);
        units_[sku->second * nodes_.size() + node->second] = units;
    }

    template <class Index> void unknown(const char* what, std::string_view name, const Index& index) {
        std::vector<std::string> valid;
        if (index.size() <= 1000)
            for (const auto& [known, number] : index) valid.push_back(known);
        error(std::string("unknown ") + what + " `" + std::string(name) + "`" + suggest(std::string(name), valid), what);
    }

    std::shared_ptr<const std::string> file_;
    model::CsvReader reader_;
    std::map<std::string, std::size_t, std::less<>> nodes_, skus_;
    std::array<std::optional<std::size_t>, kColumns> at_;
    std::vector<Quantity> units_;
    Report report_;
};

}  // namespace

LoadedStock load_stock(const std::string& path, const model::Scenario& scenario) { return StockReader(path, scenario).read(); }

}  // namespace lastunit::scenarios
