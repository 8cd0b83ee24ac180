// Runs a fuzz target without libFuzzer, as a test: every file of the folders
// that are given, then a fixed number of mutations of them, the same in every
// run. What breaks it is left in a file.
//
//     open_fuzz_test [--mutations=N] FOLDER...
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using Bytes = std::vector<std::uint8_t>;

extern "C" {
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                             std::size_t max_size);
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
[[gnu::weak]] std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                                  std::size_t size,
                                                  std::size_t max_size,
                                                  unsigned seed);
[[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());
}

namespace {

constexpr std::size_t kMaxInput = 4096;
// Of a hostile count or size nobody allocates anything near to this.
constexpr long kMaxMemoryKib = 1 << 20;

std::minstd_rand g_random(1);
Bytes g_input;

// Only what a signal handler may call.
void KeepInput() {
  const char* folder = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR");
  if (folder != nullptr && chdir(folder) != 0) return;
  const int fd = open("fuzz-input", O_CREAT | O_WRONLY | O_TRUNC, 0644);
  if (fd < 0) return;
  const bool kept = write(fd, g_input.data(), g_input.size()) ==
                    static_cast<ssize_t>(g_input.size());
  constexpr char kSaid[] = "the input is in the file fuzz-input\n";
  if (kept && write(STDERR_FILENO, kSaid, sizeof(kSaid) - 1) < 0) return;
  close(fd);
}

void OnSignal(int signal) {
  KeepInput();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

Bytes ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Bytes> ReadSeeds(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> seeds;
  for (const auto& path : paths) seeds.push_back(ReadAll(path));
  return seeds;
}

void RunOne(Bytes input) {
  g_input = std::move(input);
  // A copy: reading behind its end is found out.
  const Bytes copy(g_input.begin(), g_input.end());
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

Bytes Mutated(const std::vector<Bytes>& seeds) {
  Bytes input = seeds[g_random() % seeds.size()];
  const std::size_t size = std::min(input.size(), kMaxInput);
  input.resize(kMaxInput);
  std::size_t mutated = size;
  for (auto n = 1 + g_random() % 4; n > 0; --n) {
    mutated = LLVMFuzzerCustomMutator != nullptr
                  ? LLVMFuzzerCustomMutator(input.data(), mutated, kMaxInput,
                                            g_random())
                  : LLVMFuzzerMutate(input.data(), mutated, kMaxInput);
  }
  input.resize(mutated);
  return input;
}

long PeakMemoryKib() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size) {
  auto* const end = data + size;
  const std::size_t at = size == 0 ? 0 : g_random() % size;
  const auto byte = static_cast<std::uint8_t>(g_random());
  switch (size == 0 ? 2 : g_random() % 5) {
    case 0: data[at] ^= static_cast<std::uint8_t>(1 << byte % 8); return size;
    case 1: data[at] = byte; return size;
    case 2:
      if (size == max_size) return size;
      std::copy_backward(data + at, end, end + 1);
      data[at] = byte;
      return size + 1;
    case 3: std::copy(data + at + 1, end, data + at); return size - 1;
    default: {
      const std::size_t from = g_random() % size;
      const std::size_t n = std::min(g_random() % 8, size - std::max(at, from));
      std::memmove(data + at, data + from, n);
      return size;
    }
  }
}

int main(int argc, char** argv) {
  long mutations = 20000;
  std::vector<Bytes> seeds;
  for (int i = 1; i < argc; ++i) {
    constexpr std::string_view kMutations = "--mutations=";
    const std::string_view word = argv[i];
    if (word.starts_with(kMutations)) {
      mutations = std::atol(argv[i] + kMutations.size());
      continue;
    }
    for (Bytes& seed : ReadSeeds(argv[i])) seeds.push_back(std::move(seed));
  }
  if (seeds.empty()) {
    std::fprintf(stderr, "no seeds\n");
    return 2;
  }
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(&KeepInput);
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGALRM, SIGTERM}) {
    std::signal(signal, &OnSignal);
  }
  for (const Bytes& seed : seeds) RunOne(seed);
  for (long i = 0; i < mutations; ++i) RunOne(Mutated(seeds));
  std::printf("%zu seeds, %ld mutations, %ld MiB at most\n", seeds.size(),
              mutations, PeakMemoryKib() / 1024);
  if (PeakMemoryKib() <= kMaxMemoryKib) return 0;
  std::fprintf(stderr, "it took too much memory\n");
  return 1;
}
