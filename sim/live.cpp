#include "sim/live.hpp"

#include <algorithm>

#include "sim/orders.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::ReservationMode;

Live::Live(World& world, BackEnd& back_end, Share share) : world_(world), back_end_(back_end), share_(share) {}

void Live::let_back_end_reserve(model::Design& design) {
    for (model::ChannelDesign& channel : design.channels) {
        switch (channel.reservation) {
            case ReservationMode::check_then_act:
                if (channel.decides_on == model::DecidesOn::core) channel.reservation = ReservationMode::ledger;
                break;
            case ReservationMode::optimistic:
            case ReservationMode::row_lock:
            case ReservationMode::atomic_decrement:
            case ReservationMode::read_modify_write:
            case ReservationMode::escrow:
                channel.reservation = ReservationMode::ledger;
                break;
            case ReservationMode::none:
            case ReservationMode::ledger:
            case ReservationMode::reserve_on_cart:
            case ReservationMode::reserve_on_order:
            case ReservationMode::reserve_on_payment:
                break;
        }
    }
}

std::uint32_t Live::take(Question::Of of, std::uint32_t subject) {
    const std::uint32_t number = questions_.take();
    questions_[number].of = of;
    questions_[number].subject = subject;
    questions_[number].lines.clear();
    return number;
}

void Live::ask(std::uint32_t shopper, const core::Command& command) {
    back_end_.ask(take(Question::Of::shopper, shopper), command, world_.now);
}

void Live::allocate(std::uint32_t order, const core::Command& command) {
    const std::uint32_t number = take(Question::Of::order, order);
    questions_[number].lines.assign(command.lines.begin(), command.lines.end());
    back_end_.ask(number, command, world_.now);
}

void Live::tell(const core::Command& command) { back_end_.tell(command, world_.now); }

SimTime Live::wait(SimTime at) {
    answers_.clear();
    const SimTime now = back_end_.wait(at, answers_);
    for (const BackEnd::Answer& answer : answers_) {
        const auto number = static_cast<std::uint32_t>(answer.tag);
        questions_[number].answer = answer;
        world_.queue.push(std::max(now, world_.now), EventKind::answer, number);
    }
    return now;
}

void Live::answered(std::uint32_t number) {
    const Question question = std::move(questions_[number]);
    questions_.give_back(number);
    if (question.of == Question::Of::shopper) {
        world_.shoppers->told(question.subject, question.answer);
    } else if (question.answer.settled == BackEnd::Answer::Settled::refused) {
        refused_with_record();
        world_.orders->not_allocated(question.subject, question.lines);
    } else {
        world_.orders->allocated(question.subject);
    }
}

}  // namespace lastunit::sim
