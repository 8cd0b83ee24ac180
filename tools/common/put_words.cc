#include "tools/common/put_words.h"

#include "lib/base/try.h"

namespace mapfile::tools {
namespace {

tl::unexpected<Error> Usage(const char* message) {
  return Fail(Code::kInvalidArgument, message);
}

}  // namespace

void PutWords::Define(Arguments& args) {
  args.Positional("FILE", &file, "the map file");
  args.OptionalPositional("NAME", &record,
                          "the record; only --schema does without");
  args.OptionalPositional("VALUE", &value,
                          "the value; -: read it from standard input");
  args.Text("-t,--type", "TYPE", &type,
            "class of the value, such as u8, bytes or vector<f64>; the "
            "record's own, or string for a new one, if not given");
  args.Text("--class", "NAME", &class_name,
            "class of the value, which is JSON, or CSV: one that the file "
            "describes, or a built-in one, such as Histogram1D");
  args.Text("--schema", "PATH", &schema,
            "enter the classes that this JSON document describes; a value "
            "is JSON, and of the first of them");
  args.Text("-i,--input", "PATH", &input, "read the value from this file");
  form_words_.Define(args, "a value of any class",
                     "it comes from mapfile-get --raw");
  args.Text("--increment", "N", &increment,
            "add N to the number that is there, in one step; a missing "
            "record starts from 0 (i64)");
  live.Define(args);
  args.Flag("--create-only", &options.create_only,
            "fail if there is such a record");
  args.Count("--if-generation", &options.if_generation,
             "fail unless this version is the current one; 0: none is");
  args.Flag("--create", &create, "make the map file if it is missing");
  args.Remark(
      "A VALUE that begins with a dash goes behind --, unless it is "
      "a number. Strings and bytes are stored exactly as given.");
}

Status PutWords::Check() {
  MAPFILE_RETURN_IF_ERROR(live.Check());
  MAPFILE_ASSIGN_OR_RETURN(form_, form_words_.Chosen());
  if (!record) {
    if (!schema) return Usage("say which record: NAME is missing");
    if (!live.are_given() && !input && !type && !class_name && !form_ &&
        !increment && !has_condition()) {
      return {};
    }
    return Usage("--schema without NAME takes --create alone");
  }
  if (live.are_given()) return CheckLive();
  if (increment) return CheckIncrement();
  if (type && class_name) return Usage("--type and --class exclude each other");
  if (Form() == ValueForm::kRaw && has_class()) {
    return Usage(
        "--raw values bring their class along: no --type, --class, --schema");
  }
  return CheckSources();
}

Status PutWords::CheckLive() const {
  if (input || (value && *value != "-")) {
    return Usage("it reads standard input, and takes no other value");
  }
  if (!form_ && !has_class() && !increment && !has_condition()) return {};
  return Usage(
      "what is filled from standard input takes --rate, --strict, --fresh "
      "and --create alone");
}

Status PutWords::CheckIncrement() const {
  if (value || input) return Usage("--increment takes no other value");
  if (!form_ && !class_name && !schema && !has_condition()) return {};
  return Usage("--increment goes with --type and --create alone");
}

Status PutWords::CheckSources() const {
  if (value && input) return Usage("VALUE and -i exclude each other");
  const bool is_document =
      Form() == ValueForm::kJson || Form() == ValueForm::kCsv;
  if (!value && !input && !is_document) {
    return Usage(
        "the value is missing: give VALUE, - to read standard "
        "input, or -i PATH");
  }
  if (schema == "-" && ValuePath() == "-") {
    return Usage("--schema and the value can't both be standard input");
  }
  return {};
}

ValueForm PutWords::Form() const {
  if (form_) return *form_;
  return class_name || schema ? ValueForm::kJson : ValueForm::kText;
}

std::optional<std::string> PutWords::ValuePath() const {
  if (input) return input;
  if (value && *value != "-") return std::nullopt;
  return "-";
}

}  // namespace mapfile::tools
