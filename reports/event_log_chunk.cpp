#include "reports/event_log_chunk.hpp"

#include <algorithm>

namespace lastunit::reports {

namespace {

std::uint64_t identity(std::uint32_t source, std::uint64_t number) { return (std::uint64_t{source} << 40U) | number; }
NodeId node_of(std::uint32_t one_plus) { return one_plus == 0 ? kNoNode : NodeId(static_cast<std::uint16_t>(one_plus - 1)); }
Duration span_of(std::uint64_t us) { return Duration{static_cast<std::int64_t>(us)}; }
std::size_t length(const std::string& column) { return column.size(); }
template <class Column> std::size_t length(const Column& column) { return static_cast<std::size_t>(column.size()); }
std::uint8_t value_at(const std::string& column, std::size_t i) { return static_cast<std::uint8_t>(column[i]); }
template <class Column> auto value_at(const Column& column, std::size_t i) { return column.Get(static_cast<int>(i)); }

}  // namespace

// The next value of a column. Past its end there are zeros, and `spent` is more than there was.
template <class Column> class ChunkReader::Cursor {
   public:
    explicit Cursor(const Column& column) : column_(column) {}
    auto operator()() {
        const std::size_t i = spent_++;
        using Value = decltype(value_at(column_, i));
        return i < length(column_) ? value_at(column_, i) : Value{};
    }
    bool fits() const { return spent_ == length(column_); }
    std::size_t left() const { return length(column_) > spent_ ? length(column_) - spent_ : 0; }

   private:
    const Column& column_;
    std::size_t spent_ = 0;
};

using Numbers = google::protobuf::RepeatedField<std::uint32_t>;
using Signed = google::protobuf::RepeatedField<std::int32_t>;
using Long = google::protobuf::RepeatedField<std::uint64_t>;

struct ChunkReader::Cursors {
    explicit Cursors(const model::EventLogChunk& c)
        : stock{Cursor(c.stock().move()), Cursor(c.stock().node()), Cursor(c.stock().sku()), Cursor(c.stock().units()),
                Cursor(c.stock().by())},
          ledger{Cursor(c.ledger().kind()),   Cursor(c.ledger().node()),     Cursor(c.ledger().sku()),
                 Cursor(c.ledger().delta()),  Cursor(c.ledger().atp()),      Cursor(c.ledger().channel()),
                 Cursor(c.ledger().source()), Cursor(c.ledger().reference())},
          sent{Cursor(c.sent().edge()), Cursor(c.sent().items()), Cursor(c.sent().subject()), Cursor(c.sent().value()),
               Cursor(c.sent().waited_us())},
          mishap{Cursor(c.mishap().mishap()), Cursor(c.mishap().edge()), Cursor(c.mishap().back())},
          arrived{Cursor(c.arrived().edge()), Cursor(c.arrived().back()), Cursor(c.arrived().copy()), Cursor(c.arrived().view())},
          fetched{Cursor(c.fetched().edge()), Cursor(c.fetched().sku()), Cursor(c.fetched().view())},
          order{Cursor(c.order().source()), Cursor(c.order().shopper()), Cursor(c.order().channel()), Cursor(c.order().method()),
                Cursor(c.order().store()),  Cursor(c.order().decided()), Cursor(c.order().lines())},
          line{Cursor(c.order().sku()),       Cursor(c.order().units()),  Cursor(c.order().shown()),
               Cursor(c.order().looked_us()), Cursor(c.order().age_us()), Cursor(c.order().lowered())},
          oversold{Cursor(c.oversold().sku()), Cursor(c.oversold().units()), Cursor(c.oversold().cause())},
          refused{Cursor(c.refused().source()),    Cursor(c.refused().shopper()), Cursor(c.refused().channel()),
                  Cursor(c.refused().method()),    Cursor(c.refused().store()),   Cursor(c.refused().sku()),
                  Cursor(c.refused().units()),     Cursor(c.refused().shown()),   Cursor(c.refused().age_us()),
                  Cursor(c.refused().undersold()), Cursor(c.refused().cause())},
          fate{Cursor(c.fate().fate()),  Cursor(c.fate().order()), Cursor(c.fate().sku()),
               Cursor(c.fate().units()), Cursor(c.fate().node()),  Cursor(c.fate().oversold())},
          fault{Cursor(c.fault().fault()), Cursor(c.fault().begins())} {}

