// The words of mapfile-put, apart from those that fill objects live.
#ifndef MAPFILE_TOOLS_COMMON_PUT_WORDS_H_
#define MAPFILE_TOOLS_COMMON_PUT_WORDS_H_

#include <optional>
#include <string>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "tools/common/arguments.h"
#include "tools/common/live_words.h"
#include "tools/common/value_form.h"

namespace mapfile::tools {

struct PutWords {
  void Define(Arguments& args);
  // InvalidArgument: words that contradict each other, or too few of them.
  // To be called before the rest.
  [[nodiscard]] Status Check();

  // In what form the value comes: JSON where a class is given.
  ValueForm Form() const;
  // Where the value is read from; none: it is a word.
  std::optional<std::string> ValuePath() const;

  std::string file;
  std::optional<std::string> record;
  std::optional<std::string> value;
  std::optional<std::string> type;
  std::optional<std::string> class_name;
  std::optional<std::string> schema;
  std::optional<std::string> input;
  std::optional<std::string> increment;
  LiveWords live;
  PutOptions options;
  bool create = false;

 private:
  Status CheckLive() const;
  Status CheckIncrement() const;
  Status CheckSources() const;
  bool has_class() const { return type || class_name || schema; }
  bool has_condition() const {
    return options.create_only || options.if_generation;
  }

  FormWords form_words_;
  std::optional<ValueForm> form_;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_PUT_WORDS_H_
