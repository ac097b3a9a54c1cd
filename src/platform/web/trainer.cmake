# The training worker's modules: the little model alone, with SIMD and without, as bare .wasm files (no JavaScript of
# their own). They are loaded when the refusal lab is first shown; the engine has no part of them.
get_target_property(tiny_sources cw_refusal_tiny SOURCES)
get_target_property(tiny_folder cw_refusal_tiny SOURCE_DIR)
list(TRANSFORM tiny_sources PREPEND ${tiny_folder}/)

foreach(kind simd scalar)
  add_executable(trainer_${kind} ${CMAKE_CURRENT_SOURCE_DIR}/web/trainer.cpp ${tiny_sources})
  set_target_properties(trainer_${kind} PROPERTIES OUTPUT_NAME ${kind} SUFFIX .wasm
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/trainer)
  target_compile_options(trainer_${kind} PRIVATE ${CW_WARNINGS} ${CW_FLAGS} -fno-exceptions -fno-math-errno -O2)
  target_link_libraries(trainer_${kind} PRIVATE cw_ground)
  target_link_options(trainer_${kind} PRIVATE -O2 -flto --no-entry -sSTANDALONE_WASM -sFILESYSTEM=0
    -sALLOW_MEMORY_GROWTH -sMALLOC=emmalloc -sASSERTIONS=0 -sDISABLE_EXCEPTION_THROWING=1 -sSUPPORT_LONGJMP=0
    -sEXPORTED_FUNCTIONS=_malloc,_free,_cw_trainer_create,_cw_trainer_receive,_cw_trainer_work,_cw_trainer_report,_cw_trainer_bytes)
endforeach()
target_compile_options(trainer_simd PRIVATE -msimd128)
