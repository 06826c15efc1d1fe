// A certificate for localhost that signs itself, for tests alone; valid for a hundred years.
#pragma once

namespace lastunit::drivers::tests {

inline constexpr const char* kCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUKmqPf0cErKM/UX0XNF3W3Qv7/x0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAxNTQxOFoYDzIxMjYxMTAy
MDE1NDE4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASlVYZ7zCiYs/olD/yFq7g/p1awXYoHJB+OnfAi0NUct5fYATstkNJO
9bl7yUwERAooBO0KdooD+BdCCqwgKOgoo28wbTAdBgNVHQ4EFgQU4VmZUVs5p3ct
C3ql8g37WYfIMYwwHwYDVR0jBBgwFoAU4VmZUVs5p3ctC3ql8g37WYfIMYwwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhANlHAfIoPcjdUTsZGt+yh8PygYrueoCV2uPZmebDRM/KAiAb
4JbgR+QDYNhmHYrJenOf82P326+BSFomr9MW2neEeA==
-----END CERTIFICATE-----
)";

inline constexpr const char* kPrivateKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkUSo06EMXn4b8In+
vhc/d7ZVQRmxoPSlY8IwVovZbBGhRANCAASlVYZ7zCiYs/olD/yFq7g/p1awXYoH
JB+OnfAi0NUct5fYATstkNJO9bl7yUwERAooBO0KdooD+BdCCqwgKOgo
-----END PRIVATE KEY-----
)";

}  // namespace lastunit::drivers::tests
