// A library for LD_PRELOAD that lets calls which write below one folder fail, as a full or a broken disk
// does.
//
//   LANTIAN_FAILING_FOLDER  only files below it count
//   LANTIAN_FAILING_LOG     takes a line "NUMBER CALL PATH" of each call that counts
//   LANTIAN_FAILING_FIRST   the number of the first call that fails; without it none does
//   LANTIAN_FAILING_LAST    the number of the last one
//   LANTIAN_FAILING_ERRNO   what the call then says
//
// Counted are write and its kin, fsync, rename, ftruncate, fallocate, and the close of a file open for
// writing. A call that fails does nothing, but for close, which gives up the descriptor as Linux does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long number_in(const char* variable, long otherwise) {
  const char* text = getenv(variable);
  return text == NULL ? otherwise : strtol(text, NULL, 10);
}

/// Counts a call on `path`. Returns the errno it must fail with, or 0.
static int fault_of(const char* call, const char* path) {
  static atomic_long count;
  const char* folder = getenv("LANTIAN_FAILING_FOLDER");
  if (folder == NULL || strncmp(path, folder, strlen(folder)) != 0) return 0;
  const long number = atomic_fetch_add(&count, 1) + 1;
  const char* log = getenv("LANTIAN_FAILING_LOG");
  if (log != NULL) {
    char line[PATH_MAX + 64];
    const int length = snprintf(line, sizeof(line), "%ld %s %s\n", number, call, path);
    const long file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file >= 0) {
      syscall(SYS_write, file, line, length);
      syscall(SYS_close, file);
    }
  }
  const long first = number_in("LANTIAN_FAILING_FIRST", LONG_MAX);
  if (number < first || number > number_in("LANTIAN_FAILING_LAST", first)) return 0;
  return (int)number_in("LANTIAN_FAILING_ERRNO", ENOSPC);
}

/// The same for an open file, by the name it was opened under.
static int fault_of_file(const char* call, int file) {
  const int before = errno;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof(path) - 1);
  errno = before;
  if (length < 0) return 0;
  path[length] = '\0';
  return fault_of(call, path);
}

/// Defines `name(int file, ...)`: fails when its turn has come, else calls the real one.
#define FAILING_CALL(result, name, parameters, arguments)         \
  result name parameters {                                        \
    static result(*real) parameters;                              \
    if (real == NULL) *(void**)(&real) = dlsym(RTLD_NEXT, #name); \
    const int fault = fault_of_file(#name, file);                 \
    if (fault == 0) return real arguments;                        \
    errno = fault;                                                \
    return -1;                                                    \
  }

FAILING_CALL(ssize_t, write, (int file, const void* from, size_t count), (file, from, count))
FAILING_CALL(ssize_t, pwrite, (int file, const void* from, size_t count, off_t at), (file, from, count, at))
FAILING_CALL(ssize_t, pwrite64, (int file, const void* from, size_t count, off64_t at),
             (file, from, count, at))
FAILING_CALL(ssize_t, writev, (int file, const struct iovec* from, int count), (file, from, count))
FAILING_CALL(ssize_t, pwritev, (int file, const struct iovec* from, int count, off_t at),
             (file, from, count, at))
FAILING_CALL(ssize_t, pwritev64, (int file, const struct iovec* from, int count, off64_t at),
             (file, from, count, at))
FAILING_CALL(int, fsync, (int file), (file))
FAILING_CALL(int, fdatasync, (int file), (file))
FAILING_CALL(int, ftruncate, (int file, off_t length), (file, length))
FAILING_CALL(int, ftruncate64, (int file, off64_t length), (file, length))
FAILING_CALL(int, fallocate, (int file, int mode, off_t from, off_t count), (file, mode, from, count))
FAILING_CALL(int, fallocate64, (int file, int mode, off64_t from, off64_t count), (file, mode, from, count))

int close(int file) {
  static int (*real)(int);
  if (real == NULL) *(void**)(&real) = dlsym(RTLD_NEXT, "close");
  const int flags = fcntl(file, F_GETFL);
  const int fault = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY ? fault_of_file("close", file) : 0;
  const int status = real(file);
  if (fault == 0) return status;
  errno = fault;
  return -1;
}

/// Defines a call that is given a path.
#define FAILING_PATH_CALL(name, parameters, arguments, path)                      \
  int name parameters {                                                           \
    static int(*real) parameters;                                                 \
    if (real == NULL) *(void**)(&real) = dlsym(RTLD_NEXT, #name);                 \
    char whole[PATH_MAX];                                                         \
    const int fault = realpath(path, whole) == NULL ? 0 : fault_of(#name, whole); \
    if (fault == 0) return real arguments;                                        \
    errno = fault;                                                                \
    return -1;                                                                    \
  }

FAILING_PATH_CALL(rename, (const char* from, const char* to), (from, to), from)
FAILING_PATH_CALL(truncate, (const char* path, off_t length), (path, length), path)
FAILING_PATH_CALL(truncate64, (const char* path, off64_t length), (path, length), path)
