// A mistake in a scenario, and where it stands. Mistakes are collected: a person sees all of them at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace lastunit::scenarios {

struct Diagnostic {
    std::string file;  // or "--set path=value"
    int line = 0;      // from 1; 0 = the whole file, or an override
    int column = 0;
    std::string path;  // dotted, of the field: "network.nodes.dc.lat", "stock[0].each"; may be empty
    std::string message;

    // "file:line:column: path: message", without the parts that are not known.
    std::string text() const;
};

// Where a value stands. Shared file names: every value of a file carries one.
struct Position {
    std::shared_ptr<const std::string> file;
    int line = 0;
    int column = 0;
};

class Report {
   public:
    void error(const Position& at, std::string path, std::string message);
    // A file that could not be read at all: what would be reported of the rest of the scenario is not worth reading.
    void fatal(const Position& at, std::string path, std::string message);
    bool is_fatal() const { return fatal_; }
    bool empty() const { return errors_.empty(); }
    std::size_t size() const { return errors_.size(); }
    bool has(const std::string& path) const;  // a mistake of exactly that field
    // By file, line and column, then as found; one per position and message (a kind's value shared by many nodes is wrong once).
    std::vector<Diagnostic> sorted() const;

   private:
    std::vector<Diagnostic> errors_;
    bool fatal_ = false;
};

}  // namespace lastunit::scenarios
