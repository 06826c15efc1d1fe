// Texts and bytes in the notations of the web. What cannot be decoded gives nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lastunit::drivers::http {

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);  // also of the URL alphabet, with or without padding
std::string hex(std::string_view bytes);                        // lower case
std::optional<std::string> from_hex(std::string_view text);
std::optional<std::string> percent_decoded(std::string_view text);  // `+` is a space
std::string html_unescaped(std::string_view text);                  // &amp; &lt; &gt; &quot; &apos; &#39; &#x27;

std::string sha256(std::string_view bytes);  // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);

// Of a text: cuts it to so many bytes, never inside a character; bytes that are no UTF-8 become `?`.
std::string utf8_cut(std::string_view text, std::size_t most_bytes);
// For a terminal: what it would act on, or that would turn the direction of the text, becomes `instead`; a tab a blank; bytes
// that are no UTF-8 `?`.
std::string printable(std::string_view text, char instead);
// Both, for a line: controls become blanks, `...` says that there was more.
std::string one_line(std::string_view text, std::size_t most_bytes);

}  // namespace lastunit::drivers::http
