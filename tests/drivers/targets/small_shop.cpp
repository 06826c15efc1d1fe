// The smallest shop that can be a target: it stands where Node.js does. `prepare` notes what it was told, `serve PORT` answers
// every request with 200, `warm_up` succeeds, `fail` says why and does not.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

std::string told(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

int serve(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(socket, 16) != 0) return 1;
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    for (;;) {
        const int client = ::accept(socket, nullptr, nullptr);
        if (client < 0) return 1;
        char request[1024];
        if (::read(client, request, sizeof request) > 0 && ::write(client, answer.data(), answer.size()) < 0) std::puts("gone");
        ::close(client);
    }
}

}  // namespace

int main(int count, char** words) {
    const std::string what = count > 1 ? words[1] : "";
    if (what == "serve" && count > 2) return serve(std::atoi(words[2]));
    if (what == "prepare")
        std::ofstream(told("LASTUNIT_RUN_FOLDER") + "/prepared")
            << told("LASTUNIT_DATABASE_URL").substr(0, 11) << ' ' << told("LASTUNIT_STOCK");
    if (what == "fail") std::fputs("the shelves are crooked\n", stderr);
    return what == "prepare" || what == "warm_up" ? 0 : 1;
}