    struct {
        Cursor<std::string> move;
        Cursor<Numbers> node, sku, units;
        Cursor<Long> by;
    } stock;
    struct {
        Cursor<std::string> kind;
        Cursor<Numbers> node, sku;
        Cursor<Signed> delta;
        Cursor<Numbers> atp;
        Cursor<std::string> channel;
        Cursor<Numbers> source;
        Cursor<Long> reference;
    } ledger;
    struct {
        Cursor<std::string> edge;
        Cursor<Numbers> items, subject;
        Cursor<Signed> value;
        Cursor<Long> waited;
    } sent;
    struct {
        Cursor<std::string> mishap, edge;
        Cursor<Numbers> back;
    } mishap;
    struct {
        Cursor<std::string> edge;
        Cursor<Numbers> back;
        Cursor<std::string> copy;
        Cursor<Signed> view;
    } arrived;
    struct {
        Cursor<std::string> edge;
        Cursor<Numbers> sku;
        Cursor<Signed> view;
    } fetched;
    struct {
        Cursor<Numbers> source;
        Cursor<Long> shopper;
        Cursor<std::string> channel, method;
        Cursor<Numbers> store;
        Cursor<std::string> decided;
        Cursor<Numbers> lines;
    } order;
    struct {
        Cursor<Numbers> sku, units, shown;
        Cursor<Long> looked, age;
        Cursor<Numbers> lowered;
    } line;
    struct {
        Cursor<Numbers> sku, units;
        Cursor<std::string> cause;
    } oversold;
    struct {
        Cursor<Numbers> source;
        Cursor<Long> shopper;
        Cursor<std::string> channel, method;
        Cursor<Numbers> store, sku, units, shown;
        Cursor<Long> age;
        Cursor<Numbers> undersold;
        Cursor<std::string> cause;
    } refused;
    struct {
        Cursor<std::string> fate;
        Cursor<Numbers> order, sku, units, node;
        Cursor<std::string> oversold;
    } fate;
    struct {
        Cursor<Numbers> fault;
        Cursor<std::string> begins;
    } fault;

