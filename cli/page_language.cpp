#include "cli/page_language.hpp"

namespace lastunit::cli {

reports::Language page_language(const Arguments& arguments) {
    const std::string given = arguments.get("lang").value_or("en");
    if (given == "en") return reports::Language::english;
    if (given == "pl") return reports::Language::polish;
    throw BadInput("--lang: '" + given + "' is neither `en` (English) nor `pl` (Polish)");
}

}  // namespace lastunit::cli
