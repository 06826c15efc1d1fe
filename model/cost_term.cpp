#include "model/cost_term.hpp"

namespace lastunit::model {

const char* name_of(CostTerm term) {
    switch (term) {
        case CostTerm::pick:
            return "pick";
        case CostTerm::pack:
            return "pack";
        case CostTerm::handling:
            return "handling";
        case CostTerm::ship:
            return "ship";
        case CostTerm::split:
            return "split";
        case CostTerm::transfer:
            return "transfer";
        case CostTerm::cancellation:
            return "cancellation";
        case CostTerm::commission:
            return "commission";
        case CostTerm::returns:
            return "returns";
        case CostTerm::markdown:
            return "markdown";
        case CostTerm::labour:
            return "labour";
        case CostTerm::overtime:
            return "overtime";
        case CostTerm::holding:
            return "holding";
    }
    return "?";
}

}  // namespace lastunit::model
