// What one kind of back end alone can say of a live run.
#pragma once

#include "model/load_report.pb.h"

namespace lastunit::cli {

class TargetReport {
   public:
    virtual ~TargetReport() = default;
    virtual void begins() = 0;                         // it is prepared, the first shopper is about to come
    virtual void fill(model::LoadReport& report) = 0;  // the last one has left, and the final state was read back
};

}  // namespace lastunit::cli
