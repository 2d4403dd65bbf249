#include "codegen/bundles/bundles.h"

namespace turnstile {

namespace {

template <class P>
std::unique_ptr<RuntimeCore> make_runtime(RuntimeOptions options) {
  return std::make_unique<Runtime<P>>(std::move(options));
}

}  // namespace

std::span<const BundleInfo> bundles() {
  static constexpr std::array<BundleInfo, 7> kBundles = {
      describe_bundle<Gil>(&make_runtime<Gil>),
      describe_bundle<Grwl>(&make_runtime<Grwl>),
      describe_bundle<Biased>(&make_runtime<Biased>),
      describe_bundle<BiasedGenerational>(&make_runtime<BiasedGenerational>),
      describe_bundle<NoSync>(&make_runtime<NoSync>),
      describe_bundle<StdSharedMutex>(&make_runtime<StdSharedMutex>),
      describe_bundle<AbslSharedMutex>(&make_runtime<AbslSharedMutex>),
  };
  return kBundles;
}

const BundleInfo* find_bundle(std::string_view name) {
  for (const BundleInfo& bundle : bundles()) {
    if (bundle.name == name) return &bundle;
  }
  return nullptr;
}

}  // namespace turnstile
