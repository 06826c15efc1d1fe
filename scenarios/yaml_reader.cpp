#include "scenarios/yaml_reader.hpp"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace lastunit::scenarios {
namespace {

// Beyond every catalogue.
constexpr std::size_t kMostValues = 4'000'000;
// Aliases to aliases can describe a tree of any size in a few lines. Counted before they are copied: some 200 bytes each.
constexpr std::size_t kMostCopied = 200'000;
// Stands for a comma inside `lognormal(3min, cv 0.6)` while YAML reads it, so that a distribution may stand in {braces} unquoted.
constexpr char kComma = '\x01';

std::string protect_commas(std::string text) {
    for (std::size_t open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
        const bool word = open > 0 && text[open - 1] >= 'a' && text[open - 1] <= 'z';
        const std::size_t close = text.find_first_of("()\n#\"'{}[]", open + 1);
        if (!word || close == std::string::npos || text[close] != ')') continue;
        std::replace(text.begin() + static_cast<std::ptrdiff_t>(open), text.begin() + static_cast<std::ptrdiff_t>(close), ',',
                     kComma);
    }
    return text;
}

std::string restore_commas(std::string text) {
    std::replace(text.begin(), text.end(), kComma, ',');
    return text;
}

// Where the text stops being UTF-8, or its size. Overlong forms and surrogates are left to pass: nothing here decodes them.
std::size_t not_utf8(const std::string& text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80) return i;
        i += length;
    }
    return i;
}

