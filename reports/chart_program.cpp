#include "reports/chart_program.hpp"

namespace lastunit::reports {
namespace assets {
extern const std::string_view charts_cjs;  // made by reports/page/build.mjs
}

std::string_view chart_program() { return assets::charts_cjs; }

}  // namespace lastunit::reports
