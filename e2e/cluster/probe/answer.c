/* The program of the self-test's image: a server, a client and a way to read a file, in one static binary. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void stop(int signal_number) {
  (void)signal_number;
  _exit(0);
}

static struct sockaddr_in address_of(const char *host, const char *port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port))};
  inet_pton(AF_INET, host, &address.sin_addr);
  return address;
}

static void answer(int connection, const char *client) {
  char request[1024], name[256] = "", reply[600];
  gethostname(name, sizeof name - 1);
  int length = snprintf(reply, sizeof reply, "%s answers %s\n", name, client);
  /* Closing with an unread request would reset the connection and lose the reply. */
  if (read(connection, request, sizeof request) >= 0) write(connection, reply, (size_t)length);
  close(connection);
}

static int serve(const char *host, const char *port) {
  struct sockaddr_in address = address_of(host, port);
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 16)) return perror("serve"), 1;
  puts("serving");
  fflush(stdout);
  for (;;) {
    struct sockaddr_in client;
    socklen_t size = sizeof client;
    int connection = accept(server, (struct sockaddr *)&client, &size);
    if (connection >= 0) answer(connection, inet_ntoa(client.sin_addr));
  }
}

static int ask(const char *host, const char *port) {
  struct sockaddr_in address = address_of(host, port);
  struct timeval limit = {.tv_sec = 3};
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (connect(connection, (struct sockaddr *)&address, sizeof address)) return perror("ask"), 1;
  char reply[1024];
  write(connection, "GET / HTTP/1.0\r\n\r\n", 18);
  ssize_t length = read(connection, reply, sizeof reply);
  return length > 0 && fwrite(reply, 1, (size_t)length, stdout) == (size_t)length ? 0 : 1;
}

static int show(const char *path) {
  char content[8192];
  FILE *file = fopen(path, "r");
  if (!file) return perror(path), 1;
  return fwrite(content, 1, fread(content, 1, sizeof content, file), stdout) > 0 ? 0 : 1;
}

int main(int count, char **arguments) {
  signal(SIGTERM, stop);
  if (count == 4 && !strcmp(arguments[1], "serve")) return serve(arguments[2], arguments[3]);
  if (count == 4 && !strcmp(arguments[1], "ask")) return ask(arguments[2], arguments[3]);
  if (count == 3 && !strcmp(arguments[1], "show")) return show(arguments[2]);
  fputs("answer serve ADDRESS PORT | ask ADDRESS PORT | show FILE\n", stderr);
  return 2;
}
