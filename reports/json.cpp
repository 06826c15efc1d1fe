#include "reports/json.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <array>
#include <charconv>
#include <cmath>

#include "reports/load/latency.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <class Float> std::string shortest(Float number) {
    if (!std::isfinite(number)) return "null";
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

// Only a live run has one, and only some have these: `null` in the others, since an audit of zeros would be a sound one. So are
// fields that were not measured or not recorded.
bool may_be_absent(const FieldDescriptor& field) {
    if (field.has_optional_keyword()) return true;
    const auto* type = field.message_type();
    return type != nullptr && (type == model::LoadReport::descriptor() || type == model::LoadAudit::descriptor() ||
                               type == model::LoadPrediction::descriptor() || type == model::ShopCpu::descriptor() ||
                               type == model::ShopBooks::descriptor() || type == model::LoadStoryFacts::descriptor() ||
                               type == model::ShopDisagreement::descriptor());
}

class Writer {
   public:
    explicit Writer(Layout layout) : layout_(layout) {}

    void message(const Message& message) {
        const auto* descriptor = message.GetDescriptor();
        out_ += '{';
        ++depth_;
        if (const auto* histogram = dynamic_cast<const model::LatencyHistogram*>(&message)) quantiles(*histogram);
        for (int i = 0; i < descriptor->field_count(); ++i) {
            const FieldDescriptor* field = descriptor->field(i);
            out_ += i == 0 ? "" : ",";
            new_line();
            out_ += json_string(field->name());
            out_ += colon();
            field->is_repeated() ? repeated(message, *field) : single(message, *field);
        }
        --depth_;
        if (descriptor->field_count() > 0) new_line();
        out_ += '}';
    }

    std::string take() { return std::move(out_); }

   private:
    void new_line() {
        if (layout_ == Layout::lines) out_.append("\n").append(static_cast<std::size_t>(depth_) * 2, ' ');
    }
    std::string_view colon() const { return layout_ == Layout::lines ? ": " : ":"; }

    // Before the buckets, for readers who do not want to add them up. Nobody reads them back.
    void quantiles(const model::LatencyHistogram& histogram) {
        if (histogram.total() == 0) return;
        for (const auto& [name, q] : {std::pair{"p50_ms", 0.5}, {"p90_ms", 0.9}, {"p99_ms", 0.99}, {"p999_ms", 0.999}}) {
            new_line();
            out_ += json_string(name) + std::string(colon()) + json_number(quantile_s(histogram, q) * 1000) + ",";
        }
    }

    void repeated(const Message& message, const FieldDescriptor& field) {
        const int size = message.GetReflection()->FieldSize(message, &field);
        const bool objects = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
        out_ += '[';
        ++depth_;
        for (int i = 0; i < size; ++i) {
            out_ += i == 0 ? "" : objects || layout_ == Layout::compact ? "," : ", ";
            if (objects) new_line();
            element(message, field, i);
        }
        --depth_;
        if (objects && size > 0) new_line();
        out_ += ']';
    }

    void single(const Message& message, const FieldDescriptor& field) {
        const Reflection& read = *message.GetReflection();
        if (may_be_absent(field) && !read.HasField(message, &field)) {
            out_ += "null";
            return;
        }
        switch (field.cpp_type()) {
            case FieldDescriptor::CPPTYPE_INT32:
                out_ += std::to_string(read.GetInt32(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_INT64:
                out_ += std::to_string(read.GetInt64(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_UINT32:
                out_ += std::to_string(read.GetUInt32(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_UINT64:
                out_ += std::to_string(read.GetUInt64(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_DOUBLE:
                out_ += json_number(read.GetDouble(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_FLOAT:
                out_ += json_number(read.GetFloat(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_BOOL:
                out_ += read.GetBool(message, &field) ? "true" : "false";
                break;
            case FieldDescriptor::CPPTYPE_ENUM:
                out_ += json_string(read.GetEnum(message, &field)->name());
                break;
            case FieldDescriptor::CPPTYPE_STRING:
                out_ += json_string(read.GetString(message, &field));
                break;
            case FieldDescriptor::CPPTYPE_MESSAGE:
                this->message(read.GetMessage(message, &field));
                break;
        }
    }

    void element(const Message& message, const FieldDescriptor& field, int i) {
        const Reflection& read = *message.GetReflection();
        switch (field.cpp_type()) {
            case FieldDescriptor::CPPTYPE_INT32:
                out_ += std::to_string(read.GetRepeatedInt32(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_INT64:
                out_ += std::to_string(read.GetRepeatedInt64(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_UINT32:
                out_ += std::to_string(read.GetRepeatedUInt32(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_UINT64:
                out_ += std::to_string(read.GetRepeatedUInt64(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_DOUBLE:
                out_ += json_number(read.GetRepeatedDouble(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_FLOAT:
                out_ += json_number(read.GetRepeatedFloat(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_BOOL:
                out_ += read.GetRepeatedBool(message, &field, i) ? "true" : "false";
                break;
            case FieldDescriptor::CPPTYPE_ENUM:
                out_ += json_string(read.GetRepeatedEnum(message, &field, i)->name());
                break;
            case FieldDescriptor::CPPTYPE_STRING:
                out_ += json_string(read.GetRepeatedString(message, &field, i));
                break;
            case FieldDescriptor::CPPTYPE_MESSAGE:
                this->message(read.GetRepeatedMessage(message, &field, i));
                break;
        }
    }

    Layout layout_;
    std::string out_;
    int depth_ = 0;
};

std::string written(const Message& message, Layout layout) {
    Writer writer(layout);
    writer.message(message);
    return writer.take() + (layout == Layout::lines ? "\n" : "");
}

}  // namespace

std::string to_json(const model::RunRecord& record, Layout layout) { return written(record, layout); }
std::string to_json(const model::Autopsy& autopsy, Layout layout) { return written(autopsy, layout); }

ParsedRecord parse_json(std::string_view text) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    model::RunRecord record;
    const auto status = google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &record, options);
    if (!status.ok()) return {std::nullopt, "not a run record: " + std::string(status.message())};
    return {std::move(record), ""};
}

std::string json_string(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : valid_utf8(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F || c == '<' || c == '>' || c == '&') {
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string json_number(double number) { return shortest(number); }
std::string json_number(float number) { return shortest(number); }

}  // namespace lastunit::reports
