#include "lantian/parallel/communicator.hpp"

#include "lantian/base/errors.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

namespace lantian {

namespace {

/// Whether a launcher (mpirun, or srun with PMIx or PMI) has started this process.
bool has_launcher() {
  constexpr std::array names = {"OMPI_COMM_WORLD_SIZE", "PMIX_NAMESPACE", "PMI_RANK", "PMI_FD"};
  return std::ranges::any_of(names, [](const char* name) {
    return std::getenv(name) != nullptr;  // NOLINT(concurrency-mt-unsafe): no other thread runs yet
  });
}

/// Open MPI gives even a lone process a daemon and a folder /tmp/ompi.HOST.USER that all its processes of the
/// user share, and removes it when it looks empty: of several programs that start and end at once, some fail.
/// One process needs neither, and starts faster without. What the user has set stays.
void start_alone() {
  // NOLINTBEGIN(concurrency-mt-unsafe): no other thread runs yet
  ::setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
  ::setenv("OMPI_MCA_orte_create_session_dirs", "0", 0);
  // It would look for that folder and complain; nothing here uses it.
  ::setenv("OMPI_MCA_sharedfp", "^sm", 0);
  // NOLINTEND(concurrency-mt-unsafe)
}

}  // namespace

MpiSession::MpiSession(int& argc, char**& argv) {
  if (!has_launcher()) start_alone();
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
  if (provided < MPI_THREAD_FUNNELED)
    throw InternalError("this MPI library does not allow threads beside the main one");
}

MpiSession::~MpiSession() {
  MPI_Finalize();
}

Communicator::Communicator(std::shared_ptr<const MPI_Comm> handle) : handle_(std::move(handle)) {
  MPI_Comm_rank(*handle_, &rank_);
  MPI_Comm_size(*handle_, &size_);
}

Communicator Communicator::world() {
  return Communicator(std::make_shared<const MPI_Comm>(MPI_COMM_WORLD));
}

Communicator Communicator::owning(MPI_Comm made) {
  const auto release = [](const MPI_Comm* own) {
    int finished = 0;
    MPI_Finalized(&finished);
    MPI_Comm handle = *own;
    if (finished == 0) MPI_Comm_free(&handle);
    delete own;  // NOLINT(cppcoreguidelines-owning-memory): the deleter of a shared pointer
  };
  return Communicator(std::shared_ptr<const MPI_Comm>(
      new MPI_Comm{made},  // NOLINT(cppcoreguidelines-owning-memory): handed to the pointer
      release));
}

Communicator Communicator::split(int colour) const {
  MPI_Comm part = MPI_COMM_NULL;
  MPI_Comm_split(*handle_, colour, rank_, &part);
  return owning(part);
}

Communicator Communicator::split_by_machine() const {
  MPI_Comm part = MPI_COMM_NULL;
  MPI_Comm_split_type(*handle_, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &part);
  return owning(part);
}

int Communicator::max_of(int value) const {
  int greatest = value;
  MPI_Allreduce(&value, &greatest, 1, MPI_INT, MPI_MAX, *handle_);
  return greatest;
}

double Communicator::max_of(double value) const {
  double greatest = value;
  MPI_Allreduce(&value, &greatest, 1, MPI_DOUBLE, MPI_MAX, *handle_);
  return greatest;
}

std::uint64_t Communicator::sum_of(std::uint64_t value) const {
  std::uint64_t sum = value;
  MPI_Allreduce(&value, &sum, 1, MPI_UINT64_T, MPI_SUM, *handle_);
  return sum;
}

void Communicator::barrier() const {
  MPI_Barrier(*handle_);
}

std::string Communicator::broadcast(const std::string& text, int root) const {
  auto length = static_cast<int>(text.size());
  MPI_Bcast(&length, 1, MPI_INT, root, *handle_);
  std::string received = text;
  received.resize(static_cast<std::size_t>(length));
  MPI_Bcast(received.data(), length, MPI_CHAR, root, *handle_);
  return received;
}

void Communicator::broadcast(std::span<double> numbers, int root) const {
  MPI_Bcast(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, root, *handle_);
}

void Communicator::sum_disjoint(std::span<double> numbers) const {
  MPI_Allreduce(MPI_IN_PLACE, numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, MPI_SUM,
                *handle_);
}

void Communicator::collect(std::span<const double> own, std::span<double> whole,
                           std::span<const std::size_t> ends) const {
  constexpr std::size_t most_at_once = 1U << 30U;  // MPI counts in int
  constexpr int tag = 1;
  if (rank_ > 0) {
    for (std::size_t at = 0; at < own.size(); at += most_at_once)
      MPI_Send(own.data() + at, static_cast<int>(std::min(most_at_once, own.size() - at)), MPI_DOUBLE, 0, tag,
               *handle_);
    return;
  }
  for (std::size_t rank = 1; rank < ends.size(); ++rank)
    for (std::size_t at = ends[rank - 1]; at < ends[rank]; at += most_at_once)
      MPI_Recv(whole.data() + at, static_cast<int>(std::min(most_at_once, ends[rank] - at)), MPI_DOUBLE,
               static_cast<int>(rank), tag, *handle_, MPI_STATUS_IGNORE);
}

void Communicator::throw_together(const std::string& fault, std::int64_t order) const {
  struct {
    double order;
    int rank;
  } mine{fault.empty() ? std::numeric_limits<double>::infinity() : static_cast<double>(order), rank_},
      first{};
  MPI_Allreduce(&mine, &first, 1, MPI_DOUBLE_INT, MPI_MINLOC, *handle_);
  if (first.order == std::numeric_limits<double>::infinity()) return;
  throw NumericalError(broadcast(fault, first.rank));
}

void Communicator::abort_all(int exit_code) {
  MPI_Abort(MPI_COMM_WORLD, exit_code);
  std::abort();
}

}  // namespace lantian
