# find_package(Turnstile): turnstile::policies, and turnstile::conformance_kit where the tests were built.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(absl)
include(${CMAKE_CURRENT_LIST_DIR}/TurnstileTargets.cmake)
