// Why a results store could not do what was asked.
#pragma once

#include <stdexcept>
#include <string>

namespace lastunit::reports {

class StoreError : public std::runtime_error {
   public:
    enum class Cause {
        cannot_open,   // no such folder, no permission, a full disk: the path is wrong
        not_a_store,   // another kind of file, or a database of another program; it is left as it is
        torn,          // a store once: cut off or overwritten. Restore a copy, or move it away
        newer_schema,  // written by a later lastunit; it is left as it is
        busy,          // somebody else has been writing for longer than the patience of Database
    };
    StoreError(Cause cause, const std::string& what) : std::runtime_error(what), cause_(cause) {}
    Cause cause() const { return cause_; }

   private:
    Cause cause_;
};

}  // namespace lastunit::reports
