#include "tools/common/arguments.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::tools {
namespace {

// CLI11 takes "[a,b]" and "{}" for lists. Here they are globs, values and
// names, so words hide behind a character that it doesn't know.
constexpr char kHidden = '\x01';

std::string Hide(const char* word) {
  return *word == '-' ? std::string(word) : kHidden + std::string(word);
}

std::string_view Reveal(std::string_view word) {
  if (word.starts_with(kHidden)) word.remove_prefix(1);
  return word;
}

std::string RevealAll(std::string message) {
  std::erase(message, kHidden);
  return message;
}

// "-l, --long" of "-l,--long", with the word for a value behind it.
std::string Shown(std::string names, const std::string& word) {
  const std::size_t comma = names.find(',');
  if (comma != std::string::npos) names.insert(comma + 1, " ");
  return word.empty() ? names : names + " " + word;
}

// The message about the first of the words left over that is an option.
std::optional<std::string> UnknownOption(
    const std::vector<std::string>& left_over) {
  for (const std::string& word : left_over) {
    if (word == "--") break;  // No options behind it
    if (word.size() < 2 || word[0] != '-') continue;
    return "there is no option " + text::Quote(word);
  }
  return std::nullopt;
}

// What is wrong with words that nothing takes: an option explains those
// behind it.
std::string LeftOver(const std::vector<std::string>& words) {
  if (const auto option = UnknownOption(words)) return *option;
  const auto word = std::find_if(words.begin(), words.end(),
                                 [](const auto& w) { return w != "--"; });
  return "unexpected argument " +
         text::Quote(word == words.end() ? "--" : RevealAll(*word));
}

// What CLI11 found wrong, in our words.
std::string Describe(const CLI::ParseError& error) {
  std::string what = RevealAll(error.what());
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return what.substr(0, what.find(' ')) + " is missing";
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) == nullptr) {
    return what;
  }
  const std::size_t colon = what.find(':');
  if (what.starts_with("-") && colon != std::string::npos) {
    return what.substr(0, colon) + " needs a value";
  }
  const std::size_t blank = what.find(" was given");  // An override
  if (blank == std::string::npos) return what;
  return "--" + what.substr(0, blank) + " takes no value";
}

Status ParseCount(std::string_view text, std::uint64_t* value) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, *value);
  if (error == std::errc() && stop == end) return {};
  return Fail(Code::kInvalidArgument,
              text::Quote(text) + " is not a whole number from 0 on");
}

}  // namespace

Arguments::Arguments(std::string tool, std::string summary)
    : app_(std::make_unique<CLI::App>()) {
  help_.tool = std::move(tool);
  help_.summary = std::move(summary);
  app_->set_help_flag();
}

Arguments::~Arguments() = default;

void Arguments::Flag(const std::string& names, bool* value,
                     const std::string& help) {
  // With an override "--json=x" is an exception that no ParseError is.
  app_->add_flag_function(names, [value](std::int64_t) { *value = true; })
      ->disable_flag_override();
  help_.options.push_back({Shown(names, ""), help});
}

void Arguments::Option(const std::string& names, const std::string& word,
                       Setter setter, const std::string& help) {
  const std::string name = names.substr(names.find(',') + 1);
  auto* option = app_->add_option(
      names, [this, name, setter](const std::vector<std::string>& values) {
        const Status status = setter(Reveal(values.back()));
        if (!status && status_) status_ = Fail(status.error().In(name));
        return true;
      });
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  help_.options.push_back({Shown(names, word), help});
}

void Arguments::Text(const std::string& names, const std::string& word,
                     std::optional<std::string>* value,
                     const std::string& help) {
  Option(
      names, word,
      [value](std::string_view text) -> Status {
        *value = std::string(text);
        return {};
      },
      help);
}

void Arguments::Size(const std::string& names,
                     std::optional<std::uint64_t>* value,
                     const std::string& help) {
  Option(
      names, "BYTES",
      [value](std::string_view text) -> Status {
        MAPFILE_ASSIGN_OR_RETURN(*value, text::ParseSize(text));
        return {};
      },
      help);
}

