// Every unit of every order is in exactly one state, and where that state says: on nobody's list, on one pick list, in one
// parcel, in one place of the parcel's way. And what the truth, the counters and the orders themselves say of all of them agrees.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/operations/carriage.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/stations.hpp"
#include "sim/operations/teams.hpp"
#include "sim/operations/transfers.hpp"
#include "sim/operations/waves.hpp"
#include "sim/orders.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim_tests {

class Places : public sim::Probe {
   public:
    void after_event_of_work(const sim::World& world) override {
        ++events_;
        if (violations_.size() > 1000) return;
        world_ = &world;
        read();
        check_pieces();
        check_parcels();
        check_orders();
        check_sums();
    }
    const std::string& violations() const { return violations_; }
    // Pieces, summed over the events: what the run had on its way where, so that a test knows what it has tested.
    const std::map<std::string, std::uint64_t>& seen() const { return seen_; }

   private:
    using State = sim::PieceState;

    void note(const std::string& what, std::uint32_t of) {
        violations_ += "event " + std::to_string(events_) + ": " + what + " (" + std::to_string(of) + ")\n";
    }
    void expect(bool holds, const char* what, std::uint32_t of) {
        if (!holds) note(what, of);
    }
    static std::uint32_t count(const std::vector<std::uint32_t>& in, std::uint32_t index) {
        return index < in.size() ? in[index] : 0;
    }
    void add(std::vector<std::uint32_t>& to, std::uint32_t index, const char* where) {
        if (index >= to.size()) to.resize(index + 1);
        ++to[index];
        ++seen_[where];
    }

    // --- what lies where ---

    void read() {
        pick_jobs_.assign(world_->orders->pieces().size(), 0);
        in_lane_ = on_trip_ = pick_jobs_;
        at_work_.clear();
        refusing_.clear();
        on_road_.clear();
        in_locker_.clear();
        in_parcel_.assign(pick_jobs_.size(), sim::kNone);
        retries_.assign(world_->orders->all().size(), 0);
        jobs_at_.assign(world_->scenario.network.nodes.size(), 0);
        trip_units_ = trip_order_units_ = 0;
        world_->stations->each_waiting([&](std::uint32_t job) { read_job(job, "in line"); });
        for (std::uint16_t node = 0; node < jobs_at_.size(); ++node)
            for (const std::uint32_t job : world_->waves->waiting(NodeId(node))) read_job(job, "wave");
        world_->carriage->docks().each_waiting([&](std::uint32_t parcel) { add(at_work_, parcel, "dock"); });
        world_->teams->each_waiting([&](std::uint32_t parcel) { add(at_work_, parcel, "counter"); });
        world_->transfers->each_waiting([&](std::uint32_t piece) { add(in_lane_, piece, "waits for a truck"); });
        world_->queue.each([&](const sim::PendingEvent& event) { read_event(event); });
    }

    void read_job(std::uint32_t index, const char* where) {
        const sim::Stations::Job& job = world_->stations->job(index);
        if (job.work == sim::Work::refuse) {
            add(refusing_, job.subject, "asked");
        } else if (job.work == sim::Work::put_back) {
            add(at_work_, job.subject, "put back");
        } else if (job.work == sim::Work::visit) {
            const std::uint32_t parcel = world_->teams->parcel_of(job.subject);
            if (parcel != sim::kNone) add(at_work_, parcel, "handed over");
        } else if (job.kind == sim::StationKind::pick) {
            add(pick_jobs_, job.subject, where);
            ++jobs_at_[job.node.value];
            expect(world_->orders->piece(job.subject).node == job.node ||
                       world_->orders->piece(job.subject).state == State::cancelled,
                   "is picked elsewhere", job.subject);
        } else {
            add(at_work_, job.subject, where);
            expect(world_->operations->parcel(job.subject).node == job.node, "is packed elsewhere", job.subject);
        }
    }

    void read_event(const sim::PendingEvent& event) {
        if (event.kind == sim::EventKind::station) {
            read_job(event.subject, "at work");
        } else if (event.kind == sim::EventKind::collect) {
            add(at_work_, event.subject, "ready");
        } else if (event.kind == sim::EventKind::delivered) {
            add(on_road_, event.subject, "on the road");
        } else if (event.kind == sim::EventKind::locker) {
            add(in_locker_, event.subject, "locker");
        } else if (event.kind == sim::EventKind::order) {
            ++retries_[event.subject];
        } else if (event.kind == sim::EventKind::trip) {
            for (const std::uint32_t piece : world_->transfers->trip(event.subject).pieces) {
                add(on_trip_, piece, "between nodes");
                trip_order_units_ += world_->orders->piece(piece).units;
            }
            for (const auto& load : world_->transfers->trip(event.subject).stock) trip_units_ += load.units;
        }
    }

