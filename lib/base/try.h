// Early returns for Result and Status.
#ifndef MAPFILE_LIB_BASE_TRY_H_
#define MAPFILE_LIB_BASE_TRY_H_

#include "mapfile/status.h"

#define MAPFILE_TRY_CONCAT_(a, b) a##b
#define MAPFILE_TRY_NAME_(line) MAPFILE_TRY_CONCAT_(mapfile_try_, line)

// Returns the error of `expr` (a Status or Result) from this function.
#define MAPFILE_RETURN_IF_ERROR(expr)                                 \
  do {                                                                \
    if (auto mapfile_status = (expr); !mapfile_status)                \
      return ::mapfile::Fail(std::move(mapfile_status).error());      \
  } while (false)

// Declares `lhs` from the value of `expr`, or returns its error.
#define MAPFILE_ASSIGN_OR_RETURN(lhs, expr)                           \
  auto MAPFILE_TRY_NAME_(__LINE__) = (expr);                          \
  if (!MAPFILE_TRY_NAME_(__LINE__))                                   \
    return ::mapfile::Fail(                                           \
        std::move(MAPFILE_TRY_NAME_(__LINE__)).error());              \
  lhs = *std::move(MAPFILE_TRY_NAME_(__LINE__))

#endif  // MAPFILE_LIB_BASE_TRY_H_
