// Values that tell by themselves whether they are one version or a mix.
#ifndef MAPFILE_TESTS_STRESS_PATTERN_H_
#define MAPFILE_TESTS_STRESS_PATTERN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/schema.h"

namespace mapfile::stress {

// The words that follow from a seed.
std::uint64_t Mix(std::uint64_t seed);
std::uint64_t SeedOf(std::string_view name, std::uint64_t writer,
                     std::uint64_t serial, std::uint64_t size);
void FillWords(std::uint64_t seed, std::span<std::uint64_t> words);
bool AreWords(std::uint64_t seed, std::span<const std::uint64_t> words);

// A streamed value. All of it follows from name, writer, serial and size.
struct Payload {
  std::string name;  // Of its record
  std::uint64_t writer = 0;
  std::uint64_t serial = 0;
  std::vector<std::uint64_t> words;
  std::string text;

  void Fill(std::string_view record, std::uint64_t by, std::uint64_t number,
            std::size_t size);
  bool IsWhole(std::string_view record) const;
};
MAPFILE_DESCRIBE(Payload, 1, name, writer, serial, words, text)

// A value that is edited in the file.
struct Block {
  std::uint64_t name_hash = 0;
  std::uint64_t writer = 0;
  std::uint64_t serial = 0;
  std::uint64_t words[29] = {};

  void Fill(std::string_view record, std::uint64_t by, std::uint64_t number);
  bool IsWhole(std::string_view record) const;
};
MAPFILE_DESCRIBE(Block, 1, name_hash, writer, serial, words)

// A title of the file; which one it is, if it is one.
std::string MakeTitle(std::uint64_t number);
bool IsTitle(std::string_view title);

}  // namespace mapfile::stress

#endif  // MAPFILE_TESTS_STRESS_PATTERN_H_
