#include "drivers/http/document.hpp"

#include "drivers/http/text.hpp"
#include "drivers/http/xml.hpp"

namespace lastunit::drivers::http {
namespace {

// Without a byte order mark, which some shops begin with.
std::string_view text_of_body(const std::string& body) {
    std::string_view text = body;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return text;
}

// An object, a list, or a bare text, number, true, false or null. A page begins with `<`.
bool may_be_json(std::string_view text) {
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && std::string_view("{[\"-0123456789tfn").find(text[at]) != std::string_view::npos;
}

bool is_xml_type(std::string_view content_type) {
    const std::string type = lower_case(trimmed(content_type.substr(0, content_type.find(';'))));
    return type == "application/xml" || type == "text/xml" || type.ends_with("+xml");
}

}  // namespace

bool reads_xml(const Response& response, ReadAs as) {
    if (as != ReadAs::by_content_type) return as == ReadAs::xml;
    if (response.body.empty() || may_be_json(text_of_body(response.body))) return false;
    const std::string* type = response.header("content-type");
    return type != nullptr && is_xml_type(*type);
}

std::string not_read(Notation notation, std::string_view problem) {
    if (!problem.empty()) return std::string(problem);
    return notation == Notation::xml ? "not XML" : "not JSON";
}

DocumentReader::Read DocumentReader::read(const Response& response, ReadAs as) {
    if (reads_xml(response, as)) return read_xml(response.body);
    Read out;
    const std::string_view text = text_of_body(response.body);
    if (!may_be_json(text)) return out;
    if (json_.read(text))
        out.root = json_.root();
    else
        out.problem = "not JSON";
    return out;
}

DocumentReader::Read DocumentReader::read_xml(const std::string& body) {
    Read out;
    out.notation = Notation::xml;
    if (body.empty()) return out;
    problem_ = json_of_xml(body, from_xml_);
    if (problem_.empty() && !json_.read(from_xml_)) problem_ = "its characters are not those of its encoding";
    if (problem_.empty()) {
        out.root = json_.root();
    } else {
        problem_.insert(0, "not XML: ");
        out.problem = problem_;
    }
    return out;
}

}  // namespace lastunit::drivers::http
