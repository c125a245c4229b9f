add_library(project_warnings INTERFACE)
target_compile_options(project_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wformat=2 -Wimplicit-fallthrough -Wextra-semi -Wsuggest-override -Wundef -Wthread-safety
  -Wno-gnu-statement-expression-from-macro-expansion -Wno-missing-designated-field-initializers)
option(MARU_WERROR "Treat warnings as errors" OFF)
if(MARU_WERROR)
  target_compile_options(project_warnings INTERFACE -Werror)
endif()
