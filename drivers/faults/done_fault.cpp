#include "drivers/faults/done_fault.hpp"

namespace lastunit::drivers {

model::LoadFault report_of(const DoneFault& fault, std::int64_t start_ns) {
    const auto seconds_since = [&](std::int64_t at_ns) { return static_cast<double>(at_ns - start_ns) / 1e9; };
    model::LoadFault out;
    out.set_name(fault.name);
    out.set_kind(model::name_of(fault.kind));
    out.set_from_s(seconds_since(fault.from_ns));
    out.set_until_s(seconds_since(fault.until_ns == 0 ? fault.from_ns : fault.until_ns));
    out.set_done(fault.done);
    if (!fault.failed.empty()) *out.mutable_done() += (fault.done.empty() ? "" : "; ") + fault.failed;
    out.set_left_out(fault.left_out);
    return out;
}

}  // namespace lastunit::drivers
