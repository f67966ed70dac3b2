#pragma once

namespace lantian {

/// Whether the address or the thread sanitizer watches this program. They reserve terabytes of addresses, so
/// that a limit of the address space (RLIMIT_AS) would end it at its next allocation.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature)
inline constexpr bool is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace lantian
