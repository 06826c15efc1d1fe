// Salts of the draws of one visit (Shoppers::uniform): each decision has its own number, whatever else is decided.
#pragma once

#include <cstdint>

namespace lastunit::sim {

// Fingerprints depend on the numbers: new decisions take new ones.
enum Salt : std::uint32_t {
    kAdd = 0,
    kReach,
    kComplete,
    kRebuild = 4,
    kElsewhere,
    kSubstitute,
    kEndless,
    kSwitchAfterBrowse,
    kSwitchAfterCart,
    kTravel
};

// Of Purpose::payment.
enum PaymentSalt : std::uint32_t { kPayment = 0, kPaymentTime, kRetriesPayment, kSecondPayment, kRetryAfter, kSecondPaymentTime };

}  // namespace lastunit::sim