void Arguments::Duration(const std::string& names,
                         std::optional<std::chrono::nanoseconds>* value,
                         const std::string& help) {
  Option(
      names, "TIME",
      [value](std::string_view text) -> Status {
        MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t ns,
                                 text::ParseDuration(text));
        // Added to a clock it must not overflow; this is 146 years.
        *value = std::chrono::nanoseconds(
            static_cast<std::int64_t>(std::min(ns, std::uint64_t{1} << 62)));
        return {};
      },
      help);
}

void Arguments::Count(const std::string& names,
                      std::optional<std::uint64_t>* value,
                      const std::string& help) {
  Option(
      names, "N",
      [value](std::string_view text) -> Status {
        std::uint64_t count = 0;
        MAPFILE_RETURN_IF_ERROR(ParseCount(text, &count));
        *value = count;
        return {};
      },
      help);
}

void Arguments::Number(const std::string& names, const std::string& word,
                       double low, double high, double* value,
                       const std::string& help) {
  Option(
      names, word,
      [low, high, value](std::string_view text) -> Status {
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, *value);
        if (error == std::errc() && stop == end && *value >= low &&
            *value <= high) {
          return {};
        }
        return Fail(Code::kInvalidArgument,
                    fmt::format("{} is not a number from {} to {}",
                                text::Quote(text), low, high));
      },
      help);
}

void Arguments::Choice(const std::string& names, const std::string& word,
                       std::vector<std::string> choices, std::string* value,
                       const std::string& help) {
  Option(
      names, word,
      [value, choices](std::string_view text) -> Status {
        if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
          return Fail(Code::kInvalidArgument,
                      fmt::format("{} is none of {}", text::Quote(text),
                                  fmt::join(choices, ", ")));
        }
        *value = std::string(text);
        return {};
      },
      fmt::format("{}: {}", help, fmt::join(choices, ", ")));
}

void Arguments::Positional(const std::string& word, std::string* value,
                           const std::string& help) {
  app_->add_option(word,
                   [value](const std::vector<std::string>& values) {
                     *value = std::string(Reveal(values.back()));
                     return true;
                   })
      ->required();
  help_.usage.push_back(word);
  help_.positionals.push_back({word, help});
}

void Arguments::OptionalPositional(const std::string& word,
                                   std::optional<std::string>* value,
                                   const std::string& help) {
  app_->add_option(word, [value](const std::vector<std::string>& values) {
    *value = std::string(Reveal(values.back()));
    return true;
  });
  help_.usage.push_back("[" + word + "]");
  help_.positionals.push_back({word, help});
}

void Arguments::List(const std::string& word, std::vector<std::string>* values,
                     const std::string& help) {
  app_->add_option(word,
                   [values](const std::vector<std::string>& words) {
                     for (const std::string& text : words) {
                       values->emplace_back(Reveal(text));
                     }
                     return true;
                   })
      ->expected(1, 1 << 29)
      ->allow_extra_args();
  help_.usage.push_back("[" + word + "...]");
  help_.positionals.push_back({word, help});
}

Terminal Arguments::Apply(Terminal terminal) const {
  if (color_ == "always") terminal.color = true;
  if (color_ == "never") terminal.color = false;
  if (ascii_) terminal.unicode = false;
  return terminal;
}

Status Arguments::Parse(int argc, const char* const* argv) {
  Common();
  std::vector<std::string> words;  // CLI11 takes them from the end
  for (int i = argc - 1; i > 0; --i) words.push_back(Hide(argv[i]));
  std::optional<std::string> wrong;
  try {
    app_->parse(std::move(words));
  } catch (const CLI::RequiredError& error) {
    // A slip in an option is more than what may have been taken for its value.
    const auto option = UnknownOption(app_->remaining());
    wrong = option ? *option : Describe(error);
  } catch (const CLI::ExtrasError&) {
    wrong = LeftOver(app_->remaining());
  } catch (const CLI::ParseError& error) {
    wrong = Describe(error);
  }
  if (wants_help_ || wants_version_) return {};
  if (wrong) return Fail(Code::kInvalidArgument, *wrong);
  MAPFILE_RETURN_IF_ERROR(status_);
  if (no_header_) output_.header = false;
  return CheckFields();
}

}  // namespace mapfile::tools
