// What is sent for an operation: one prepared statement, its parameters in binary.
//
// Every statement that changes something does so inside `INSERT INTO operations ... RETURNING outcome`: key, effect and answer
// are one transaction, and one that repeats a key is undone by the unique key; then `known` reads the answer. Nothing is looked
// up beforehand: repeats are rare, and under SERIALIZABLE a look into the index next to others' new keys would be a conflict with
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/command.hpp"
#include "drivers/command_rules.hpp"
#include "drivers/postgres/mode.hpp"

namespace lastunit::drivers::postgres {

enum class Statement : std::uint8_t {
    hold,
    extend,
    release,
    confirm,
    allocate,
    deallocate,
    pick,
    ship,
    sell,
    receive,
    take_return,
    adjust,
    set_safety,
    refuse,      // the request itself is wrong: only the key is remembered
    known,       // what was answered under the key
    look,        // check_then_act: is enough there?
    expire_due,  // ends holds whose time is over
    warm,        // once on each new connection
    // The common case of conditional_update in one statement, where one line is wanted and everything is as it should be. No row:
    // nothing was changed, and the operation's own statement says why.
    hold_at_once,
    allocate_at_once,
    confirm_at_once,
};
inline constexpr unsigned kStatements = static_cast<unsigned>(Statement::confirm_at_once) + 1;

const char* name_of(Statement statement);
std::string sql_of(Statement statement);

// Parameters of one statement, in network byte order.
class Parameters {
   public:
    Parameters& add(std::int64_t value);
    Parameters& add(std::int32_t value);
    Parameters& add(std::int16_t value);
    Parameters& add(bool value);
    Parameters& add(const char* text);
    // int4[] of one field of each line.
    template <class Field> Parameters& add_array(std::span<const core::Line> lines, Field field) {
        begin_array(lines.size());
        for (const core::Line& line : lines) {
            put(std::uint32_t{4});
            put(static_cast<std::uint32_t>(field(line)));
        }
        return end();
    }
    void clear();

    // As libpq takes them; until the next add() or clear().
    int count() const { return static_cast<int>(lengths_.size()); }
    const char* const* values();
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

   private:
    template <class Integer> void put(Integer value);
    void begin_array(std::size_t size);
    Parameters& end();

    std::vector<char> bytes_;
    std::vector<std::size_t> begins_;
    std::vector<int> lengths_, formats_;
    std::vector<const char*> values_;
};

// An operation as the database sees it.
struct Request {
    core::Command command;          // its lines are `lines`
    std::vector<core::Line> lines;  // merged, in the order of the cells
    core::Outcome wrong{};          // what is wrong with the request itself; `applied`: nothing
    std::int64_t arguments = 0;     // hash of all that was asked
};

bool supported(core::CommandKind kind, PostgresMode mode);
bool reserves(const core::Command& command);  // takes units only when there are enough
void make_request(const core::Command& command, const ShopSize& size, Request& out);
// The statement that does it and its parameters. `seen`: what `look` found.
enum class Seen : std::uint8_t { enough, short_of };
Statement statement_of(const Request& request, Seen seen, Parameters& out);
std::optional<Statement> at_once(const Request& request, Parameters& out);  // nullopt: there is none for it
void look_at(const Request& request, Parameters& out);
void ask_for(const Request& request, Parameters& out);  // of `known`

}  // namespace lastunit::drivers::postgres
