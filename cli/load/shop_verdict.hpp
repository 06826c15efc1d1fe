// What a shop's own books show, joined with what the audit proves of the history: one verdict, and nothing under two names.
#pragma once

#include "model/load_report.pb.h"

namespace lastunit::cli {

// Says of each kind of finding which check of the audit refutes the same (oversold: sold_twice; phantom and missing orders:
// orders; duplicate orders: idempotency or conservation). What no check says, a lost update of the shop's counter above all, is
// the check `books`, which makes the run REFUTED. Books that show nothing are sound only where they can: somebody came to the
// promise, and no unit is left of which nobody knows whether it was sold; else the check, and a run that was sound, is UNDECIDED.
// Nothing where there are no books.
void join_books(model::LoadReport& report);

}  // namespace lastunit::cli
