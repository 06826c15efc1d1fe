#include "scenarios/yaml_writer.hpp"

#include <algorithm>
#include <cctype>

namespace lastunit::scenarios {
namespace {

bool is_plain(const std::string& text) {
    const auto safe = [](unsigned char c) {
        return std::isalnum(c) != 0 || std::string_view("_./%+ ()<>=").find(c) != std::string_view::npos;
    };
    const auto inside = [&](unsigned char c) { return safe(c) || c == '-' || c == ','; };
    if (text.empty() || text == "null" || text == "Null" || text == "NULL") return false;
    if (text.front() == ' ' || text.back() == ' ' || text.front() == '=' || text.front() == '%' || text.front() == '>')
        return false;
    return safe(static_cast<unsigned char>(text.front())) && std::all_of(text.begin(), text.end(), inside);
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out + "\"";
}

std::string word(const std::string& text) { return is_plain(text) && text.find(',') == std::string::npos ? text : quoted(text); }

class Writer {
   public:
    // After "key:" or "-": what stands on the same line, or on lines of its own one step further in.
    void value(const Tree& tree, std::size_t depth) {
        switch (tree.kind) {
            case Tree::Kind::null:
                out_ += " null\n";
                break;
            case Tree::Kind::scalar:
                out_ += " " + word(tree.text) + "\n";
                break;
            case Tree::Kind::list:
                list(tree, depth);
                break;
            case Tree::Kind::map:
                out_ += tree.entries.empty() ? " {}\n" : "\n";
                map(tree, depth);
                break;
        }
    }
    void map(const Tree& tree, std::size_t depth) {
        for (const Entry& entry : tree.entries) {
            out_ += std::string(2 * depth, ' ') + word(entry.key) + ":";
            value(entry.value, depth + 1);
        }
    }
    std::string take() { return std::move(out_); }

   private:
    void list(const Tree& tree, std::size_t depth) {
        const bool flat =
            std::all_of(tree.items.begin(), tree.items.end(), [](const Tree& item) { return item.kind == Tree::Kind::scalar; });
        if (flat) {
            std::string items;
            for (const Tree& item : tree.items) items += (items.empty() ? "" : ", ") + word(item.text);
            out_ += " [" + items + "]\n";
            return;
        }
        out_ += "\n";
        for (const Tree& item : tree.items) {
            out_ += std::string(2 * depth, ' ') + "-";
            value(item, depth + 1);
        }
    }
    std::string out_;
};

}  // namespace

std::string write_yaml(const Tree& tree) {
    Writer writer;
    if (tree.kind == Tree::Kind::map)
        writer.map(tree, 0);
    else
        writer.value(tree, 0);
    return writer.take();
}

}  // namespace lastunit::scenarios
