#include "scenarios/binder.hpp"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"
#include "scenarios/field_rules.hpp"
#include "scenarios/scalar_field.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr double kSumTolerance = 1e-6;

// Where the reader is: the dotted path and the position of what it reads (a field's own key, until its value is known).
struct Spot {
    std::string path;
    Position at;

    Spot field(const std::string& name, const Position& where) const { return {path.empty() ? name : path + "." + name, where}; }
    Spot item(std::size_t index, const Position& where) const { return {path + "[" + std::to_string(index) + "]", where}; }
};

class Binder {
   public:
    Binder(const std::string& currency, Report& report) : currency_(currency), report_(report) {}

    // An entry of a map of entries.
    struct Keyed {
        const Tree& map;
        const std::string& key;
    };

    // `key_field`: the field that holds the entry's key, which is not written again inside the entry. `entry`: when it is one.
    void message(const Tree& tree, Message& out, const Spot& spot, const std::string& key_field, const Keyed* entry = nullptr) {
        if (is_distribution(out.GetDescriptor())) return;  // read by its field, which knows the unit
        const FieldDescriptor* direct = direct_field(out.GetDescriptor());
        const bool direct_is_map = direct && direct->is_repeated() && !key_of(*direct).empty();
        if (tree.kind == Tree::Kind::map && !direct_is_map) return fields(tree, out, spot, key_field, entry);
        if (tree.kind == Tree::Kind::scalar && take_word(tree, out)) return;
        if (direct) return value(tree, out, *direct, spot);
        report_.error(tree.at, spot.path, "expected a map of fields" + suggest("", field_names(out.GetDescriptor(), key_field)));
    }

    Bound take() { return std::move(bound_); }

   private:
    void fields(const Tree& tree, Message& out, const Spot& spot, const std::string& key_field, const Keyed* keyed_entry) {
        const Descriptor* type = out.GetDescriptor();
        for (const Entry& entry : tree.entries) {
            const FieldDescriptor* field = type->FindFieldByName(entry.key);
            const Spot inner = spot.field(entry.key, entry.at);
            if (field && !is_word(*field) && entry.key != key_field)
                value(entry.value, out, *field, inner);
            else
                report_.error(entry.at, inner.path,
                              "unknown field `" + entry.key + "`" + suggest(entry.key, field_names(type, key_field)));
        }
        for (int i = 0; i < type->field_count(); ++i) {
            const FieldDescriptor& field = *type->field(i);
            if (field.name() != key_field && !tree.find(field.name())) absent(out, field, spot, keyed_entry);
        }
    }

    // "; did you mean `tills`?" for an entry without `field` whose name is nearly that of an entry with it: a slip in the name of
    // what a file extends or --set changes makes a new entry. `edge channel` was written as `edge` (channel_kinds.hpp).
    static std::string meant(const Keyed& entry, const std::string& field) {
        std::vector<std::string> names;
        for (const Entry& other : entry.map.entries) {
            if (!other.value.find(field)) continue;
            names.push_back(other.key);
            if (const std::size_t space = other.key.find(' '); space != std::string::npos)
                names.push_back(other.key.substr(0, space));
        }
        const std::string near = nearest(entry.key, names);
        return near.empty() ? "" : "; did you mean `" + near + "`?";
    }

    void absent(Message& out, const FieldDescriptor& field, const Spot& spot, const Keyed* entry) {
        const std::string path = spot.field(field.name(), spot.at).path;
        if (is_required(field)) {
            const std::string hint = entry ? meant(*entry, field.name()) : "";
            return report_.error(spot.at, path, "`" + field.name() + "` is required" + hint);
        }
        if (const auto preset = preset_of(field)) {
            const std::string error = set_scalar(out, field, *preset, "PLN");
            LASTUNIT_ASSERT(error.empty(), field.full_name() + ": " + error);
        }
    }

    static bool take_word(const Tree& tree, Message& out) {
        const FieldDescriptor* field = out.GetDescriptor()->FindFieldByName(tree.text);
        if (!field || !is_word(*field)) return false;
        out.GetReflection()->SetBool(&out, field, true);
        return true;
    }

    void value(const Tree& tree, Message& out, const FieldDescriptor& field, const Spot& spot) {
        bound_.places.put(spot.path, tree.kind == Tree::Kind::scalar ? tree.at : spot.at);
        if (!field.is_repeated()) return one(tree, out, field, spot);
        const std::size_t size = std::max(tree.items.size(), tree.entries.size());
        if (key_of(field).empty())
            list(tree, out, field, spot);
        else
            keyed(tree, out, field, spot);
        const auto [least, most] = entries_of(field);
        const bool counted = tree.kind == Tree::Kind::list || tree.kind == Tree::Kind::map;
        if (counted && (size < least || size > most))
            report_.error(spot.at, spot.path,
                          "has " + std::to_string(size) + (size == 1 ? " entry" : " entries") + ", expected " +
                              (size < least ? (least == most ? "" : "at least ") + std::to_string(least)
                                            : (least == most ? "" : "at most ") + std::to_string(most)));
    }

