// turnstile: runs a Python program under a synchronization policy.
#include "command.h"

int main(int argc, char** argv) { return turnstile::cli::run_command_line(argc, argv, turnstile::bundles()); }
