// What a race leaves behind: --json, --html, --markdown, --junit and --charts.
#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"
#include "drivers/http/race/report.hpp"

namespace lastunit::cli {

class RaceFiles {
   public:
    // Tries every file before anybody is asked for anything. Throws BadInput.
    explicit RaceFiles(const Arguments& arguments);

    // After each run: drops the requests that no file will have. Without --json those of the stories are enough, and with it once
    // the runs together have 200 MB of them.
    void keep_what_is_written(const drivers::http::Plan& plan, std::span<drivers::http::JudgedRace> races) const;

    bool use_stdout() const;  // for a file: then nothing else is printed there
    // `problem`: why the next run could not be made; empty: all of them were. Throws BadInput.
    void write(const drivers::http::Plan& plan, std::span<const drivers::http::JudgedRace> races,
               const std::string& problem) const;

   private:
    const Arguments& arguments_;
};

}  // namespace lastunit::cli
