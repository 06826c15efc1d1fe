#include "reports/audit/edn.hpp"

#include <algorithm>
#include <map>

#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

enum class Type : std::uint8_t { ok, fail, info, invoke };  // at one instant answers come before invocations of the same process

struct Moment {
    SimTime at;
    std::uint32_t operation;
    Type type;
};

std::string edn_string(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : valid_utf8(text)) {
        if (c == '"' || c == '\\') quoted += '\\';
        if (c == '\n')
            quoted += "\\n";
        else if (c == '\t')
            quoted += "\\t";
        else if (static_cast<unsigned char>(c) < 0x20)
            quoted += ' ';
        else
            quoted += c;
    }
    return quoted + "\"";
}

std::string keyword(std::string name) {
    std::replace(name.begin(), name.end(), '_', '-');
    return ":" + name;
}

// Numbers beyond 63 bits are EDN's big integers.
std::string number(std::uint64_t value) { return std::to_string(value) + (value > INT64_MAX ? "N" : ""); }

class Lines {
   public:
    explicit Lines(const Evidence& evidence) : evidence_(evidence) {
        for (const auto& name : evidence.header.nodes()) nodes_.push_back(edn_string(name));
        for (const auto& name : evidence.header.skus()) skus_.push_back(edn_string(name));
        for (const Recorded& op : evidence.operations) fresh_ = std::max<std::uint64_t>(fresh_, op.process + std::uint64_t{1});
    }

    void append(std::string& text, const Moment& moment) {
        const Recorded& op = evidence_.operations[moment.operation];
        const auto renamed = names_.find(op.process);
        const std::uint64_t process = renamed == names_.end() ? op.process : renamed->second;
        static constexpr const char* kTypes[] = {":ok", ":fail", ":info", ":invoke"};
        text += "{:index " + std::to_string(index_++) + ", :type " + kTypes[static_cast<std::size_t>(moment.type)] +
                ", :process " + std::to_string(process) + ", :f " + keyword(name_of(op.kind)) + ", :value ";
        append_value(text, op, moment.type);
        if (moment.type == Type::fail || moment.type == Type::info) text += ", :error " + keyword(name_of(op.answer));
        text += ", :time " + std::to_string(moment.at.us * 1000) + "}\n";
        if (moment.type == Type::info) names_[op.process] = fresh_++;
    }

   private:
    void append_value(std::string& text, const Recorded& op, Type type) const {
        std::string separator = "{";
        const auto field = [&](const char* name, const std::string& value) {
            text += separator + name + " " + value;
            separator = ", ";
        };
        if (op.kind <= OperationKind::confirm) field(":hold", number(op.reference));
        if (op.kind == OperationKind::confirm) field(":order", number(op.order));
        if (op.kind == OperationKind::allocate || op.kind == OperationKind::deallocate) field(":order", number(op.reference));
        if (op.kind == OperationKind::hold || op.kind == OperationKind::extend) field(":ttl", std::to_string(op.ttl.us));
        if (!(op.key == core::Key{})) field(":key", "[" + number(op.key.client) + " " + number(op.key.sequence) + "]");
        if (op.lines > 0) {
            std::string lines = "[";
            const auto all = evidence_.lines_of(op);
            const bool answered = op.kind == OperationKind::read && type == Type::ok;
            for (std::size_t i = 0; i < all.size(); ++i) {
                lines += (i == 0 ? "[" : " [") + nodes_[all[i].node.value] + " " + skus_[all[i].sku.value] + " ";
                if (op.kind != OperationKind::read)
                    lines += std::to_string(all[i].quantity);
                else
                    lines += answered ? std::to_string(evidence_.answers[op.first_answer + i]) : "nil";
                lines += "]";
            }
            field(":lines", lines + "]");
        }
        text += separator == "{" ? "nil" : "}";
    }

    const Evidence& evidence_;
    std::vector<std::string> nodes_, skus_;
    std::map<std::uint32_t, std::uint64_t> names_;  // processes that have got another number
    std::uint64_t fresh_ = 0, index_ = 0;
};

}  // namespace

void write_edn(const Evidence& evidence, const std::function<void(std::string_view)>& write) {
    std::vector<Moment> moments;
    moments.reserve(evidence.operations.size() * 2);
    // What never was answered is given up when its process does the next thing, or at the end.
    std::map<std::uint32_t, std::uint32_t> open;
    for (std::uint32_t i = 0; i < evidence.operations.size(); ++i) {
        const Recorded& op = evidence.operations[i];
        if (const auto unknown = open.find(op.process); unknown != open.end()) {
            moments.push_back({op.invoked, unknown->second, Type::info});
            open.erase(unknown);
        }
        moments.push_back({op.invoked, i, Type::invoke});
        if (op.unknown())
            open[op.process] = i;
        else
            moments.push_back({op.completed, i, op.applied() ? Type::ok : Type::fail});
    }
    for (const auto& [process, operation] : open) moments.push_back({evidence.until, operation, Type::info});
    std::sort(moments.begin(), moments.end(), [&](const Moment& a, const Moment& b) {
        if (a.at != b.at) return a.at < b.at;
        // An operation that took no measurable time begins before it ends.
        if (a.operation == b.operation) return a.type == Type::invoke && b.type != Type::invoke;
        if (a.operation != b.operation) return a.operation < b.operation;
        return false;
    });
    Lines lines(evidence);
    std::string text;
    for (const Moment& moment : moments) {
        lines.append(text, moment);
        if (text.size() < 1U << 16U) continue;
        write(text);
        text.clear();
    }
    write(text);
}

}  // namespace lastunit::reports::audit
