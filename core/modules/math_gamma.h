// math.gamma and math.lgamma, to the last bit as CPython computes them.
#pragma once

namespace turnstile {

/// Finite x, no pole. Infinite: too large.
double gamma_of(double x);
double log_gamma_of(double x);

}  // namespace turnstile
