// The language of HTML reports.
#pragma once

#include "cli/command.hpp"
#include "reports/page.hpp"

namespace lastunit::cli {

// Of every command that writes a page.
inline const Option kLanguage{"lang", "LANG", "language of the HTML page: en (default) or pl; the page itself can change it"};

// --lang. Throws BadInput.
reports::Language page_language(const Arguments& arguments);

}  // namespace lastunit::cli