    void list(const Tree& tree, Message& out, const FieldDescriptor& field, const Spot& spot) {
        if (tree.kind == Tree::Kind::scalar && or_one(field)) return one(tree, out, field, spot);
        if (tree.kind != Tree::Kind::list) return report_.error(tree.at, spot.path, "expected a list, e.g. [a, b]");
        for (std::size_t i = 0; i < tree.items.size(); ++i) {
            const Spot inner = spot.item(i, tree.items[i].at);
            bound_.places.put(inner.path, inner.at);
            one(tree.items[i], out, field, inner);
        }
    }

    void keyed(const Tree& tree, Message& out, const FieldDescriptor& field, const Spot& spot) {
        if (tree.kind != Tree::Kind::map)
            return report_.error(tree.at, spot.path, "expected a map from names to values, e.g. {a: ..., b: ...}");
        const FieldDescriptor& key = *field.message_type()->FindFieldByName(key_of(field));
        const std::string word = defines_of(field);
        const std::size_t mistakes = report_.size();
        for (const Entry& entry : tree.entries) {
            Message& inner = *out.GetReflection()->AddMessage(&out, &field);
            const Spot at = spot.field(entry.key, entry.at);
            bound_.places.put(at.path, entry.at);
            if (!word.empty()) bound_.defined[word].push_back(entry.key);
            one(scalar(entry.key, entry.at), inner, key, at);
            const Keyed among{tree, entry.key};
            message(entry.value, inner, at, key.name(), &among);
        }
        if (!word.empty()) bound_.defined[word];
        if (sums_to_one(field) && report_.size() == mistakes) check_sum(out, field, spot);
    }

    void check_sum(const Message& out, const FieldDescriptor& field, const Spot& spot) {
        double sum = 0;
        const auto& entries = *out.GetReflection();
        const FieldDescriptor* share = field.message_type()->FindFieldByName("share");
        for (int i = 0; i < entries.FieldSize(out, &field); ++i) {
            const Message& entry = entries.GetRepeatedMessage(out, &field, i);
            sum += entry.GetReflection()->GetDouble(entry, share);
        }
        if (std::abs(sum - 1) <= kSumTolerance) return;
        const std::string name = spot.path.substr(spot.path.rfind('.') + 1);
        const std::string what =
            direct_field(out.GetDescriptor()) == &field ? "the row of `" + name + "` sums" : "the shares of `" + name + "` sum";
        report_.error(spot.at, spot.path, what + " to " + format_quantity(sum, schema::SHARE, currency_) + ", not to 100%");
    }

    // A name that is defined by its use, in a list of text: many may use it.
    void define_once(const std::string& word, const std::string& name) {
        std::vector<std::string>& names = bound_.defined[word];
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }

    // One value of a field: a scalar, a distribution or a message.
    void one(const Tree& tree, Message& out, const FieldDescriptor& field, const Spot& spot) {
        if (tree.kind == Tree::Kind::null) return report_.error(tree.at, spot.path, "has no value");
        if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !is_distribution(field.message_type())) {
            const auto& reflection = *out.GetReflection();
            Message& inner =
                field.is_repeated() ? *reflection.AddMessage(&out, &field) : *reflection.MutableMessage(&out, &field);
            return message(tree, inner, spot, "");
        }
        if (tree.kind != Tree::Kind::scalar)
            return report_.error(
                tree.at, spot.path,
                std::string("expected one value, not a ") +
                    (tree.kind == Tree::Kind::list ? "list" : "map; a text with a brace at its beginning goes in quotes"));
        const std::string error = set_scalar(out, field, tree.text, currency_);
        if (!error.empty()) return report_.error(tree.at, spot.path, error);
        const std::string word = refers_of(field);
        if (!word.empty()) bound_.references.push_back({word, tree.text, spot.path, tree.at});
        if (const std::string defines = defines_of(field); !defines.empty()) define_once(defines, tree.text);
    }

    const std::string currency_;
    Report& report_;
    Bound bound_;
};

}  // namespace

Position Places::find(std::string path) const {
    while (true) {
        const auto found = at_.find(path);
        if (found != at_.end()) return found->second;
        const std::size_t end = path.find_last_of(".[");
        if (end == std::string::npos) break;
        path.resize(end);
    }
    const auto root = at_.find("");
    return root == at_.end() ? Position{} : root->second;
}

Bound bind_fields(const Tree& tree, Message& message, const std::string& currency, Report& report) {
    Binder binder(currency, report);
    binder.message(tree, message, {"", tree.at}, "");
    Bound bound = binder.take();
    bound.places.put("", tree.at);
    return bound;
}

void check_references(const Bound& bound, Report& report) {
    for (const Reference& reference : bound.references) {
        const auto names = bound.defined.find(reference.word);
        if (reference.word == "sku") continue;
        static const std::vector<std::string> kNone;
        const std::vector<std::string>& valid = names == bound.defined.end() ? kNone : names->second;
        if (std::find(valid.begin(), valid.end(), reference.name) != valid.end()) continue;
        const std::string none = valid.empty() ? "; the scenario defines none" : suggest(reference.name, valid);
        report.error(reference.at, reference.path, "unknown " + reference.word + " `" + reference.name + "`" + none);
    }
}

}  // namespace lastunit::scenarios
