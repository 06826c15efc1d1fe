// Every HTML report: one file that loads nothing, opened from disk or a mail attachment.
//
// A page carries its documents as JSON, the same that `--json` writes, and the bundle of reports/page that draws them. What is on
// the page is therefore what is in the JSON; nothing of it is ever read as markup or script (`json_string` escapes what would end
// the element, the bundle makes text nodes only, and the page's own policy forbids whatever is loaded from elsewhere).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/autopsy.pb.h"
#include "model/run_record.pb.h"

namespace lastunit::reports {

enum class Language : std::uint8_t { english, polish };

struct PageDocument {
    std::string_view id;  // as reports/page/src reads it
    std::string json;
};

struct Page {
    std::string_view kind;  // see `Kind` in reports/page/src/documents.ts
    Language language = Language::english;
    std::string title_text;  // until the script sets it
    std::string version, commit;
    std::string command;  // that makes this page
    std::vector<PageDocument> documents;
};

std::string page_html(const Page& page);

// The record of one run as a page, its series thinned as page_record.hpp says. `autopsies` are of its worst SKUs, where an event
// log was kept.
std::string run_page(const model::RunRecord& record, Language language, const std::vector<model::Autopsy>& autopsies = {});

// One autopsy as a page of its own. `version`: of lastunit; the autopsy has the commit.
std::string autopsy_page(const model::Autopsy& autopsy, Language language, std::string_view version);

struct RacePage {
    std::string title;    // of the shop
    std::string command;  // that makes this page, without secrets
    std::string version, commit;
};
// A race of shoppers at a shop. `json`: what `lastunit flow race --json` writes, of strings that may have been sent by anybody.
std::string race_page(const RacePage& race, std::string_view json, Language language);

}  // namespace lastunit::reports
