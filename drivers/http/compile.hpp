// From flow.proto's messages to a Plan: what has to fit together beyond the shape of the fields.
#pragma once

#include "drivers/http/flow.pb.h"
#include "drivers/http/flow_file.hpp"
#include "scenarios/binder.hpp"

namespace lastunit::drivers::http {

// Whose steps they are: what they may have.
enum class StepsOf : std::uint8_t { shoppers, login, set_up, reading };

class Compiler {
   public:
    Compiler(const flow::Flow& from, const scenarios::Bound& bound, const FlowOptions& options, scenarios::Report& report)
        : from_(from), bound_(bound), options_(options), report_(report), names_(options.environment) {}

    // What it makes of a flow with mistakes is not to be used.
    Plan compile(const std::string& file);

   private:
    void define_names();
    void define(const google::protobuf::RepeatedPtrField<flow::Step>& steps, StepsOf of);
    void add_urls();
    void add_address(const flow::Url& url, BaseUrl& base);
    void add_values();
    void add_limits();
    void add_authorities(const std::string& file);
    void add_all_steps();
    void check_order();
    void check_identity();
    void check_login();

    Steps steps(const google::protobuf::RepeatedPtrField<flow::Step>& from, const std::string& list, StepsOf of);
    StepPlan step(const flow::Step& from, const std::string& path, StepsOf of, const Steps& done);
    void check_braces(const std::string& from, const std::string& path, const Template& text);
    void add_target(const flow::Step& from, const std::string& path, StepPlan& to);
    void add_headers(const flow::Step& from, const std::string& path, StepPlan& to);
    void add_body(const flow::Step& from, const std::string& path, StepPlan& to);
    void add_xml(const std::string& from, const std::string& path, StepPlan& to);
    void add_multipart(const flow::Step& from, const std::string& path, StepPlan& to);
    void add_graphql(const flow::GraphQl& from, const std::string& path, StepPlan& to);
    void add_extract(const flow::Step& from, const std::string& path, StepPlan& to);
    void add_rules(const flow::Step& from, const std::string& path, StepPlan& to);
    void add_asking_again(const flow::Step& from, const std::string& path, StepsOf of, StepPlan& to);
    void add_reading(const flow::Step& from, const std::string& path, StepsOf of, StepPlan& to);
    LinesPlan lines(const flow::Lines& from, const std::string& path, StepPlan::Each each);
    // compile_rows.cpp. `done`: the steps of the same hook before this one.
    void begin_rows(const flow::Step& from, const std::string& path, StepsOf of, const Steps& done, StepPlan& to);
    std::string no_list(const std::string& name, const Steps& done) const;
    void add_list(const flow::Step& from, const std::string& path, StepsOf of, std::size_t step, StepPlan& to);
    void add_row_names(LinesPlan& to);
    void check_lists(const Steps& steps, const std::string& list);
    std::optional<std::uint16_t> sku_slot(const std::string& name, const std::string& path);

    Template text(const std::string& from, Escape escape, const std::string& path);
    JsonPath json_path(const std::string& from, const std::string& path);  // not given when empty
    Conditions conditions(const google::protobuf::RepeatedPtrField<flow::Condition>& from, ConditionOf of,
                          const std::string& path);
    void error(const std::string& path, const std::string& message) { report_.error(bound_.places.find(path), path, message); }

    const flow::Flow& from_;
    const scenarios::Bound& bound_;
    const FlowOptions& options_;
    scenarios::Report& report_;
    Names names_;
    // Of the hook that is being read: the names that the rows of each step's list have so far. Of its step: those of its row.
    std::vector<Names::RowNames> list_names_;
    std::optional<Names::RowNames> row_names_;
    Plan plan_;
};

}  // namespace lastunit::drivers::http
