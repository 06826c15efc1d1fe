// For a build without MPI.
#include "cli/study/post.hpp"

namespace lastunit::cli {

std::unique_ptr<Post> Post::open() { return nullptr; }

}  // namespace lastunit::cli
