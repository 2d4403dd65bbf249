extern "C" int turnstile_llvm_placeholder() { return 0; }
