cw_test(refusal_tiny_test
  SOURCES tiny/kernels_test.cpp tiny/network_test.cpp tiny/objective_test.cpp tiny/store_test.cpp tiny/world_test.cpp
  DEPENDS cw_refusal_tiny)
