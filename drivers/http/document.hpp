// The body of an answer as the document that paths lead into.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drivers/http/answer.hpp"
#include "drivers/http/json.hpp"
#include "drivers/http/values.hpp"

namespace lastunit::drivers::http {

// What a body is taken for. By its content type: JSON where it begins like JSON, whatever it is called; XML where the type is
// application/xml, text/xml or one that ends in `+xml`.
enum class ReadAs : std::uint8_t { by_content_type, json, xml };

// Whether it will be read as XML.
bool reads_xml(const Response& response, ReadAs as);

// What to say of a body that is no document: `problem` of DocumentReader::Read, or "not JSON", "not XML".
std::string not_read(Notation notation, std::string_view problem);

// Uses its buffers again.
class DocumentReader {
   public:
    struct Read {
        std::optional<JsonValue> root;  // good until the next read
        Notation notation = Notation::json;
        // What a body that should be a document is not: "not JSON", "not XML: start-end tags mismatch at byte 17". Empty for one
        // that is, and for a page or nothing at all. Good until the next read.
        std::string_view problem{};
    };
    // Of an answer without a problem.
    Read read(const Response& response, ReadAs as);

   private:
    Read read_xml(const std::string& body);

    JsonReader json_;
    std::string from_xml_, problem_;
};

}  // namespace lastunit::drivers::http
