// The names of the properties that the kit checks; a violation names one, and SYNC_REFUTES asks for one.
#pragma once

namespace turnstile::kit::property {

// Safety.
inline constexpr const char* kExclusion = "exclusion";  ///< an exclusive thread is alone
inline constexpr const char* kHappensBefore =
    "happens_before";                                        ///< leaving happens before every later conflicting entry
inline constexpr const char* kRace = "race";                 ///< the lock's own plain variables
inline constexpr const char* kParallelism = "parallelism";   ///< readers meet inside while nobody stops them
inline constexpr const char* kPromotion = "promotion";       ///< atomic means that nobody wrote in between
inline constexpr const char* kOnePromoter = "one_promoter";  ///< of two that try, one wins
inline constexpr const char* kAttachedCount = "attached_count";  ///< each thread counted once, none during a stop
inline constexpr const char* kQuiescence = "quiescence";         ///< afterwards the lock is as good as new
inline constexpr const char* kFailedTry = "failed_try";          ///< a failed attempt leaves no trace
inline constexpr const char* kDestroyed = "use_after_destroy";   ///< nothing touches what may be gone
inline constexpr const char* kPollVisible = "poll_visible";  ///< polls see stops and requests, and what preceded them
inline constexpr const char* kFork = "fork";                 ///< the child's one thread can go on
inline constexpr const char* kCrash = "crash";               ///< whatever else, it does not fault
inline constexpr const char* kMisuse = "misuse";             ///< what it is made of is used as that demands
inline constexpr const char* kRegion = "region";             ///< waits only where the thread may be stopped
inline constexpr const char* kCount = "count";               ///< what is counted is neither lost nor counted twice
inline constexpr const char* kLending = "lending";           ///< a stopped thread works once at most, and in the stop
inline constexpr const char* kNesting = "nesting";           ///< a region inside a stop stays inside
// Liveness.
inline constexpr const char* kDeadlock = "deadlock";   ///< somebody waits forever
inline constexpr const char* kLostWake = "lost_wake";  ///< somebody sleeps although what it waits for has come
inline constexpr const char* kPreference = "writer_preference";  ///< a waiting stop is overtaken by at most B entries
inline constexpr const char* kProgress = "reader_progress";      ///< who waits is not overtaken by later stops
// The kit's own.
inline constexpr const char* kDeterminism = "determinism";
inline constexpr const char* kLimits = "limits";

}  // namespace turnstile::kit::property
