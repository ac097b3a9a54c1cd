# cw_fuzz(NAME SOURCES ... DEPENDS ...): a fuzz target; its sources define LLVMFuzzerTestOneInput. Its corpus is
# tests/fuzz/corpus/NAME.
#
#   -DCW_FUZZ=ON   NAME_fuzz is a libFuzzer program (.github/scripts/fuzz runs them all)
#   otherwise      NAME_fuzz runs every file of the corpus once, as a test of CTest
if(CW_FUZZ)
  # clang 14 cannot put both its coverage and the signatures of this check beside a coroutine.
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=function)
endif()

function(cw_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}_fuzz ${ARG_SOURCES})
  target_compile_options(${name}_fuzz PRIVATE ${CW_WARNINGS} ${CW_FLAGS} -fno-exceptions)
  target_link_libraries(${name}_fuzz PRIVATE ${ARG_DEPENDS})
  if(CW_FUZZ)
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${name}_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
    add_test(NAME ${name}_fuzz COMMAND ${name}_fuzz ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
  endif()
endfunction()
