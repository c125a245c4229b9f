# One folder under src/ = one static library = one namespace maru::<name>. A header placed directly in src/<name>/ is
# spelled "<name>/x.hpp" and can be found only by targets that list <name> in DEPS, so an include that points upwards
# does not compile. Headers in subfolders are the room's own.
set_property(GLOBAL PROPERTY GLOBAL_DEPENDS_NO_CYCLES ON)

function(module name)
  cmake_parse_arguments(arg "" "" "DEPS;PRIVATE_DEPS" ${ARGN})
  set(here ${CMAKE_CURRENT_SOURCE_DIR})
  set(view ${CMAKE_BINARY_DIR}/view/${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${here}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  file(GLOB headers RELATIVE ${here} CONFIGURE_DEPENDS ${here}/*.hpp)
  file(REMOVE_RECURSE ${view})
  file(MAKE_DIRECTORY ${view}/${name})
  foreach(header IN LISTS headers)
    file(CREATE_LINK ${here}/${header} ${view}/${name}/${header} SYMBOLIC)
  endforeach()
  list(TRANSFORM headers PREPEND ${view}/${name}/)
  if(NOT sources)  # a room that has only headers so far
    file(TOUCH ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(${name} STATIC ${sources})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${view} FILES ${headers})
  target_include_directories(${name} PRIVATE ${here})
  target_link_libraries(${name} PUBLIC ${arg_DEPS} PRIVATE ${arg_PRIVATE_DEPS} project_warnings)
endfunction()

# Tests of one room: tests/<room>/*_test.cpp, one binary <room>_test, found by ctest case by case.
function(room_test room)
  cmake_parse_arguments(arg "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${room}_test ${sources})
  target_link_libraries(${room}_test PRIVATE ${room} ${arg_DEPS} project_warnings GTest::gtest GTest::gmock GTest::gtest_main)
  target_include_directories(${room}_test PRIVATE ${CMAKE_SOURCE_DIR})  # what test programs share: "tests/<room>/x.hpp"
  target_compile_definitions(${room}_test PRIVATE MARU_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(${room}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
