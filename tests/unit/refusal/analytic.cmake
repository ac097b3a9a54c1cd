cw_test(refusal_analytic_test
  SOURCES analytic/elementary_test.cpp analytic/numbers_test.cpp analytic/invariants_test.cpp analytic/metrics_test.cpp
  DEPENDS cw_refusal_analytic)
