# Every source is as clang-format 19 with the root's .clang-format would write it.
file(GLOB_RECURSE sources ${ROOT}/policies/*.h ${ROOT}/policies/*.cpp ${ROOT}/allocator/*.h ${ROOT}/allocator/*.cpp
     ${ROOT}/core/*.h ${ROOT}/core/*.cpp ${ROOT}/codegen/*.h ${ROOT}/codegen/*.cpp ${ROOT}/examples/*.h
     ${ROOT}/examples/*.cpp ${ROOT}/tests/*.h ${ROOT}/tests/*.cpp)
list(LENGTH sources count)
if(count LESS 100)
  message(FATAL_ERROR "only ${count} sources found below ${ROOT}")
endif()
execute_process(COMMAND ${CLANG_FORMAT} --dry-run -Werror ${sources} RESULT_VARIABLE result ERROR_VARIABLE output)
if(result)
  message(FATAL_ERROR "not formatted (clang-format-19 -i writes it):\n${output}")
endif()
