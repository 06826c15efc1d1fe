#include "cli/load/shop_verdict.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

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
    check.set_verdict(own.empty() ? "sound" : "refuted");
    std::string text = own;
    if (own.empty())
        text = said.empty() ? "what was told, ordered, taken and counted agrees for " +
                                  reports::counted(report.shop_books().shoppers_judged(), "shopper") + " who came to the promise"
                            : "nothing that no other check says";
    check.set_text(said.empty() ? text : text + "; " + said);
    if (own.empty()) return;
    const std::string rest = audit.headline().substr(std::min(audit.headline().size(), audit.headline().find(": ") + 2));
    audit.set_verdict("refuted");
    audit.set_headline("REFUTED: the shop's own books show " + own + "; " + rest);
}

}  // namespace lastunit::cli
