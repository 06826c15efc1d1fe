// A history in Jepsen's form, so that its checkers (Knossos, Elle, checkers of one's own) can judge it:
//
//   {:index 0, :type :invoke, :process 12, :f :hold, :value {:hold 77, :lines [["dc" "sku-7" 1]], :ttl 900000000}, :time
//   12301000}
//   {:index 1, :type :ok, :process 12, :f :hold, :value {...}, :time 12310000}
//
// One map a line, by time, in nanoseconds since the start. Refused is :fail with :error, unknown is :info with :error :unknown.
// An operation of unknown answer ends its process there: what the process does afterwards bears another number, as Jepsen's rules
// want.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "reports/audit/evidence.hpp"

namespace lastunit::reports::audit {

// Every attempt is an operation. Calls `write` with whole lines. Take the evidence as it was read, before `audit`.
void write_edn(const Evidence& evidence, const std::function<void(std::string_view)>& write);

}  // namespace lastunit::reports::audit
