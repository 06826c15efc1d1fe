// A server whose answers a test says in one function: for what the stub shop does not do.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lastunit::test {

struct Wanted {
    std::string method, target, body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string header(const std::string& name) const;  // without regard to case; empty: there is none
};

struct Reply {
    unsigned status = 200;
    std::string body = "{}";
    std::string headers{};  // whole lines
    std::string type = "application/json";
    // yes: `body` is all that is sent, and the connection is closed; silent: nothing is sent, and it stays open.
    enum class Raw : std::uint8_t { no, yes, silent } raw = Raw::no;
};

class ScriptedShop {
   public:
    // `answer` is called by the server's own thread, one request at a time; `number` counts them from 1.
    using Script = std::function<Reply(const Wanted& request, int number)>;
    explicit ScriptedShop(Script answer);
    ~ScriptedShop();

    std::string url() const;  // http://127.0.0.1:PORT
    std::vector<Wanted> seen() const;

    struct Internals;

   private:
    std::unique_ptr<Internals> internals_;
};

}  // namespace lastunit::test
