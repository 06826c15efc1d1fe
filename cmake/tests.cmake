# lastunit_tests(core SOURCES a_test.cpp ... LINK lastunit_core): the executable lastunit_core_tests, one ctest entry.
find_package(Catch2 2 REQUIRED)

if(NOT TARGET lastunit_test_main)
  add_library(lastunit_test_main STATIC ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
  target_link_libraries(lastunit_test_main PUBLIC Catch2::Catch2)
  target_compile_options(lastunit_test_main PRIVATE -O0)
  target_include_directories(lastunit_test_main PUBLIC ${PROJECT_SOURCE_DIR})
endif()

function(lastunit_tests name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(lastunit_${name}_tests ${ARG_SOURCES})
  # The code under test keeps its optimisation; the tests themselves compile in half the time.
  target_compile_options(lastunit_${name}_tests PRIVATE ${LASTUNIT_WARNINGS} -O1)
  target_link_libraries(lastunit_${name}_tests PRIVATE lastunit_test_main ${ARG_LINK})
  target_compile_definitions(lastunit_${name}_tests PRIVATE
    LASTUNIT_SOURCE_DIR="${PROJECT_SOURCE_DIR}" LASTUNIT_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND lastunit_${name}_tests)
endfunction()
