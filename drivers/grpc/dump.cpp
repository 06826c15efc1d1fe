// Dump: the state is copied between two commands (about 20 ms per million cells), then sent piece by piece.
#include "core/open_orders.hpp"
#include "drivers/grpc/watch.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::size_t kPiece = 1000;

class DumpCall : public Work {
   public:
    explicit DumpCall(Host& host)
        : host_(host),
          writer_(&context_),
          started_(*this, &DumpCall::on_started),
          written_(*this, &DumpCall::on_written),
          finished_(*this, &DumpCall::on_finished) {
        host_.service.RequestDump(&context_, &request_, &writer_, &host_.queue, &host_.queue, static_cast<Tag*>(&started_));
    }

   private:
    struct Cell {
        std::uint32_t node, sku;
        core::Cell state;
    };

    void on_started(bool ok) {
        if (!ok) {
            delete this;
            return;
        }
        ++host_.under_way;
        if (!host_.stopping) new DumpCall(host_);
        if (const grpc::Status allowed = host_.authorise(context_); !allowed.ok()) return end(allowed);
        deadline = deadline_of(context_);
        const Admission admission = host_.engine.submit(*this);
        if (admission != Admission::taken) end(status_of(admission));
    }

    void look(const core::Ledger& ledger, std::uint64_t changes) override {
        changes_ = changes;
        for (std::uint32_t sku = 0; sku < ledger.config().skus; ++sku) {
            std::uint32_t node = 0;
            for (const core::Cell& cell : ledger.cells_of(Sku(sku))) {
                const bool zero = (cell.on_hand | cell.held | cell.allocated | cell.safety | cell.inbound | cell.quarantined |
                                   cell.fenced) == 0;
                if (!zero) cells_.push_back({node, sku, cell});
                ++node;
            }
        }
        sequence_ = ledger.sequence();
        if (request_.orders()) core::for_each_open_line(ledger, [this](const core::OpenLine& line) { orders_.push_back(line); });
    }

    void finished() override {
        if (status != WorkStatus::done) return end(status_of(status));
        write_piece();
    }

    void write_piece() {
        piece_.Clear();
        piece_.set_sequence(sequence_);
        piece_.set_change(changes_);
        for (; next_cell_ < cells_.size() && piece_.cells_size() < static_cast<int>(kPiece); ++next_cell_) {
            const Cell& from = cells_[next_cell_];
            wire::CellState& to = *piece_.add_cells();
            to.set_node(from.node);
            to.set_sku(from.sku);
            to.set_on_hand(from.state.on_hand);
            to.set_held(from.state.held);
            to.set_allocated(from.state.allocated);
            to.set_safety(from.state.safety);
            to.set_quarantined(from.state.quarantined);
            to.set_inbound(from.state.inbound);
            to.set_shortage(from.state.shortage);
            to.set_fenced(from.state.fenced);
        }
        for (; next_order_ < orders_.size() && piece_.orders_size() < static_cast<int>(kPiece); ++next_order_) {
            const core::OpenLine& from = orders_[next_order_];
            wire::OrderLine& to = *piece_.add_orders();
            to.set_order(from.order.value);
            to.set_node(from.node.value);
            to.set_sku(from.sku.value);
            to.set_quantity(from.quantity);
            to.set_picked(from.picked);
        }
        writer_.Write(piece_, static_cast<Tag*>(&written_));
    }

    void on_written(bool ok) {
        if (!ok) return end({grpc::StatusCode::CANCELLED, ""});
        if (next_cell_ == cells_.size() && next_order_ == orders_.size()) return end(grpc::Status::OK);
        write_piece();
    }
    void end(const grpc::Status& result) { writer_.Finish(result, static_cast<Tag*>(&finished_)); }
    void on_finished(bool) {
        --host_.under_way;
        delete this;
    }

    Host& host_;
    grpc::ServerContext context_;
    wire::DumpRequest request_;
    grpc::ServerAsyncWriter<wire::StateBatch> writer_;
    MemberTag<DumpCall> started_, written_, finished_;
    std::vector<Cell> cells_;
    std::vector<core::OpenLine> orders_;
    std::size_t next_cell_ = 0, next_order_ = 0;
    std::uint64_t sequence_ = 0, changes_ = 0;
    wire::StateBatch piece_;
};

}  // namespace

void serve_dumps(Host& host) { new DumpCall(host); }

}  // namespace lastunit::drivers
