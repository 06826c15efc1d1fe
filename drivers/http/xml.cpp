#include "drivers/http/xml.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <utility>
#include <vector>

#include "drivers/http/escape.hpp"
#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {
namespace {

// No document type, comments or processing instructions; what is outside of the root element stays visible, to be refused.
constexpr unsigned kParse =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_fragment;

bool is_text(const pugi::xml_node& node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

bool is_nil(const pugi::xml_node& element) {
    const std::string_view nil = element.attribute("xsi:nil").value();
    return nil == "true" || nil == "1";
}

// Elements of one name, by where the first of them stands.
struct Group {
    std::size_t first = 0, begin = 0, end = 0;  // begin, end: of the positions sorted by name
};

class Writer {
   public:
    explicit Writer(std::string& out) : out_(out) {}

    bool too_deep() const { return too_deep_; }

    void element(const pugi::xml_node& node, std::size_t depth) {
        if (depth > kDeepestXml) {
            too_deep_ = true;
            return;
        }
        if (is_nil(node)) {
            out_ += "null";
            return;
        }
        std::vector<pugi::xml_node> inside;
        std::string text;
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element) inside.push_back(child);
            if (is_text(child)) text += child.value();
        }
        if (inside.empty() && node.first_attribute().empty()) return append_json_string(trimmed(text), out_);
        out_ += '{';
        bool first = true;
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            key("@" + std::string(attribute.name()), first);
            append_json_string(attribute.value(), out_);
        }
        if (const std::string_view said = trimmed(text); inside.empty() || !said.empty()) {
            key("#text", first);
            append_json_string(said, out_);
        }
        children(inside, depth, first);
        out_ += '}';
    }

   private:
    void key(std::string_view name, bool& first) {
        if (!first) out_ += ',';
        first = false;
        append_json_string(name, out_);
        out_ += ':';
    }

    // In the order of the document, those of one name together. Sorted, since a hostile shop could have as many names as bytes.
    void children(const std::vector<pugi::xml_node>& nodes, std::size_t depth, bool& first) {
        std::vector<std::pair<std::string_view, std::size_t>> by_name;
        by_name.reserve(nodes.size());
        for (const pugi::xml_node& node : nodes) by_name.emplace_back(node.name(), by_name.size());
        std::sort(by_name.begin(), by_name.end());
        std::vector<Group> groups;
        for (std::size_t i = 0; i < by_name.size(); ++i) {
            if (i == 0 || by_name[i].first != by_name[i - 1].first) groups.push_back({by_name[i].second, i, i});
            groups.back().end = i + 1;
        }
        std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.first < b.first; });
        for (const Group& group : groups) {
            key(nodes[group.first].name(), first);
            const bool several = group.end - group.begin > 1;
            if (several) out_ += '[';
            for (std::size_t i = group.begin; i < group.end && !too_deep_; ++i) {
                if (i > group.begin) out_ += ',';
                element(nodes[by_name[i].second], depth + 1);
            }
            if (several) out_ += ']';
        }
    }

    std::string& out_;
    bool too_deep_ = false;
};

// What pugixml says, as a part of a sentence: "start-end tags mismatch at byte 17".
std::string said(const pugi::xml_parse_result& result) {
    std::string text = result.description();
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] | 0x20);
    return text + " at byte " + std::to_string(result.offset + 1);
}

// The one element of a document; else what is wrong.
std::string root_of(const pugi::xml_document& document, pugi::xml_node& root) {
    for (const pugi::xml_node& node : document.children()) {
        if (is_text(node) && !trimmed(node.value()).empty()) return "text outside of its element";
        if (node.type() != pugi::node_element) continue;
        if (!root.empty()) return "a second element behind its first";
        root = node;
    }
    return root.empty() ? "no element" : "";
}

}  // namespace

std::string json_of_xml(std::string_view xml, std::string& json) {
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(xml.data(), xml.size(), kParse);
    if (!result) return said(result);
    pugi::xml_node root;
    if (std::string wrong = root_of(document, root); !wrong.empty()) return wrong;
    json.clear();
    Writer writer(json);
    json += '{';
    append_json_string(root.name(), json);
    json += ':';
    writer.element(root, 1);
    json += '}';
    return writer.too_deep() ? "more than " + std::to_string(kDeepestXml) + " elements inside each other" : "";
}

}  // namespace lastunit::drivers::http