    // Every column has been read to its end and no further.
    bool fit() const {
        return stock.move.fits() && stock.node.fits() && stock.sku.fits() && stock.units.fits() && stock.by.fits() &&
               ledger.kind.fits() && ledger.node.fits() && ledger.sku.fits() && ledger.delta.fits() && ledger.atp.fits() &&
               ledger.channel.fits() && ledger.source.fits() && ledger.reference.fits() && sent.edge.fits() &&
               sent.items.fits() && sent.subject.fits() && sent.value.fits() && sent.waited.fits() && mishap.mishap.fits() &&
               mishap.edge.fits() && mishap.back.fits() && arrived.edge.fits() && arrived.back.fits() && arrived.copy.fits() &&
               arrived.view.fits() && fetched.edge.fits() && fetched.sku.fits() && fetched.view.fits() && order.source.fits() &&
               order.shopper.fits() && order.channel.fits() && order.method.fits() && order.store.fits() &&
               order.decided.fits() && order.lines.fits() && line.sku.fits() && line.units.fits() && line.shown.fits() &&
               line.looked.fits() && line.age.fits() && line.lowered.fits() && oversold.sku.fits() && oversold.units.fits() &&
               oversold.cause.fits() && refused.source.fits() && refused.shopper.fits() && refused.channel.fits() &&
               refused.method.fits() && refused.store.fits() && refused.sku.fits() && refused.units.fits() &&
               refused.shown.fits() && refused.age.fits() && refused.undersold.fits() && refused.cause.fits() &&
               fate.fate.fits() && fate.order.fits() && fate.sku.fits() && fate.units.fits() && fate.node.fits() &&
               fate.oversold.fits() && fault.fault.fits() && fault.begins.fits();
    }
};

ChunkReader::ChunkReader(const model::EventLogHeader& header)
    : header_(header),
      nodes_(static_cast<std::size_t>(header.nodes_size())),
      skus_(static_cast<std::size_t>(header.skus_size())),
      sent_(static_cast<std::size_t>(header.edges_size())),
      items_(static_cast<std::size_t>(header.edges_size())) {}

bool ChunkReader::read(const model::EventLogChunk& chunk, LogVisitor& visitor) {
    if (chunk.kinds().size() != static_cast<std::size_t>(chunk.after_us_size())) return false;
    Cursors cursors(chunk);
    SimTime at{chunk.from_us()};
    for (std::size_t i = 0; i < chunk.kinds().size(); ++i) {
        at = at + span_of(chunk.after_us(static_cast<int>(i)));
        if (!record(static_cast<model::LogKind>(value_at(chunk.kinds(), i)), at, cursors, visitor)) return false;
        ++records_;
    }
    return cursors.fit();
}

bool ChunkReader::record(model::LogKind kind, SimTime at, Cursors& cursors, LogVisitor& visitor) {
    switch (kind) {
        case model::LOG_STOCK:
            return stock(at, cursors, visitor);
        case model::LOG_LEDGER:
            return ledger(at, cursors, visitor);
        case model::LOG_SENT:
            return sent(at, cursors, visitor);
        case model::LOG_MISHAP:
            return mishap(at, cursors, visitor);
        case model::LOG_ARRIVED:
            return arrived(at, cursors, visitor);
        case model::LOG_FETCHED:
            return fetched(at, cursors, visitor);
        case model::LOG_ORDER:
            return order(at, cursors, visitor);
        case model::LOG_OVERSOLD:
            return oversold(at, cursors, visitor);
        case model::LOG_REFUSED:
            return refused(at, cursors, visitor);
        case model::LOG_FATE:
            return fate(at, cursors, visitor);
        case model::LOG_FAULT:
            return fault(at, cursors, visitor);
        case model::LOG_MEASURED:
            visitor.measured_from_here(at);
            return true;
        default:
            return false;
    }
}

bool ChunkReader::stock(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.stock;
    LogStock out;
    out.move = static_cast<model::StockMove>(in.move());
    out.node = NodeId(static_cast<std::uint16_t>(in.node()));
    out.sku = Sku(in.sku());
    out.units = static_cast<Quantity>(in.units());
    const std::uint64_t by = in.by();
    const bool shopper = out.move == model::MOVE_TAKEN || out.move == model::MOVE_PUT_BACK;
    if (!is_cell(out.node, out.sku) || (!shopper && by != 0 && !is_order(by))) return false;
    if (shopper)
        out.shopper = by;
    else if (by != 0)
        out.order = orders_ - static_cast<std::uint32_t>(by);
    visitor.stock(at, out);
    return true;
}

bool ChunkReader::ledger(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.ledger;
    LogLedger out;
    out.kind = static_cast<core::EventKind>(in.kind());
    out.node = NodeId(static_cast<std::uint16_t>(in.node()));
    out.sku = Sku(in.sku());
    out.delta = in.delta();
    out.atp = static_cast<Quantity>(in.atp());
    out.channel = ChannelId(in.channel());
    const std::uint32_t source = in.source();
    out.reference = identity(source, in.reference());
    if (!is_cell(out.node, out.sku)) return false;
    visitor.ledger(at, out);
    return true;
}

bool ChunkReader::sent(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.sent;
    LogSent out;
    out.edge = in.edge();
    const std::uint32_t count = in.items();
    if (out.edge >= sent_.size() || count > in.subject.left()) return false;
    const bool sales = header_.edges(out.edge).from() != 255;
    item_scratch_.clear();
    for (std::uint32_t i = 0; i < count; ++i) {
        LogItem& item = item_scratch_.emplace_back();
        const std::uint32_t subject = in.subject();
        if (sales ? !is_order(subject) : subject >= nodes_ * skus_) return false;
        item.subject = sales ? orders_ - subject : subject;
        if (!sales) item.value = in.value();
        item.waited = span_of(in.waited());
    }
    out.number = ++sent_[out.edge];
    items_[out.edge].push_back(count);
    out.items = item_scratch_;
    visitor.sent(at, out);
    return true;
}

bool ChunkReader::mishap(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.mishap;
    LogMishap out;
    out.mishap = static_cast<model::MessageMishap>(in.mishap());
    out.edge = in.edge();
    const std::uint32_t back = in.back();
    if (!is_message(out.edge, back)) return false;
    out.number = sent_[out.edge] - back;
    visitor.mishap(at, out);
    return true;
}

bool ChunkReader::arrived(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.arrived;
    LogArrived out;
    out.edge = in.edge();
    const std::uint32_t back = in.back();
    out.copy = in.copy() != 0;
    if (!is_message(out.edge, back)) return false;
    out.number = sent_[out.edge] - back;
    view_scratch_.clear();
    if (header_.edges(out.edge).from() == 255)
        for (std::uint32_t i = 0; i < items_[out.edge][out.number - 1]; ++i) view_scratch_.push_back(in.view());
    out.view = view_scratch_;
    visitor.arrived(at, out);
    return true;
}

bool ChunkReader::fetched(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.fetched;
    LogFetched out;
    out.edge = in.edge();
    out.sku = Sku(in.sku());
    if (out.edge >= sent_.size() || out.sku.value >= skus_) return false;
    const int named = header_.edges(out.edge).nodes_size();
    view_scratch_.clear();
    for (std::size_t i = 0; i < (named == 0 ? nodes_ : static_cast<std::size_t>(named)); ++i) view_scratch_.push_back(in.view());
    out.view = view_scratch_;
    visitor.fetched(at, out);
    return true;
}

bool ChunkReader::order(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.order;
    LogOrder out;
    out.order = orders_++;
    const std::uint32_t source = in.source();
    out.shopper = identity(source, in.shopper());
    out.channel = ChannelId(in.channel());
    out.method = static_cast<core::Method>(in.method());
    out.store = node_of(in.store());
    out.decided = in.decided();
    const std::uint32_t count = in.lines();
    if (out.channel.value >= header_.channels_size() || count > cursors.line.sku.left()) return false;
    line_scratch_.clear();
    for (std::uint32_t i = 0; i < count; ++i) {
        LogLine& line = line_scratch_.emplace_back();
        line.sku = Sku(cursors.line.sku());
        line.units = static_cast<Quantity>(cursors.line.units());
        line.shown = static_cast<Quantity>(cursors.line.shown()) - 1;
        line.looked_before = span_of(cursors.line.looked());
        line.age = span_of(cursors.line.age());
        line.lowered = node_of(cursors.line.lowered());
        if (line.sku.value >= skus_ || (line.lowered != kNoNode && line.lowered.value >= nodes_)) return false;
    }
    out.lines = line_scratch_;
    visitor.order(at, out);
    return true;
}

bool ChunkReader::oversold(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.oversold;
    if (orders_ == 0) return false;
    LogOversold out;
    out.order = orders_ - 1;
    out.sku = Sku(in.sku());
    out.units = static_cast<Quantity>(in.units());
    const std::uint8_t cause = in.cause();
    out.cause = static_cast<model::OversoldCause>(cause);
    const bool ordered =
        std::any_of(line_scratch_.begin(), line_scratch_.end(), [&](const LogLine& line) { return line.sku == out.sku; });
    if (!ordered || cause >= model::kOversoldCauses) return false;
    visitor.oversold(at, out);
    return true;
}

bool ChunkReader::refused(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.refused;
    LogRefused out;
    const std::uint32_t source = in.source();
    out.shopper = identity(source, in.shopper());
    out.channel = ChannelId(in.channel());
    out.method = static_cast<core::Method>(in.method());
    out.store = node_of(in.store());
    out.line.sku = Sku(in.sku());
    out.line.units = static_cast<Quantity>(in.units());
    out.line.shown = static_cast<Quantity>(in.shown()) - 1;
    out.line.age = span_of(in.age());
    out.undersold = static_cast<Quantity>(in.undersold());
    const std::uint8_t cause = in.cause();
    out.cause = static_cast<model::UndersoldCause>(cause);
    if (out.channel.value >= header_.channels_size() || out.line.sku.value >= skus_ || cause >= model::kUndersoldCauses)
        return false;
    visitor.refused(at, out);
    return true;
}

bool ChunkReader::fate(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    auto& in = cursors.fate;
    LogFate out;
    out.fate = static_cast<model::OrderFate>(in.fate());
    const std::uint32_t back = in.order();
    const std::uint32_t sku = in.sku();
    out.units = static_cast<Quantity>(in.units());
    out.node = node_of(in.node());
    out.oversold = in.oversold() != 0;
    if (!is_order(back) || sku > skus_) return false;
    out.order = orders_ - back;
    if (sku > 0) out.sku = Sku(sku - 1);
    visitor.fate(at, out);
    return true;
}

bool ChunkReader::fault(SimTime at, Cursors& cursors, LogVisitor& visitor) {
    LogFault out;
    out.fault = cursors.fault.fault();
    out.begins = cursors.fault.begins() != 0;
    if (out.fault >= static_cast<std::uint32_t>(header_.faults_size())) return false;
    visitor.fault(at, out);
    return true;
}

}  // namespace lastunit::reports
