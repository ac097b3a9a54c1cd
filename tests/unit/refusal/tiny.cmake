cw_test(refusal_tiny_test
  SOURCES tiny/decode_test.cpp tiny/kernels_test.cpp tiny/live_test.cpp tiny/measure_test.cpp tiny/network_test.cpp
          tiny/objective_test.cpp tiny/shipped_test.cpp tiny/store_test.cpp tiny/view_test.cpp tiny/world_test.cpp
  DEPENDS cw_refusal_tiny cw_json)
