#include "reports/audit/attempts.hpp"

#include <algorithm>

namespace lastunit::reports::audit {

namespace {

bool same_request(const Evidence& evidence, const Recorded& a, const Recorded& b) {
    const auto lines_a = evidence.lines_of(a), lines_b = evidence.lines_of(b);
    return a.kind == b.kind && a.reference == b.reference && a.order == b.order && a.ttl == b.ttl &&
           std::equal(lines_a.begin(), lines_a.end(), lines_b.begin(), lines_b.end());
}

// Attempts of one key with the same request; `group` is by invocation.
void join(Evidence& evidence, const std::vector<std::uint32_t>& group, Findings& findings) {
    Recorded& first = evidence.operations[group.front()];
    std::uint32_t answered = group.front();
    for (const std::uint32_t index : group) {
        const Recorded& op = evidence.operations[index];
        if (op.unknown()) continue;
        const Recorded& known = evidence.operations[answered];
        if (known.unknown()) {
            answered = index;
            continue;
        }
        if (known.answer != op.answer)
            findings.add({Check::idempotency,
                          {.form = Facts::Form::two_answers,
                           .did = name_of(known.answer),
                           .did_then = name_of(op.answer),
                           .kind = name_of(op.kind)},
                          {answered, index},
                          0});
        if (op.completed < known.completed) answered = index;
    }
    const Recorded known = evidence.operations[answered];
    first.answer = known.answer;
    first.completed = known.completed;
    first.attempts = static_cast<std::uint8_t>(std::min<std::size_t>(group.size(), 255));
    for (std::size_t i = 1; i < group.size(); ++i) evidence.operations[group[i]].counts = false;
}

void judge_key(Evidence& evidence, std::vector<std::uint32_t> left, Findings& findings) {
    std::vector<std::uint32_t> applied;  // first of each request
    while (!left.empty()) {
        std::vector<std::uint32_t> same, others;
        for (const std::uint32_t index : left)
            (same_request(evidence, evidence.operations[left.front()], evidence.operations[index]) ? same : others)
                .push_back(index);
        join(evidence, same, findings);
        if (evidence.operations[same.front()].applied()) applied.push_back(same.front());
        left = std::move(others);
    }
    if (applied.size() > 1) findings.add({Check::idempotency, {.form = Facts::Form::two_requests}, {applied[0], applied[1]}, 0});
}

}  // namespace

void join_attempts(Evidence& evidence, Findings& findings) {
    struct Keyed {
        core::Key key;
        std::uint32_t index;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(evidence.operations.size());
    for (std::uint32_t i = 0; i < evidence.operations.size(); ++i) {
        Recorded& op = evidence.operations[i];
        op.counts = op.answer != OperationAnswer::overloaded && op.answer != OperationAnswer::key_reused;
        if (op.counts && !(op.key == core::Key{})) keyed.push_back({op.key, i});
    }
    std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
        if (a.key.client != b.key.client) return a.key.client < b.key.client;
        return a.key.sequence != b.key.sequence ? a.key.sequence < b.key.sequence : a.index < b.index;
    });
    std::uint64_t keys = 0;
    for (std::size_t from = 0, to = 0; from < keyed.size(); from = to, ++keys) {
        while (to < keyed.size() && keyed[to].key == keyed[from].key) ++to;
        if (to - from == 1) continue;
        std::vector<std::uint32_t> group;
        for (std::size_t i = from; i < to; ++i) group.push_back(keyed[i].index);
        judge_key(evidence, std::move(group), findings);
    }
    findings.judged(Check::idempotency, keys);
    for (const Recorded& op : evidence.operations) {
        if (!op.counts) continue;
        if (op.kind == OperationKind::confirm) evidence.mentions.push_back(op.order);
        if (op.kind == OperationKind::allocate || op.kind == OperationKind::deallocate) evidence.mentions.push_back(op.reference);
    }
    std::sort(evidence.mentions.begin(), evidence.mentions.end());
}

}  // namespace lastunit::reports::audit
