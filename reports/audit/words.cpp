#include "reports/audit/words.hpp"

#include <algorithm>
#include <cstdio>

#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

std::string verb_of(OperationKind kind) {
    switch (kind) {
        case OperationKind::hold:
            return "holds";
        case OperationKind::extend:
            return "extends";
        case OperationKind::release:
            return "releases";
        case OperationKind::confirm:
            return "confirms";
        case OperationKind::allocate:
            return "allocates";
        case OperationKind::deallocate:
            return "deallocates";
        case OperationKind::sell:
            return "sells at a till";
        case OperationKind::receive:
            return "receives";
        case OperationKind::take_return:
            return "takes back";
        case OperationKind::adjust:
            return "counts";
        case OperationKind::read:
            return "reads the availability of";
    }
    return "?";
}

std::string process_of(const Recorded& op) { return "process " + std::to_string(op.process); }

std::string answer_of(const Evidence& evidence, const Recorded& op) {
    std::string text = name_of(op.answer);
    if (op.kind == OperationKind::read && op.applied()) {
        text.clear();
        for (std::size_t i = 0; i < op.lines; ++i)
            text += (i == 0 ? "" : ", ") + grouped(std::int64_t{evidence.answers[op.first_answer + i]});
    }
    if (op.attempts > 1) text += ", sent " + std::to_string(op.attempts) + " times";
    return text;
}

}  // namespace

std::string words_of(const Evidence& evidence, const Recorded& op) {
    std::string text = process_of(op);
    if (op.channel.value < evidence.header.channels_size()) text += " (" + evidence.header.channels(op.channel.value) + ")";
    text += " " + verb_of(op.kind);
    bool first = true;
    for (const core::Line& line : evidence.lines_of(op)) {
        const CellIndex cell = evidence.cell(line);
        text += (first ? " " : ", ") + (op.kind == OperationKind::read ? "" : grouped(std::int64_t{line.quantity}) + " of ") +
                evidence.sku_name(cell) + " at " + evidence.node_name(cell);
        first = false;
    }
    if (op.kind <= OperationKind::confirm)
        text += (op.lines > 0 ? " (hold " : " hold ") + std::to_string(op.reference) + (op.lines > 0 ? ")" : "");
    if (op.kind == OperationKind::confirm) text += " as order " + std::to_string(op.order);
    if (op.kind == OperationKind::allocate || op.kind == OperationKind::deallocate)
        text += " (order " + std::to_string(op.reference) + ")";
    if (op.kind == OperationKind::hold || op.kind == OperationKind::extend) text += " for " + span(op.ttl.seconds());
    return text + ": " + answer_of(evidence, op);
}

std::string moment_of(const Evidence& evidence, SimTime at) {
    char text[40];
    std::snprintf(text, sizeof text, "+%.6f s", (at - evidence.from).seconds());
    return text;
}

std::string times_of(const Evidence& evidence, const Recorded& op) {
    return moment_of(evidence, op.invoked) +
           (op.completed == kNever ? ", no answer" : " to " + moment_of(evidence, op.completed));
}

Facts facts_of(const Evidence& evidence, CellIndex cell, const Culprit& culprit, const CellOperation& failed) {
    using Form = Facts::Form;
    Facts facts{.sku = evidence.sku_name(cell), .node = evidence.node_name(cell), .units = failed.units};
    facts.available = culprit.available;
    facts.available_s = culprit.from_start ? Facts::kFromStart : (culprit.since - evidence.from).seconds();
    const auto& takes = culprit.operations;
    const bool all_take = std::all_of(takes.begin(), takes.end(), [](const auto& op) { return op.act == Act::take; });
    const bool both = all_take && culprit.available == 1 && takes.size() == 2;
    if (failed.act == Act::deny)
        facts.form = Form::refused_in_every_order;
    else if (failed.act == Act::read)
        facts.form = Form::read_in_no_order;
    else if (both)
        facts.form = Form::both_got_last;
    else if (all_take && takes.size() > 1 && takes.size() <= 6)
        facts.form = Form::all_got;
    else
        facts.form = failed.act == Act::take && takes.size() == 1 ? Form::one_got : Form::answers_fit_no_order;
    if (facts.form == Form::both_got_last || facts.form == Form::all_got)
        for (const CellOperation& op : takes) facts.processes.push_back(evidence.operations[op.operation].process);
    else
        facts.processes = {evidence.operations[failed.operation].process};
    return facts;
}

}  // namespace lastunit::reports::audit
