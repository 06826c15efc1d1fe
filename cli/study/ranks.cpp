#include "cli/study/ranks.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "cli/command.hpp"
#include "cli/study/rank_lead.hpp"
#include "cli/study/rank_service.hpp"

namespace lastunit::cli {
namespace {

// What mpirun of Open MPI, srun with PMIx and srun with PMI-2 set, each with its number of ranks.
struct Starter {
    const char* rank;
    const char* ranks;
};
constexpr Starter kStarters[] = {
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"}, {"PMIX_RANK", "SLURM_STEP_NUM_TASKS"}, {"PMI_RANK", "PMI_SIZE"}};

struct Place {
    long rank = 0, ranks = 1;
};

Place place() {
    for (const Starter& starter : kStarters) {
        const char* rank = std::getenv(starter.rank);
        const char* ranks = std::getenv(starter.ranks);
        if (rank != nullptr && ranks != nullptr) return {std::strtol(rank, nullptr, 10), std::strtol(ranks, nullptr, 10)};
    }
    return {};
}

// Of a follower: what it prints is rank 0's to print. Kept, in case it is the reason why it cannot serve.
class Muted {
   public:
    Muted() : stderr_(dup(STDERR_FILENO)), said_(memfd_create("stderr", MFD_CLOEXEC)) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        close(nowhere);
        dup2(said_, STDERR_FILENO);
    }
    ~Muted() {
        if (stderr_ < 0) return;
        dup2(stderr_, STDERR_FILENO);
        close(stderr_);
        close(said_);
    }
    Muted(const Muted&) = delete;
    Muted& operator=(const Muted&) = delete;

    // The first line of stderr.
    std::string said() const {
        std::string out(4096, '\0');
        std::fflush(stderr);
        const ssize_t n = pread(said_, out.data(), out.size(), 0);
        out.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        out.resize(std::min(out.size(), out.find('\n')));
        return out.empty() ? "it has nothing to simulate" : out;
    }

   private:
    int stderr_, said_;
};

struct Served {
    Leave leave;
};

struct Session {
    std::unique_ptr<Post> post;
    std::optional<RankLead> lead;  // on rank 0
    std::optional<Muted> muted;    // on the others, until they serve
};
Session session;

class RanksCrew final : public Crew {
   public:
    std::vector<Worked> work(const CrewPlan& plan) override { return session.lead->work(plan); }
};

volatile std::sig_atomic_t last_status = 0;

// Closes MPI where all are there to do the same; else ends the process here. Rank 0 then ends the job: mpirun would wait for ever
// for ranks that were lost on another machine (measured).
int leave_ranks(Leave leave, int status) {
    std::fflush(stdout);
    std::fflush(stderr);
    last_status = status;
    if (leave == Leave::alone && session.lead) session.post->end_all(status);
    if (leave == Leave::alone) _exit(status);
    std::signal(SIGALRM, [](int) { _exit(last_status); });
    alarm(static_cast<unsigned>(kFarewell.count()));
    session.post->close_together();
    alarm(0);
    return status;
}

int lead(const std::function<int()>& command) {
    session.lead.emplace(*session.post);
    const int status = command();
    if (status != kOk && std::getenv("OMPI_MCA_orte_enable_recovery") != nullptr)
        std::fprintf(stderr, "lastunit: the exit status is %d, and mpirun with recovery will say 0\n", status);
    std::fflush(stdout);
    return leave_ranks(session.lead->say_goodbye(), status);
}

int follow(const std::function<int()>& command) {
    try {
        command();
    } catch (const Served& served) {
        return leave_ranks(served.leave, kOk);
    }
    return leave_ranks(stand_aside(*session.post, session.muted->said()), kOk);
}

}  // namespace

bool under_mpi() { return place().ranks > 1; }

bool is_follower() { return under_mpi() && place().rank > 0; }

int run_in_ranks(Participation participation, const std::function<int()>& command) {
    if (!under_mpi()) return command();
    setenv("NO_COLOR", "1", 1);  // mpirun gives ranks a terminal of its own for stdout, wherever that goes in the end
    if (participation == Participation::lead_alone) return is_follower() ? kOk : command();
    if (is_follower()) session.muted.emplace();
    session.post = Post::open();
    if (session.post == nullptr)
        throw BadInput("it was started as " + std::to_string(place().ranks) +
                       " ranks, and this build is without MPI: each would do the whole study. Build it with libopenmpi-dev and "
                       "libboost-mpi-dev, or give each a part with --shard");
    return is_follower() ? follow(command) : lead(command);
}

std::unique_ptr<Crew> open_crew(const std::function<std::string(const std::string& task)>& work) {
    if (session.lead) return std::make_unique<RanksCrew>();
    if (session.post == nullptr) return local_crew();
    session.muted.reset();  // but its stdout stays closed
    throw Served{serve(*session.post, work)};
}

}  // namespace lastunit::cli