class Builder final : public YAML::EventHandler {
   public:
    Builder(const std::string& name, Origin origin, Report& report)
        : file_(std::make_shared<const std::string>(name)), origin_(origin), report_(report) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Tree tree;
        tree.at = position(mark);
        add(std::move(tree), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
        Tree tree = scalar(restore_commas(value), position(mark));
        const bool plain = tag == "?" || tag.empty();
        if (plain && (value.empty() || value == "~" || value == "null")) tree.kind = Tree::Kind::null;
        add(std::move(tree), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) throw YAML::ParserException(mark, "an alias inside its own anchor");
        const std::size_t size = found->second.size;
        count_copy(size, mark);
        values_ += size;
        add(found->second.tree, 0, size);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(Tree::Kind::list, mark, "", anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(Tree::Kind::map, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

    Tree take_root() { return std::move(root_); }

   private:
    struct Anchored {
        Tree tree;
        std::size_t size = 1;
    };
    struct Frame {
        Tree tree;
        std::size_t size = 1;  // values in it, itself included
        YAML::anchor_t anchor = 0;
        bool has_key = false;
        std::string key;
        Position key_at;
        std::map<std::string, Position> seen;
    };

    Position position(const YAML::Mark& mark) const {
        if (origin_ == Origin::override_value || mark.is_null()) return {file_, 0, 0};
        return {file_, mark.line + 1, mark.column + 1};
    }

    // An alias stands for a copy of what was anchored, and an anchor keeps one.
    void count_copy(std::size_t size, const YAML::Mark& mark) {
        copied_ += size;
        if (copied_ > kMostCopied)
            throw YAML::ParserException(mark,
                                        "anchors and aliases stand for more than " + std::to_string(kMostCopied) + " values");
    }

    void open(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        Frame frame;
        frame.tree.kind = kind;
        frame.tree.at = position(mark);
        frame.tree.replaces = tag == "!replace";
        frame.anchor = anchor;
        frames_.push_back(std::move(frame));
    }

    void close() {
        Frame frame = std::move(frames_.back());
        frames_.pop_back();
        add(std::move(frame.tree), frame.anchor, frame.size);
    }

    void add(Tree tree, YAML::anchor_t anchor, std::size_t size = 1) {
        if (++values_ > kMostValues) throw YAML::ParserException(YAML::Mark::null_mark(), "too many values");
        if (anchor != 0) {
            count_copy(size, YAML::Mark::null_mark());
            anchors_[anchor] = {tree, size};
        }
        if (!frames_.empty()) frames_.back().size += size;
        if (frames_.empty()) {
            root_ = std::move(tree);
            return;
        }
        Frame& top = frames_.back();
        if (top.tree.kind == Tree::Kind::list) {
            top.tree.items.push_back(std::move(tree));
        } else if (!top.has_key) {
            top.has_key = true;
            top.key_at = tree.at;
            const bool word = tree.kind == Tree::Kind::scalar;
            top.key = word ? std::move(tree.text) : std::string();
            if (!word)
                report_.error(top.key_at, "",
                              "a key has to be a word; a text that begins with a brace goes in quotes: \"{{x}}\"");
        } else {
            top.has_key = false;
            add_entry(top, std::move(tree));
        }
    }

    void add_entry(Frame& top, Tree tree) {
        if (top.key.empty()) return;  // reported as a key
        if (top.key == "<<") {
            report_.error(top.key_at, "",
                          "unknown field `<<`: YAML's merge key is not read; share values by `network.kinds` or `extends`");
            return;
        }
        const auto [first, fresh] = top.seen.emplace(top.key, top.key_at);
        if (!fresh) {
            const std::string where = first->second.line > 0 ? "on line " + std::to_string(first->second.line) : "before";
            report_.error(top.key_at, "", "`" + top.key + "` was already given " + where);
            return;
        }
        top.tree.entries.push_back({top.key, top.key_at, std::move(tree)});
    }

    std::shared_ptr<const std::string> file_;
    Origin origin_;
    Report& report_;
    std::vector<Frame> frames_;
    std::map<YAML::anchor_t, Anchored> anchors_;
    std::size_t values_ = 0, copied_ = 0;
    Tree root_;
};

// The parser's words, and what most often was the matter.
std::string meaning_of(const std::string& message, const std::string& text, int line) {
    std::size_t at = 0;
    for (int i = 0; i < line && at < text.size(); ++i) at = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::size_t first = text.find_first_not_of(' ', at);
    if (first != std::string::npos && text[first] == '\t') return "a line is indented by spaces, not by a tab";
    if (message == "end of map not found" || message == "end of sequence not found")
        return message + ": what belongs together begins in one column";
    if (message == "end of map flow not found" || message == "end of sequence flow not found")
        return message + ": a bracket is not closed, or a text with a brace, a comma or a colon in it is not in quotes";
    if (message == "illegal map value") return message + ": a text with a colon and a space in it goes in quotes";
    return message;
}

}  // namespace

Tree read_yaml(const std::string& text, const std::string& name, Origin origin, Report& report) {
    Builder builder(name, origin, report);
    const auto file = std::make_shared<const std::string>(name);
    const auto at = [&](const YAML::Mark& mark) {
        const bool lines = origin == Origin::file && !mark.is_null();
        return lines ? Position{file, mark.line + 1, mark.column + 1} : Position{file, 0, 0};
    };
    if (const std::size_t bad = not_utf8(text); bad < text.size()) {
        const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
        const std::size_t start = bad == 0 ? std::string::npos : text.rfind('\n', bad - 1);
        const auto column = static_cast<int>(bad - (start == std::string::npos ? 0 : start + 1)) + 1;
        const bool file_lines = origin == Origin::file;
        report.fatal({file, file_lines ? static_cast<int>(lines) + 1 : 0, file_lines ? column : 0}, "", "is not UTF-8 text");
        return {};
    }
    try {
        std::istringstream stream(protect_commas(text));
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        Builder rest(name, origin, report);
        if (parser.HandleNextDocument(rest))
            report.error({file, 0, 0}, "", "a scenario is one YAML document; here is a second one");
    } catch (const YAML::Exception& error) {
        report.fatal(at(error.mark), "",
                     "not valid YAML: " + (origin == Origin::file ? meaning_of(error.msg, text, error.mark.line) : error.msg));
    } catch (const std::exception& error) {
        report.fatal({file, 0, 0}, "", std::string("not valid YAML: ") + error.what());
    }
    return builder.take_root();
}

}  // namespace lastunit::scenarios
