#include "model/csv.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "model/random.hpp"
#include "tests/model/scratch_file.hpp"

using namespace lastunit::model;
using lastunit::test::ScratchFile;

namespace {

using Record = std::vector<std::string>;

struct Read {
    std::vector<Record> records;
    std::vector<std::uint64_t> lines;
    std::vector<std::string> defects;
    std::string error;
};

Read read(const std::string& content) {
    const ScratchFile file(content);
    CsvReader csv(file.path());
    Read read;
    while (csv.next()) {
        read.records.emplace_back(csv.fields().begin(), csv.fields().end());
        read.lines.push_back(csv.line());
        read.defects.push_back(csv.defect());
    }
    read.error = csv.error();
    return read;
}

std::string with_quotes(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string text = "\"";
    for (const char c : field) text += c == '"' ? std::string(2, c) : std::string(1, c);
    return text + "\"";
}

}  // namespace

TEST_CASE("csv: plain records, with or without a last line end, LF or CRLF") {
    const std::vector<Record> expected{{"a", "b"}, {"1", ""}, {"", "2"}};
    for (const char* content : {"a,b\n1,\n,2\n", "a,b\n1,\n,2", "a,b\r\n1,\r\n,2\r\n"}) CHECK(read(content).records == expected);
}

TEST_CASE("csv: quotes, doubled quotes, commas and line ends inside quotes") {
    const Read quoted = read("\"a\",\"b,c\"\r\n\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n\"\",\"\"\"\"\n\"x\",\"end\"");
    CHECK(quoted.records == std::vector<Record>{{"a", "b,c"}, {"say \"hi\"", "two\r\nlines"}, {"", "\""}, {"x", "end"}});
    CHECK(quoted.lines == std::vector<std::uint64_t>{1, 2, 4, 5});
    CHECK(quoted.defects == std::vector<std::string>{"", "", "", ""});
}

TEST_CASE("csv: a quote inside an unquoted field stands for itself") {
    CHECK(read("5\" pipe,2\n").records == std::vector<Record>{{"5\" pipe", "2"}});
}

TEST_CASE("csv: a byte order mark is not part of the first name") {
    CHECK(read("\xef\xbb\xbfname,x\n").records == std::vector<Record>{{"name", "x"}});
}

TEST_CASE("csv: empty lines are passed over and still counted") {
    const Read spaced = read("a\n\n\r\nb\n\n");
    CHECK(spaced.records == std::vector<Record>{{"a"}, {"b"}});
    CHECK(spaced.lines == std::vector<std::uint64_t>{1, 4});
    CHECK(read("").records.empty());
    CHECK(read("\"\"\n").records.empty());
}

TEST_CASE("csv: names what is wrong with the quoting, and goes on where it can") {
    const Read stray = read("\"a\"b,c\nd,e\n");
    CHECK(stray.defects == std::vector<std::string>{"text after the closing quote of field 1", ""});
    CHECK(stray.records[1] == Record{"d", "e"});
    const Read open = read("a,b\nc,\"d\ne,f\n");
    CHECK(open.lines == std::vector<std::uint64_t>{1, 2});
    CHECK(open.defects[1] == "a quote is opened and never closed");
}

TEST_CASE("csv: any records, written with quotes where they must stand, come back") {
    const std::string letters = "ab,\"\n\r ;x";
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        INFO("seed " << seed);
        Stream random(seed, Purpose::property, 0);
        std::vector<Record> records(1 + random() % 6);
        std::string content;
        for (Record& record : records) {
            record.resize(2 + random() % 4);
            for (std::string& field : record) {
                for (std::uint32_t length = random() % 6; length > 0; --length) field += letters[random() % letters.size()];
                content += (&field == &record.front() ? "" : ",") + with_quotes(field);
            }
            content += random() % 2 == 0 ? "\n" : "\r\n";
        }
        const Read back = read(content);
        CHECK(back.records == records);
        CHECK(std::all_of(back.defects.begin(), back.defects.end(), [](const std::string& defect) { return defect.empty(); }));
    }
}

TEST_CASE("csv: fields across the edges of the read buffer are whole") {
    for (std::size_t shift = 0; shift < 12; ++shift) {
        const std::string filler(256 * 1024 - 6 - shift, 'x');
        const Read edge = read(filler + ",\"q\"\"r\",s\r\nt,u,v\r\n");
        REQUIRE(edge.records.size() == 2);
        CHECK(edge.records[0] == Record{filler, "q\"r", "s"});
        CHECK(edge.records[1] == Record{"t", "u", "v"});
        CHECK(edge.defects[0].empty());
    }
}

TEST_CASE("csv: an endless record is reported, not swallowed into memory") {
    const Read endless = read("a,\"" + std::string(3 << 20, 'z') + "\"\nb,c\n");
    CHECK(endless.defects[0] == "longer than 1048576 bytes");
    CHECK(endless.records[1] == Record{"b", "c"});
}

TEST_CASE("csv: gzip is unpacked on the way, whatever the file's name") {
    // printf 'a,b\n1,2\n' | gzip -n
    const std::string packed(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xd4\x49\xe2\x32\xd4\x31\xe2\x02\x00\x7b\x07\x97\x0a\x08\x00\x00\x00", 28);
    CHECK(read(packed).records == std::vector<Record>{{"a", "b"}, {"1", "2"}});
    CHECK(read(packed.substr(0, 20)).error == "the compressed data ends too early");
}

TEST_CASE("csv: says why a file cannot be read") {
    CsvReader missing("/nonexistent/orders.csv");
    CHECK_FALSE(missing.next());
    CHECK(missing.error() == "No such file or directory");
    CsvReader folder("/");
    CHECK_FALSE(folder.next());
    CHECK(folder.error() == "Is a directory");
}
