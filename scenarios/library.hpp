// The folders in which scenarios and designs are found by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lastunit::scenarios {

struct LibraryEntry {
    std::string name;   // the file's stem
    std::string title;  // empty when the file has none
    std::string path;
};

class Library {
   public:
    explicit Library(std::vector<std::string> folders);

    // The *.yaml files of the folders themselves, by name; a name that an earlier folder has hides later ones. Subfolders hold
    // what others extend.
    std::vector<LibraryEntry> list() const;
    // Path of the scenario of that name. `failures/NAME` is one of the published failures, `SCENARIO/VARIANT` what lies in the
    // folder of a scenario's name: the same question with another answer. Variants are not listed.
    std::optional<std::string> find(const std::string& name) const;
    const std::vector<std::string>& folders() const { return folders_; }

    // The same for designs: `designs` inside each folder. A variant of a scenario has a design too.
    std::vector<LibraryEntry> list_designs() const;
    std::optional<std::string> find_design(const std::string& name) const;
    const std::vector<std::string>& design_folders() const { return design_folders_; }

   private:
    std::vector<std::string> folders_, design_folders_;
};

// Where the published failures of a library folder lie: inside it, as its designs do; in the source tree beside it.
std::string failures_folder(const std::string& folder);

// The library that was built with this program.
std::string library_folder();

}  // namespace lastunit::scenarios