    // --- whether that is where it should be ---

    bool in_progress(const sim::Piece& piece) const {
        return piece.parcel != sim::kNone && (piece.state == State::allocated || piece.state == State::picked);
    }

    void check_pieces() {
        const auto pieces = world_->orders->pieces();
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            const sim::Piece& piece = pieces[i];
            const bool there = in_progress(piece);
            const bool asked = there && count(refusing_, piece.parcel) > 0;
            const bool listed = piece.state == State::allocated && !asked;
            // Whoever picks it finds out that it was cancelled.
            if (piece.state != State::cancelled)
                expect(count(pick_jobs_, i) == (listed ? 1U : 0U), "is on no pick list, or on two", i);
            const bool goes = piece.state == State::picked && sim::leaves_from(piece) != piece.node;
            expect(count(in_lane_, i) == 0 || (goes && !piece.moved), "waits for a truck, and should not", i);
            expect(count(on_trip_, i) == 0 || (goes && piece.moved), "is between nodes, and should not", i);
            if (goes && !piece.moved) expect(count(in_lane_, i) == 1, "is picked and goes nowhere", i);
            expect(piece.state != State::waiting || (piece.parcel == sim::kNone && piece.node == sim::kNowhere),
                   "waits, and is somewhere", i);
            expect(piece.state != State::allocated || piece.parcel != sim::kNone, "is allocated, and in no parcel", i);
            expect(piece.state != State::picked || piece.backing == sim::kNowhere, "is picked, and still on the shelf", i);
            expect(!piece.moved || piece.state != State::waiting, "waits, and has moved", i);
            expect(piece.units > 0, "is nothing", i);
            if (piece.state == State::waiting) ++seen_["waiting"];
        }
    }

    void check_parcels() {
        live_.clear();
        const auto pieces = world_->orders->pieces();
        for (std::uint32_t i = 0; i < pieces.size(); ++i)
            if (in_progress(pieces[i]) || (pieces[i].state == State::cancelled && count(pick_jobs_, i) > 0))
                live_[pieces[i].parcel];
        for (std::uint32_t parcel = 0; parcel < on_road_.size(); ++parcel)
            if (on_road_[parcel] > 0) live_[parcel];
        for (std::uint32_t parcel = 0; parcel < in_locker_.size(); ++parcel)
            if (in_locker_[parcel] > 0) live_[parcel];
        for (std::uint32_t parcel = 0; parcel < refusing_.size(); ++parcel)
            if (refusing_[parcel] > 0) live_[parcel];
        expect(live_.size() == world_->operations->live_parcels(), "parcels are lost", world_->operations->live_parcels());
        for (auto& [index, unsettled] : live_) check_parcel(index, unsettled);
        for (std::uint32_t i = 0; i < pieces.size(); ++i)
            if (in_progress(pieces[i])) expect(in_parcel_[i] == pieces[i].parcel, "is not in its parcel", i);
        for (std::uint32_t parcel = 0; parcel < at_work_.size(); ++parcel)
            expect(at_work_[parcel] == 0 || live_.count(parcel) == 1, "a parcel is worked on, and gone", parcel);
    }

    void check_parcel(std::uint32_t index, std::uint32_t& unsettled) {
        const sim::Parcel& parcel = world_->operations->parcel(index);
        const bool left = count(on_road_, index) + count(in_locker_, index) > 0;
        for (const std::uint32_t i : parcel.pieces) {
            const sim::Piece& piece = world_->orders->piece(i);
            expect(in_parcel_[i] == sim::kNone, "is in two parcels", i);
            in_parcel_[i] = index;
            expect(piece.order == parcel.order, "is in somebody else's parcel", i);
            expect(left == (piece.state == State::shipped), "is in a parcel that is elsewhere", i);
            expect(piece.state != State::waiting && piece.state != State::handed_over && piece.state != State::forgotten,
                   "is in a parcel, and in none", i);
            const bool away = count(in_lane_, i) + count(on_trip_, i) > 0;
            const bool refused = count(refusing_, index) > 0;
            if (piece.state == State::allocated || away || count(pick_jobs_, i) > 0 ||
                (refused && piece.state == State::cancelled))
                ++unsettled;
        }
        if (!left) expect(parcel.unpicked == unsettled, "a parcel waits for more or less than is on its way", index);
        const bool whole = !left && unsettled == 0;
        expect(count(at_work_, index) == (whole ? 1U : 0U), "a parcel is worked on nowhere, or twice", index);
        const std::uint32_t places = count(on_road_, index) + count(in_locker_, index) + count(refusing_, index);
        expect(places <= 1 && (places == 0 || count(at_work_, index) == 0), "a parcel is in two places", index);
    }

    void check_orders() {
        const auto orders = world_->orders->all();
        std::vector<std::uint32_t> parcels(orders.size());
        for (const auto& [index, unsettled] : live_)
            if (count(in_locker_, index) == 0) ++parcels[world_->operations->parcel(index).order];
        std::uint64_t open = 0, open_units = 0;
        for (std::uint32_t i = 0; i < orders.size(); ++i) {
            const sim::Order& order = orders[i];
            Quantity units = 0, cancelled = 0, forgotten = 0;
            std::uint32_t open_pieces = 0;
            for (std::uint32_t p = order.first_piece; p != sim::kNone; p = world_->orders->piece(p).next) {
                const sim::Piece& piece = world_->orders->piece(p);
                units += piece.units;
                if (piece.state == State::cancelled) cancelled += piece.units;
                if (piece.state == State::forgotten) forgotten += piece.units;
                const bool is_open =
                    piece.state == State::waiting || piece.state == State::allocated || piece.state == State::picked;
                open_pieces += is_open ? 1 : 0;
                open_units += is_open ? static_cast<std::uint64_t>(piece.units) : 0;
            }
            expect(units == order.units, "an order has lost units, or won some", i);
            expect(cancelled == order.cancelled && forgotten == order.forgotten, "an order does not know what it has lost", i);
            expect(open_pieces == order.open_pieces, "an order does not know what is open", i);
            expect(parcels[i] == order.open_parcels, "an order does not know its parcels", i);
            expect(order.ended == (open_pieces == 0 && parcels[i] == 0), "an order ends too early, or not at all", i);
            expect(retries_[i] == (order.retry_pending ? 1U : 0U), "an order is tried again by nobody, or twice", i);
            open += order.ended ? 0 : 1;
        }
        expect(open == world_->orders->open_orders(), "open orders", static_cast<std::uint32_t>(open));
        expect(open_units == world_->orders->open_units(), "open units", static_cast<std::uint32_t>(open_units));
    }

    void check_sums() {
        const auto cells = world_->truth.cells();
        std::vector<Quantity> committed(cells.size()), in_fulfilment(cells.size());
        std::int64_t gathered = 0;
        for (const sim::Piece& piece : world_->orders->pieces()) {
            if (piece.backing != sim::kNowhere) committed[world_->cell_of(piece.backing, piece.sku)] += piece.units;
            if (piece.state != State::picked) continue;
            if (!piece.moved) in_fulfilment[world_->cell_of(piece.node, piece.sku)] += piece.units;
            if (piece.moved) gathered += piece.units;
        }
        for (std::uint32_t i = 0; i < cells.size(); ++i) {
            expect(cells[i].committed == committed[i], "a cell has committed what no order has", i);
            expect(cells[i].in_fulfilment == in_fulfilment[i], "a cell has picked what no order has", i);
        }
        const sim::Recorder& books = *world_->recorder;
        expect(static_cast<std::int64_t>(books.stock_gathered) == gathered - trip_order_units_, "gathered units", 0);
        expect(static_cast<std::int64_t>(books.stock_in_transit) == trip_units_ + trip_order_units_, "units between nodes", 0);
        std::uint32_t all = 0;
        for (std::uint16_t node = 0; node < jobs_at_.size(); ++node) {
            expect(world_->stations->open_lines(NodeId(node)) == jobs_at_[node], "open lines of a node", node);
            all += jobs_at_[node];
        }
        expect(world_->stations->open_lines() == all, "open lines", all);
    }

    const sim::World* world_ = nullptr;
    std::uint64_t events_ = 0;
    std::string violations_;
    std::map<std::string, std::uint64_t> seen_;
    std::vector<std::uint32_t> pick_jobs_, in_lane_, on_trip_, in_parcel_;  // [piece]
    std::vector<std::uint32_t> at_work_, refusing_, on_road_, in_locker_;   // [parcel]
    std::vector<std::uint32_t> retries_, jobs_at_;                          // [order], [node]
    std::map<std::uint32_t, std::uint32_t> live_;                           // parcels, and how many of their pieces are not there
    std::int64_t trip_units_ = 0, trip_order_units_ = 0;
};

}  // namespace lastunit::sim_tests
