// The shop's books beside what shoppers were told, and the story of the worst that disagrees.
#include <algorithm>
#include <string>
#include <vector>

#include "reports/load/terminal_shop.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::ShopBooks;

constexpr int kMostRequests = 16;  // of a story

std::string read_or(const ShopBooks& books, std::string_view what, std::int64_t units) {
    return is_read(books, what) ? grouped(units) : "not read";
}

const model::ShopFinding* worst_of(const ShopBooks& books, const std::string& kind) {
    for (const auto& finding : books.findings())
        if (finding.kind() == kind) return &finding;
    return nullptr;
}

void kind_line(const ShopBooks& books, const model::ShopFindingKind& kind, Canvas& canvas) {
    std::string text = ": " + counted(static_cast<std::uint64_t>(kind.units()), "unit") + " of " + counted(kind.skus(), "SKU");
    if (const auto* worst = worst_of(books, kind.kind()))
        text += ", most of " + canvas.name(worst->sku()) + ": " + canvas.name(worst->sentence());
    const std::string same = kind.audit_check().empty() ? "" : " (the audit says the same: " + kind.audit_check() + ")";
    canvas.wrapped(std::vector<Cell>{{"  FINDING " + canvas.name(kind.kind()), Tone::bad}, {text}, {same, Tone::faint}});
}

std::string moment(std::int64_t us) { return decimal(static_cast<double>(us) / 1000, 1) + " ms"; }

struct Row {
    const model::ShopShopper* shopper;
    const model::ShopRequest* request;
};

// Both shoppers' requests on one time axis, as far as they are kept.
void story(const ShopBooks& books, const model::ShopFinding& finding, Canvas& canvas) {
    std::vector<Row> rows;
    for (const auto& shopper : books.shoppers())
        if (std::find(finding.side_by_side().begin(), finding.side_by_side().end(), shopper.number()) !=
            finding.side_by_side().end())
            for (const auto& request : shopper.requests()) rows.push_back({&shopper, &request});
    if (rows.empty()) return;
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.request->sent_us() < b.request->sent_us(); });
    const std::size_t left_out = rows.size() > kMostRequests ? rows.size() - kMostRequests : 0;
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(left_out));
    std::vector<std::vector<Cell>> cells;
    for (const Row& row : rows) {
        const auto& request = *row.request;
        const std::string status = request.status() == 0 ? "" : std::to_string(request.status()) + " ";
        cells.push_back({{"shopper " + std::to_string(row.shopper->number())},
                         {canvas.name(request.step())},
                         {moment(request.sent_us())},
                         {request.answered_us() < 0 ? "no answer" : moment(request.answered_us())},
                         {status + canvas.name(request.answer())}});
    }
    canvas.line();
    canvas.table({{"", Align::left}, {"step", Align::left}, {"sent"}, {"answered"}, {"", Align::left}}, std::move(cells));
    if (left_out > 0) canvas.line(std::vector<Cell>{{"  and " + std::to_string(left_out) + " before, in the JSON", Tone::faint}});
}

}  // namespace

void shop_books(const model::LoadReport& load, Canvas& canvas) {
    if (!load.has_shop_books()) return;
    const ShopBooks& books = load.shop_books();
    canvas.heading("The shop's books", "units of all SKUs, read once it had settled; cancelled orders are in none of them");
    std::vector<Figure> figures = {{"in stock before", grouped(books.stock())},
                                   {"told accepted", grouped(books.told())},
                                   {"in orders", read_or(books, "orders", books.orders())},
                                   {"reserved or moved", read_or(books, "reservations", books.reservations())},
                                   {"counter moved by", read_or(books, "counters", books.counter_moved_by())}};
    if (books.unknown_but_ordered() > 0) figures.push_back({"unknown, but ordered", grouped(books.unknown_but_ordered())});
    if (books.unknown() > 0) figures.push_back({"unknown", grouped(books.unknown())});
    canvas.figures(figures);
    if (books.kinds().empty())
        canvas.wrapped(
            std::vector<Cell>{{"  no finding", books_agree(books) ? Tone::good : Tone::plain}, {": " + books_text(books)}});
    for (const auto& kind : books.kinds()) kind_line(books, kind, canvas);
    if (!books.findings().empty()) story(books, books.findings(0), canvas);
}

}  // namespace lastunit::reports
