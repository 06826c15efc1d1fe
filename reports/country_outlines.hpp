// The outlines of the countries that a network lies in, for its map: from Natural Earth (public domain), compiled in.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Degrees. Empty when west > east.
struct GeoBox {
    double west = 1, south = 0, east = 0, north = 0;
};

// Of all nodes and places that lie somewhere: 0, 0 is nowhere.
GeoBox box_of(const model::RunRecord& record);

// A JSON array of the countries whose box meets `box` with a little land around it; the format is that of
// reports/page/outlines.mjs.
std::string country_outlines(const GeoBox& box);

}  // namespace lastunit::reports
