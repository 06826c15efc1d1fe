#include "sim/live.hpp"

#include <algorithm>

#include "sim/orders.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::ReservationMode;

namespace {
bool is_of_shoppers(core::CommandKind kind) {
    using core::CommandKind;
    switch (kind) {
        case CommandKind::extend:
        case CommandKind::release:
        case CommandKind::allocate:
        case CommandKind::deallocate:
        case CommandKind::pick:
        case CommandKind::ship:
        case CommandKind::sell:
        case CommandKind::take_return:
            return true;
        default:
            return false;
    }
}
}  // namespace

Live::Live(World& world, BackEnd& back_end, Share share) : world_(world), back_end_(back_end), share_(share) {}

bool Live::back_end_reserves(const model::ChannelDesign& channel) {
    switch (channel.reservation) {
        case ReservationMode::check_then_act:
            return channel.decides_on == model::DecidesOn::core;
        case ReservationMode::ledger:
        case ReservationMode::optimistic:
        case ReservationMode::row_lock:
        case ReservationMode::atomic_decrement:
        case ReservationMode::read_modify_write:
        case ReservationMode::escrow:
            return true;
        case ReservationMode::none:
        case ReservationMode::reserve_on_cart:
        case ReservationMode::reserve_on_order:
        case ReservationMode::reserve_on_payment:
            break;
    }
    return false;
}

void Live::let_back_end_reserve(model::Design& design) {
    for (model::ChannelDesign& channel : design.channels)
        if (back_end_reserves(channel)) channel.reservation = ReservationMode::ledger;
}

std::uint32_t Live::take(Question::Of of, std::uint32_t subject) {
    const std::uint32_t number = questions_.take();
    questions_[number].of = of;
    questions_[number].subject = subject;
    return number;
}

void Live::ask(std::uint32_t shopper, const core::Command& command) {
    back_end_.ask(take(Question::Of::shopper, shopper), command, world_.now);
}

std::uint32_t Live::allocate(std::uint32_t order, const core::Command& command) {
    const std::uint32_t number = take(Question::Of::order, order);
    back_end_.ask(number, command, world_.now);
    return number;
}

void Live::tell(const core::Command& command) {
    if (share_.number == 0 || is_of_shoppers(command.kind)) back_end_.tell(command, world_.now);
}

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
    using Was = BackEnd::Answer::Settled;
    const Question question = questions_[number];
    questions_.give_back(number);
    if (question.of == Question::Of::shopper) {
        world_.shoppers->told(question.subject, question.answer);
        return;
    }
    const Was settled = question.answer.settled;
    if (settled == Was::refused) refused_with_record();
    settled == Was::refused || settled == Was::unreachable ? world_.orders->not_allocated(question.subject, number)
                                                           : world_.orders->allocated(question.subject, number);
}

}  // namespace lastunit::sim
