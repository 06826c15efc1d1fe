// XML as the JSON that paths, rules and rows know, so that nothing behind it has to tell one from the other.
//
//   <a>x</a>                    "a": "x"           text and CDATA together, without blanks at the ends; `<a/>` is ""
//   <a k="v">x</a>              "a": {"@k": "v", "#text": "x"}
//   <a><b>1</b><c/></a>         "a": {"b": "1", "c": ""}; text beside elements is "#text" too
//   <a><b>1</b><b>2</b></a>     "a": {"b": ["1", "2"]}, also where other elements stand between
//   <a xsi:nil="true"/>         "a": null
//
// Names keep their prefixes as they are written, `soap:Body`. Values stay text: "3.0000". No list says whether an element that is
// there once might be there twice: how a path reads both alike is in xml_path.cpp.
#pragma once

#include <string>
#include <string_view>

namespace lastunit::drivers::http {

// Of elements inside each other; more are refused.
inline constexpr std::size_t kDeepestXml = 200;

// Writes the JSON text to `json`, whatever was in it before. Returns what is wrong ("start-end tags mismatch at byte 17"), or
// nothing. UTF-8, UTF-16 and UTF-32 by their mark, and what the declaration says of ISO-8859-1, become UTF-8. A document type is
// passed over: none of its entities is expanded, and nothing is fetched; `&name;` stays as it is written. What is written is at
// most a small multiple of what was read.
std::string json_of_xml(std::string_view xml, std::string& json);

}  // namespace lastunit::drivers::http
