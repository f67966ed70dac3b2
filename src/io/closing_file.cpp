#include "lantian/io/closing_file.hpp"

namespace lantian {

namespace {

// volatile: a signal handler of the same thread reads them.
const char* volatile closing_path = nullptr;
const char* volatile closing_temporary = nullptr;

}  // namespace

ClosingFile::ClosingFile(const char* path, const char* temporary) {
  closing_temporary = temporary;
  closing_path = path;
}

ClosingFile::~ClosingFile() {
  closing_path = nullptr;
  closing_temporary = nullptr;
}

const char* ClosingFile::path() {
  return closing_path;
}

const char* ClosingFile::temporary() {
  return closing_temporary;
}

}  // namespace lantian
