cw_test(refusal_analytic_test
  SOURCES analytic_elementary_test.cpp analytic_numbers_test.cpp analytic_invariants_test.cpp
  DEPENDS cw_refusal_analytic)
