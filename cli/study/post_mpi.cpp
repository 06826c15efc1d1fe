// The post over MPI. Raw bytes, and every call is non-blocking: a blocking send to a rank that was killed never returns (measured
// with Open MPI 4.1.4 over TCP).
#include <unistd.h>

#include <algorithm>
#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#include <cstdlib>
#include <list>
#include <mutex>
#include <utility>

#include "cli/study/post.hpp"

namespace lastunit::cli {
namespace {

namespace mpi = boost::mpi;

struct Moving {
    Letter letter;
    std::size_t to = 0;
    mpi::request request;
};

class MpiPost final : public Post {
   public:
    std::size_t rank() const override { return static_cast<std::size_t>(world_.rank()); }
    std::size_t ranks() const override { return static_cast<std::size_t>(world_.size()); }
    std::string machine() const override { return mpi::environment::processor_name(); }

    void send(std::size_t to, Letter::Kind kind, std::string bytes) override {
        const std::lock_guard<std::mutex> lock(one_at_a_time_);
        const auto is_this = [&](const Moving& one) { return one.to == to && one.letter.kind == kind; };
        if (kind == Letter::Kind::here && std::any_of(out_.begin(), out_.end(), is_this)) return;
        Moving& out = out_.emplace_back(Moving{{rank(), kind, std::move(bytes)}, to, {}});
        const std::string& text = out.letter.bytes;
        out.request = world_.isend(static_cast<int>(to), static_cast<int>(kind), text.data(), static_cast<int>(text.size()));
    }

    std::vector<Letter> receive() override {
        const std::lock_guard<std::mutex> lock(one_at_a_time_);
        while (const auto found = world_.iprobe(mpi::any_source, mpi::any_tag)) {
            Moving& in = in_.emplace_back();
            in.letter.from = static_cast<std::size_t>(found->source());
            in.letter.kind = static_cast<Letter::Kind>(found->tag());
            in.letter.bytes.resize(static_cast<std::size_t>(found->count<char>().value_or(0)));
            std::string& text = in.letter.bytes;
            in.request = world_.irecv(found->source(), found->tag(), text.data(), static_cast<int>(text.size()));
        }
        std::vector<Letter> come;
        in_.remove_if([&](Moving& one) {
            if (!one.request.test()) return false;
            come.push_back(std::move(one.letter));
            return true;
        });
        out_.remove_if([](Moving& one) { return one.request.test().has_value(); });
        return come;
    }

    std::size_t unsent() override {
        const std::lock_guard<std::mutex> lock(one_at_a_time_);
        return out_.size();
    }

    void close_together() override { environment_.reset(); }
    [[noreturn]] void end_all(int status) override {
        mpi::environment::abort(status);
        _exit(status);
    }

   private:
    // Left alone unless all leave together: its end waits for every rank.
    std::unique_ptr<mpi::environment> environment_ = std::make_unique<mpi::environment>(mpi::threading::serialized, false);
    mpi::communicator world_;
    std::mutex one_at_a_time_;
    std::list<Moving> out_, in_;  // lists: the buffers stay where MPI was told they are
};

}  // namespace

std::unique_ptr<Post> Post::open() {
    // Letters are few and small. TCP and shared memory carry them on every cluster, and unlike registered memory of fast
    // networks they do not mind that ranks fork. Set before, the user's choice stands.
    setenv("OMPI_MCA_pml", "ob1", 0);
    setenv("OMPI_MCA_btl", "self,vader,tcp", 0);
    setenv("OMPI_MCA_btl_vader_single_copy_mechanism", "none", 0);  // it needs a right that containers withhold
    setenv("OMPI_MCA_opal_signal", "", 0);  // a crash of a simulation is reported by us, with the command that repeats it
    return std::make_unique<MpiPost>();
}

}  // namespace lastunit::cli
