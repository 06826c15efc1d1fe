// An offence as a story: what is wrong in a sentence, and the operations that show it, one a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/audit/findings.hpp"

namespace lastunit::reports::audit {

struct Story {
    struct Line {
        std::string when;  // padded: those of one story are equally wide
        std::string what;
    };
    std::string sentence;
    std::vector<Line> lines;
    std::uint64_t left_out = 0;  // operations beyond `most_lines`
};

Story story_of(const Evidence& evidence, const Offence& offence, std::size_t most_lines);

// As plain text: the sentence, then a line for each operation, indented by two; no newline at the end.
std::string text_of(const Story& story);

}  // namespace lastunit::reports::audit
