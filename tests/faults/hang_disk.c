/* Lets one kind of call into one folder never return, as a dead share does, for the silent-folder
   harness. Loaded with LD_PRELOAD; HANG_FOLDER names the folder, HANG_CALL the call, and HANG_FROM
   which of them is the first to hang. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static void hang_at(const char *call, const char *path) {
    static int seen;
    const char *folder = getenv("HANG_FOLDER"), *asked = getenv("HANG_CALL");
    const char *from = getenv("HANG_FROM");
    if (!folder || !asked || !path || strncmp(path, folder, strlen(folder)) != 0) return;
    if (strcmp(asked, call) != 0) return;
    if (__sync_add_and_fetch(&seen, 1) < (from ? atoi(from) : 1)) return;
    for (;;) pause();
}

static void hang_in(const char *call, int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return;
    path[size] = 0;
    hang_at(call, path);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

#define OPENS(name)                                             \
    int name(const char *path, int flags, ...) {                \
        REAL(name);                                             \
        va_list more;                                           \
        va_start(more, flags);                                  \
        mode_t mode = va_arg(more, mode_t);                     \
        va_end(more);                                           \
        hang_at("open", path);                                  \
        return real(path, flags, mode);                         \
    }
OPENS(open)
OPENS(open64)

#define LOOKS(name, kind)                                       \
    int name(const char *path, struct kind *found) {            \
        REAL(name);                                             \
        hang_at("stat", path);                                  \
        return real(path, found);                               \
    }
LOOKS(stat, stat)
LOOKS(stat64, stat64)
LOOKS(lstat, stat)
LOOKS(lstat64, stat64)

int fstatat(int at, const char *path, struct stat *found, int flags) {
    REAL(fstatat);
    hang_at("stat", path);
    return real(at, path, found, flags);
}
int fstatat64(int at, const char *path, struct stat64 *found, int flags) {
    REAL(fstatat64);
    hang_at("stat", path);
    return real(at, path, found, flags);
}
DIR *opendir(const char *path) {
    REAL(opendir);
    hang_at("list", path);
    return real(path);
}
int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    hang_at("mkdir", path);
    return real(path, mode);
}
int rename(const char *from, const char *to) {
    REAL(rename);
    hang_at("rename", to);
    return real(from, to);
}
int fsync(int file) {
    REAL(fsync);
    hang_in("fsync", file);
    return real(file);
}
ssize_t read(int file, void *data, size_t length) {
    REAL(read);
    hang_in("read", file);
    return real(file, data, length);
}
ssize_t write(int file, const void *data, size_t length) {
    REAL(write);
    hang_in("write", file);
    return real(file, data, length);
}
