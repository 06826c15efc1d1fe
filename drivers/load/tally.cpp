#include "drivers/load/tally.hpp"

#include <algorithm>

namespace lastunit::drivers {

StepFigures& Tally::second_at(std::int64_t unix_us) {
    const std::int64_t number = unix_us / 1'000'000;
    Second& second = recent_[static_cast<std::size_t>(number) % recent_.size()];
    if (number < second.number) return too_old_;
    if (second.number != number) {
        second.number = number;
        second.figures = {};
    }
    return second.figures;
}

template <class Change> void Tally::everywhere(std::int64_t at_ns, Change change) {
    const std::int64_t at = unix_us(at_ns);
    change(series_.at(at));
    change(second_at(at));
}

void Tally::begins(std::int64_t at_ns) {
    begin_ns_ = at_ns;
    series_.at(unix_us(at_ns));
}

void Tally::intended(core::CommandKind kind, std::int64_t intended_ns) {
    auto& of = kinds_[static_cast<std::size_t>(kind)];
    if (!of) of = std::make_unique<OfKind>();
    ++of->intended;
    ++intended_;
    begin_ns_ = std::min(begin_ns_, intended_ns);
    everywhere(intended_ns, [](StepFigures& step) { ++step.intended; });
    const std::int64_t second = unix_us(intended_ns) / 1'000'000;
    if (second > peak_second_) {
        peak_second_ = second;
        in_peak_second_ = 0;
    }
    busiest_second_ = std::max(busiest_second_, ++in_peak_second_);
}

void Tally::first_sent(std::int64_t sent_ns, std::int64_t lag_ns) {
    lag_.add(lag_ns);
    everywhere(sent_ns, [&](StepFigures& step) {
        ++step.sent;
        step.lag.add(lag_ns);
    });
}

void Tally::no_answer(std::int64_t at_ns) {
    ++no_answer_;
    everywhere(at_ns, [](StepFigures& step) { ++step.no_answer; });
}

void Tally::settled(const Settling& operation) {
    OfKind& of = *kinds_[static_cast<std::size_t>(operation.kind)];
    const bool refused = operation.settled == Settled::refused;
    if (operation.settled == Settled::applied) ++of.applied, ++applied_;
    if (operation.settled == Settled::unknown) ++of.unknown, ++unknown_;
    if (refused) {
        ++of.refused, ++refused_;
        ++(operation.cause == Cause::outcome ? of.refusals[static_cast<std::size_t>(operation.outcome)]
                                             : of.failures[static_cast<std::size_t>(operation.cause)]);
    }
    last_answer_ns_ = std::max(last_answer_ns_, operation.at_ns);
    if (operation.first_sent_ns == 0) return everywhere(operation.at_ns, [&](StepFigures& step) { step.refused += refused; });
    const std::int64_t service = operation.at_ns - operation.first_sent_ns, response = operation.at_ns - operation.intended_ns;
    service_.add(service);
    response_.add(response);
    of.service.add(service);
    of.response.add(response);
    everywhere(operation.at_ns, [&](StepFigures& step) {
        if (operation.settled != Settled::unknown) ++step.answered;
        step.refused += refused;
        step.service.add(service);
        step.response.add(response);
    });
}

void Tally::in_flight(std::int64_t now_ns, std::size_t count) {
    series_.passed(unix_us(now_ns), static_cast<std::uint32_t>(count));
}

LiveFigures Tally::live(std::int64_t now_ns) const {
    LiveFigures out;
    out.intended = intended_;
    out.applied = applied_;
    out.refused = refused_;
    out.unknown = unknown_;
    out.no_answer = no_answer_;
    out.overloaded = overloaded_;
    if (intended_ == 0) return out;
    const std::int64_t now = unix_us(now_ns) / 1'000'000, first = unix_us(begin_ns_) / 1'000'000;
    StepFigures sum;
    for (const Second& second : recent_)
        if (second.number < now && second.number >= now - kWindowSeconds) sum.add_counts(second.figures);
    out.over_s = static_cast<double>(std::clamp<std::int64_t>(now - first, 0, kWindowSeconds));
    if (out.over_s == 0) return out;
    out.rate_intended = sum.intended / out.over_s;
    out.rate_answered = sum.answered / out.over_s;
    out.rate_refused = sum.refused / out.over_s;
    out.service_p50_ms = sum.service.quantile_ms(0.5, 0);
    out.service_p99_ms = sum.service.quantile_ms(0.99, 0);
    out.response_p50_ms = sum.response.quantile_ms(0.5, 0);
    out.response_p99_ms = sum.response.quantile_ms(0.99, 0);
    out.lag_p99_ms = sum.lag.quantile_ms(0.99, 0);
    return out;
}

void Tally::fill(model::LoadReport& report) const {
    report.set_intended(intended_);
    report.set_applied(applied_);
    report.set_refused(refused_);
    report.set_unknown(unknown_);
    report.set_attempts(attempts_);
    report.set_overloaded(overloaded_);
    report.set_no_answer(no_answer_);
    report.set_resolved(resolved_);
    report.set_in_flight_peak(in_flight_peak_);
    report.set_rate_intended_peak(static_cast<double>(busiest_second_));
    if (intended_ != 0) {
        // Not before the first step of the series, where the first operation asked for was not the earliest one intended.
        const std::int64_t first_us = std::max(unix_us(begin_ns_), series_.begin_us());
        report.set_started_unix_us(first_us);
        const std::int64_t last_us = last_answer_ns_ == INT64_MIN ? first_us : unix_us(last_answer_ns_);
        const std::int64_t span_us = std::max<std::int64_t>(0, last_us - first_us);
        report.set_span_s(static_cast<double>(span_us) / 1e6);
        if (span_us > 0) {
            report.set_rate_intended(static_cast<double>(intended_) * 1e6 / static_cast<double>(span_us));
            report.set_rate_held(static_cast<double>(applied_ + refused_) * 1e6 / static_cast<double>(span_us));
        }
    }
    *report.mutable_service() = service_.to_proto();
    *report.mutable_response() = response_.to_proto();
    *report.mutable_dispatch_lag() = lag_.to_proto();
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
        if (!kinds_[kind]) continue;
        const OfKind& of = *kinds_[kind];
        model::OperationLoad& out = *report.add_operations();
        out.set_kind(core::name_of(static_cast<core::CommandKind>(kind)));
        out.set_intended(of.intended);
        out.set_applied(of.applied);
        out.set_refused(of.refused);
        out.set_unknown(of.unknown);
        *out.mutable_service() = of.service.to_proto();
        *out.mutable_response() = of.response.to_proto();
        const auto add = [&](const char* name, std::uint64_t count) {
            if (count == 0) return;
            out.add_refusals()->set_outcome(name);
            out.mutable_refusals()->rbegin()->set_count(count);
        };
        for (std::size_t i = 0; i < kOutcomes; ++i) add(core::name_of(static_cast<core::Outcome>(i)), of.refusals[i]);
        for (std::size_t i = 0; i < kCauses; ++i) add(name_of(static_cast<Cause>(i)), of.failures[i]);
    }
    series_.fill(*report.mutable_series());
}

}  // namespace lastunit::drivers
