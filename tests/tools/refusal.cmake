if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/tiny.cmake)
  cw_tool(cwlab SOURCES cwlab.cpp cwlab_analytic.cpp cwlab_settings.cpp cwlab_suite.cpp
    DEPENDS cw_refusal_suite cw_lab_tiny)
  add_test(NAME cwlab_golden_test
    COMMAND ${CMAKE_COMMAND} -DCWLAB=$<TARGET_FILE:cwlab> -DROOT=${PROJECT_SOURCE_DIR}
      -DGOLDEN=${PROJECT_SOURCE_DIR}/tests/golden/refusal/cwlab -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}/cwlab_golden
      -P ${CMAKE_CURRENT_LIST_DIR}/refusal/golden.cmake)
endif()
