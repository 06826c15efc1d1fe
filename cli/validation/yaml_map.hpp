// A map in YAML's flow style, for the parts of a scenario that have as many entries as a case's list of rates.
#pragma once

#include <string>

namespace lastunit::cli::validation {

class YamlMap {
   public:
    YamlMap& add(const std::string& key, const std::string& value) {
        text_ += (text_.empty() ? "" : ", ") + key + ": " + value;
        return *this;
    }
    YamlMap& then(const YamlMap& other) {
        text_ += (text_.empty() || other.text_.empty() ? "" : ", ") + other.text_;
        return *this;
    }
    std::string text() const { return "{" + text_ + "}"; }

   private:
    std::string text_;
};

}  // namespace lastunit::cli::validation
