#include "tests/stress/pattern.h"

#include <charconv>

namespace mapfile::stress {
namespace {

std::string TextOf(std::uint64_t seed) {
  std::string text(seed % 97, '\0');
  for (char& c : text) {
    seed = Mix(seed);
    c = static_cast<char>('a' + seed % 26);
  }
  return text;
}

}  // namespace

std::uint64_t Mix(std::uint64_t seed) {
  seed += 0x9e3779b97f4a7c15;
  seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9;
  seed = (seed ^ (seed >> 27)) * 0x94d049bb133111eb;
  return seed ^ (seed >> 31);
}

std::uint64_t SeedOf(std::string_view name, std::uint64_t writer,
                     std::uint64_t serial, std::uint64_t size) {
  std::uint64_t seed = 1;
  for (const char c : name) seed = Mix(seed ^ static_cast<unsigned char>(c));
  return Mix(Mix(Mix(seed ^ writer) ^ serial) ^ size);
}

void FillWords(std::uint64_t seed, std::span<std::uint64_t> words) {
  for (std::uint64_t& word : words) word = seed = Mix(seed);
}

bool AreWords(std::uint64_t seed, std::span<const std::uint64_t> words) {
  for (const std::uint64_t word : words) {
    if (word != (seed = Mix(seed))) return false;
  }
  return true;
}

void Payload::Fill(std::string_view record, std::uint64_t by,
                   std::uint64_t number, std::size_t size) {
  name = record;
  writer = by;
  serial = number;
  words.resize(size);
  const std::uint64_t seed = SeedOf(name, writer, serial, size);
  FillWords(seed, words);
  text = TextOf(seed);
}

bool Payload::IsWhole(std::string_view record) const {
  const std::uint64_t seed = SeedOf(name, writer, serial, words.size());
  return name == record && AreWords(seed, words) && text == TextOf(seed);
}

void Block::Fill(std::string_view record, std::uint64_t by,
                 std::uint64_t number) {
  name_hash = SeedOf(record, 0, 0, 0);
  writer = by;
  serial = number;
  FillWords(SeedOf(record, writer, serial, 0), words);
}

bool Block::IsWhole(std::string_view record) const {
  return name_hash == SeedOf(record, 0, 0, 0) &&
         AreWords(SeedOf(record, writer, serial, 0), words);
}

std::string MakeTitle(std::uint64_t number) {
  return "title " + std::to_string(number) + " " + TextOf(Mix(number));
}

bool IsTitle(std::string_view title) {
  constexpr std::string_view kBegin = "title ";
  if (!title.starts_with(kBegin)) return false;
  std::uint64_t number = 0;
  const char* const begin = title.data() + kBegin.size();
  std::from_chars(begin, title.data() + title.size(), number);
  return title == MakeTitle(number);
}

}  // namespace mapfile::stress
