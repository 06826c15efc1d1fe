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

std::string units_of(std::int64_t units) { return counted(static_cast<std::uint64_t>(units), "unit"); }

std::string processes_of(const Evidence& evidence, const std::vector<CellOperation>& takes) {
    std::string text;
    for (std::size_t i = 0; i < takes.size(); ++i)
        text += (i == 0 ? "" : i + 1 == takes.size() ? " and " : ", ") + process_of(evidence.operations[takes[i].operation]);
    return text;
}

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

std::string sentence_of(const Evidence& evidence, CellIndex cell, const Culprit& culprit, const CellOperation& failed) {
    const std::string where = evidence.sku_name(cell) + " at " + evidence.node_name(cell);
    const std::string who = process_of(evidence.operations[failed.operation]);
    const bool all_take =
        std::all_of(culprit.operations.begin(), culprit.operations.end(), [](const auto& op) { return op.act == Act::take; });
    const std::string there = culprit.available <= 0   ? "none was available"
                              : culprit.available == 1 ? "1 was available"
                                                       : grouped(culprit.available) + " were available";
    if (failed.act == Act::deny)
        return who + " was refused " + units_of(failed.units) + " of " + where + ", which were there in every possible order";
    if (failed.act == Act::read)
        return who + " read " + units_of(failed.units) + " of " + where + ", which is not what was there in any possible order";
    if (all_take && culprit.available == 1 && culprit.operations.size() == 2)
        return processes_of(evidence, culprit.operations) + " both got the last unit of " + where;
    if (all_take && culprit.operations.size() > 1 && culprit.operations.size() <= 6)
        return processes_of(evidence, culprit.operations) + " all got units of " + where + ", where " + there;
    if (failed.act == Act::take && culprit.operations.size() == 1)
        return who + " got " + units_of(failed.units) + " of " + where + ", where " + there;
    return "the answers about " + where + " fit into no order: not with what " + who + " was told";
}

}  // namespace lastunit::reports::audit
