// What a shop over HTTP alone has to say of a live run: its steps, its processor time, its books. Nothing for any other target.
#pragma once

#include "model/load_report.pb.h"
#include "reports/terminal_canvas.hpp"

namespace lastunit::reports {

void shop_steps(const model::LoadReport& load, Canvas& canvas);
void shop_books(const model::LoadReport& load, Canvas& canvas);  // terminal_books.cpp

}  // namespace lastunit::reports
