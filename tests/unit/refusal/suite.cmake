if(TARGET cw_refusal_suite)
  cw_test(refusal_suite_test SOURCES suite/reading_test.cpp suite/prompts_test.cpp DEPENDS cw_refusal_suite)
endif()

# safety_filter.py, run by a real Python beside its prompts, prints and decides what the golden files say.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(Python3_Interpreter_FOUND)
  add_test(NAME refusal_safety_filter_test
    COMMAND ${CMAKE_COMMAND} -DPYTHON=${Python3_EXECUTABLE} -DROOT=${PROJECT_SOURCE_DIR}
      -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}/safety_filter -P ${CMAKE_CURRENT_SOURCE_DIR}/suite/safety_filter.cmake)
else()
  message(STATUS "refusal_safety_filter_test is left out: no python3 here to run safety_filter.py")
endif()
