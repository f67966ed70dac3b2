#pragma once

#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace lantian {

/// Starts MPI (only the main thread enters it) and ends it.
class MpiSession {
 public:
  MpiSession(int& argc, char**& argv);
  ~MpiSession();
  MpiSession(const MpiSession&) = delete;
  MpiSession& operator=(const MpiSession&) = delete;
};

/// A group of ranks that work together. Copies share the group.
class Communicator {
 public:
  [[nodiscard]] static Communicator world();
  /// The ranks of this group that give the same colour, in the order they have here.
  [[nodiscard]] Communicator split(int colour) const;
  /// The ranks of this group that share the memory of a machine.
  [[nodiscard]] Communicator split_by_machine() const;

  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] MPI_Comm raw() const { return *handle_; }

  [[nodiscard]] int max_of(int value) const;
  [[nodiscard]] double max_of(double value) const;
  [[nodiscard]] bool any(bool value) const { return max_of(value ? 1 : 0) != 0; }
  /// Sum modulo 2^64: exact in any order.
  [[nodiscard]] std::uint64_t sum_of(std::uint64_t value) const;
  void barrier() const;
  /// The text that rank `root` holds, on all ranks.
  [[nodiscard]] std::string broadcast(const std::string& text, int root) const;
  /// The numbers that rank `root` holds, on all ranks.
  void broadcast(std::span<double> numbers, int root) const;
  /// Element-wise sums where at most one rank contributes other than 0 to each element: exact in any order.
  void sum_disjoint(std::span<double> numbers) const;
  /// Brings the parts of an array together on the first rank.
  /// @param ends  where the part of each rank ends in it; the first begins at 0.
  /// @param own  this rank's part; that of the first rank lies in `whole` already and is not read.
  /// @param whole  the array, on the first rank.
  void collect(std::span<const double> own, std::span<double> whole, std::span<const std::size_t> ends) const;

  /// Throws NumericalError on all ranks when any rank has a fault; the sentence is that of the smallest
  /// `order`. An empty sentence means no fault here.
  void throw_together(const std::string& fault, std::int64_t order) const;

  /// Ends all ranks at once; for faults that one rank alone has met.
  [[noreturn]] static void abort_all(int exit_code);

 private:
  explicit Communicator(std::shared_ptr<const MPI_Comm> handle);
  /// Owns a communicator that was made, and frees it.
  [[nodiscard]] static Communicator owning(MPI_Comm made);
  std::shared_ptr<const MPI_Comm> handle_;
  int rank_ = 0, size_ = 1;
};

}  // namespace lantian
