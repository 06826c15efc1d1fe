// A tree of values into a Protobuf message, by walking the message's descriptor: names, types, units, ranges, presets and
// references come from scenario.proto and its options, so a new field needs no code here.
#pragma once

#include <google/protobuf/message.h>

#include <map>
#include <string>
#include <vector>

#include "scenarios/diagnostic.hpp"
#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

// Where each given field stands, by dotted path. A path that was not given stands where the nearest one around it does.
class Places {
   public:
    void put(const std::string& path, const Position& at) { at_[path] = at; }
    Position find(std::string path) const;
    bool given(const std::string& path) const { return at_.contains(path); }

   private:
    std::map<std::string, Position> at_;
};

// A name that has to be defined elsewhere in the scenario.
struct Reference {
    std::string word;  // what it refers to: "node", "channel" ...
    std::string name;
    std::string path;
    Position at;
};

struct Bound {
    Places places;
    std::map<std::string, std::vector<std::string>> defined;  // word -> names, in order
    std::vector<Reference> references;
};

// Fills `message` with what `tree` says; every mistake goes to `report`. References are collected, not checked: see
// check_references.
Bound bind_fields(const Tree& tree, google::protobuf::Message& message, const std::string& currency, Report& report);

// Reports the references whose name is not defined. Words without any definition are left to the caller ("sku").
void check_references(const Bound& bound, Report& report);

}  // namespace lastunit::scenarios
