#include "cli/study/shard.hpp"

#include <charconv>

namespace lastunit::cli {

Shard parse_shard(const std::string& text) {
    const char* const end = text.data() + text.size();
    std::size_t index = 0, count = 0;
    const auto first = std::from_chars(text.data(), end, index);
    const bool divided = first.ec == std::errc{} && first.ptr != end && *first.ptr == '/';
    const auto second = divided ? std::from_chars(first.ptr + 1, end, count) : first;
    if (!divided || second.ec != std::errc{} || second.ptr != end || index < 1 || index > count)
        throw BadInput("--shard: '" + text + "' is not I/N with I from 1 to N, e.g. 2/8");
    return {index - 1, count};
}

Shard shard_of(const Arguments& arguments) {
    const auto text = arguments.get("shard");
    if (!text) return {};
    for (const char* file : {"json", "html", "markdown", "csv"})
        if (arguments.has(file))
            throw BadInput(std::string("--") + file +
                           ": a part of a study reports nothing; leave it to the command over the merged store");
    return parse_shard(*text);
}

}  // namespace lastunit::cli
