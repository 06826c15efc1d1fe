#include "cli/load/shop_verdict.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

struct Same {
    const char* kind;
    std::initializer_list<const char*> checks;
};
const Same kSame[] = {{"oversold", {"sold_twice"}},
                      {"phantom_order", {"orders"}},
                      {"missing_order", {"orders"}},
                      {"duplicate_order", {"idempotency", "orders", "conservation"}}};

bool refuted(const model::LoadAudit& audit, const std::string& check) {
    for (const model::LoadAuditCheck& one : audit.checks())
        if (one.name() == check) return one.verdict() == "refuted";
    return false;
}

std::string same_check(const model::LoadAudit& audit, const std::string& kind) {
    for (const Same& same : kSame) {
        if (kind != same.kind) continue;
        for (const char* check : same.checks)
            if (refuted(audit, check)) return check;
    }
    return "";
}

std::string text_of(const model::ShopFindingKind& kind) {
    const std::string where = kind.skus() == 1 ? "one SKU" : reports::grouped(kind.skus()) + " SKUs";
    return kind.kind() + " of " + reports::counted(static_cast<std::uint64_t>(kind.units()), "unit") + " at " + where;
}

// Why books without a finding of their own prove nothing; empty: they do.
std::string why_open(const model::ShopBooks& books) {
    if (!books.problem().empty()) return "the shop's books could not be judged: " + books.problem();
    if (books.shoppers_judged() == 0) return "nobody came to the promise, so that the shop's books say nothing";
    if (books.read_size() == 0) return "the flow's `read_back` reads neither orders nor reservations nor counters";
    if (books.unknown() > 0)
        return reports::counted(static_cast<std::uint64_t>(books.unknown()), "unit") +
               " may have been sold or not: the flow's `read_back` reads no orders";
    return "";
}

// In front of what the audit said, whose own verdict gives way.
void judge(model::LoadAudit& audit, const char* verdict, const std::string& headline) {
    const std::size_t colon = audit.headline().find(": ");
    const std::string rest = colon == std::string::npos ? audit.headline() : audit.headline().substr(colon + 2);
    audit.set_verdict(verdict);
    audit.set_headline(headline + "; " + rest);
}

}  // namespace

void join_books(model::LoadReport& report) {
    if (!report.has_shop_books() || !report.has_audit()) return;
    model::LoadAudit& audit = *report.mutable_audit();
    std::string own, said;
    for (model::ShopFindingKind& kind : *report.mutable_shop_books()->mutable_kinds()) {
        kind.set_audit_check(same_check(audit, kind.kind()));
        std::string& to = kind.audit_check().empty() ? own : said;
        to += (to.empty() ? "" : ", ") + (kind.audit_check().empty() ? text_of(kind) : kind.kind() + " is " + kind.audit_check());
    }
    model::LoadAuditCheck& check = *audit.add_checks();
    check.set_name("books");
    const std::string open = own.empty() ? why_open(report.shop_books()) : "";
    check.set_verdict(!own.empty() ? "refuted" : open.empty() ? "sound" : "undecided");
    std::string text = own.empty() ? open : own;
    if (text.empty()) text = said.empty() ? reports::books_text(report.shop_books()) : "nothing that no other check says";
    check.set_text(said.empty() ? text : text + "; " + said);
    if (!own.empty())
        judge(audit, "refuted", "REFUTED: the shop's own books show " + own);
    else if (!open.empty() && audit.verdict() == "sound")
        judge(audit, "undecided", "UNDECIDED: " + open);
}

}  // namespace lastunit::cli
