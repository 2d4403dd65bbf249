// Whether AddressSanitizer (with its leak checker) watches this translation unit: g++ and clang say it differently.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define TURNSTILE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TURNSTILE_ASAN 1
#endif
#endif
