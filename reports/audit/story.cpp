#include "reports/audit/story.hpp"

#include <algorithm>

#include "reports/audit/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::audit {

Story story_of(const Evidence& evidence, const Offence& offence, std::size_t most_lines) {
    Story story;
    story.sentence = offence.sentence;
    const std::size_t shown = std::min(most_lines, offence.operations.size());
    std::size_t widest = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        const Recorded& op = evidence.operations[offence.operations[i]];
        story.lines.push_back({times_of(evidence, op), words_of(evidence, op)});
        widest = std::max(widest, display_width(story.lines.back().when));
    }
    for (Story::Line& line : story.lines) line.when = pad_right(line.when, widest);
    story.left_out = offence.operations.size() - shown;
    return story;
}

std::string text_of(const Story& story) {
    std::string text = story.sentence;
    for (const Story::Line& line : story.lines) text += "\n  " + line.when + "  " + line.what;
    if (story.left_out > 0) text += "\n  and " + grouped(story.left_out) + " more";
    return text;
}

}  // namespace lastunit::reports::audit
