#include "scenarios/hash.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cinttypes>
#include <cstdio>

namespace lastunit::scenarios {
namespace {

class Fnv1a {
   public:
    void add(const std::string& bytes) {
        for (const char c : bytes) add_byte(static_cast<unsigned char>(c));
        add_byte(0xff);  // not in UTF-8: "ab", "c" differs from "a", "bc"
    }
    void add(std::int64_t number) {
        for (int shift = 0; shift < 64; shift += 8)
            add_byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
    }
    std::string hex() const {
        char text[17];
        std::snprintf(text, sizeof text, "%016" PRIx64, state_);
        return text;
    }

   private:
    void add_byte(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3; }
    std::uint64_t state_ = 0xcbf29ce484222325;
};

std::string serialised(const schema::Scenario& scenario) {
    std::string bytes;
    {
        google::protobuf::io::StringOutputStream stream(&bytes);
        google::protobuf::io::CodedOutputStream coded(&stream);
        coded.SetSerializationDeterministic(true);
        scenario.SerializeToCodedStream(&coded);
    }
    return bytes;
}

}  // namespace

std::string hash_of(schema::Scenario scenario, const model::ReplayLog* log) {
    scenario.clear_title();  // what is said of a run, and asked of it afterwards, does not change it
    scenario.clear_description();
    scenario.clear_gates();
    scenario.mutable_network()->clear_kinds();   // already inside the nodes
    scenario.mutable_design()->clear_by_kind();  // ... and the channels
    scenario.mutable_design()->clear_borrowed();
    if (log) scenario.mutable_demand()->mutable_replay()->clear_file();
    Fnv1a hash;
    hash.add(serialised(scenario));
    if (log) {
        for (const model::ReplaySku& sku : log->skus) {
            hash.add(sku.name);
            hash.add(sku.price);
        }
        for (const model::ReplayOrder& order : log->orders) {
            hash.add(order.at.us);
            hash.add(order.name);
            hash.add(order.channel);
            hash.add(order.place);
            hash.add(order.lines);
        }
        for (const model::ReplayLine& line : log->lines) {
            hash.add(std::int64_t{line.sku});
            hash.add(std::int64_t{line.quantity});
        }
    }
    return hash.hex();
}

}  // namespace lastunit::scenarios
