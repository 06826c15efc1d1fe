// Draws the charts of a page without a browser: a program for Node.js, compiled in, with the same ECharts options as the page.
//
//   node PROGRAM PAGE.html FOLDER light|dark
//
// writes FOLDER/ID.svg for each chart of the page that PAGE.html is, and prints their paths, one a line. Exit code 1: some could
// not be drawn, and stderr says which. Its source is reports/page/src/charts.
#pragma once

#include <string_view>

namespace lastunit::reports {

std::string_view chart_program();

}  // namespace lastunit::reports
