/* Notes everything a program does to the files of one folder, in order, for the power-cut harness.
   Loaded with LD_PRELOAD; the folder and the log come from RECORD_FOLDER and RECORD_LOG. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

struct head { char kind; char pad[3]; int path; long long offset; long long length; };

static ssize_t (*real_write)(int, const void *, size_t);
static int journal = -1;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    folder = getenv("RECORD_FOLDER");
    const char *log = getenv("RECORD_LOG");
    if (folder && log) journal = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note_path(char kind, const char *path, const void *data, long long length, long long at) {
    if (journal < 0 || strncmp(path, folder, strlen(folder)) != 0) return;
    struct head head = {kind, {0}, (int)strlen(path), at, length};
    char *whole = malloc(sizeof head + head.path + (data ? length : 0));
    memcpy(whole, &head, sizeof head);
    memcpy(whole + sizeof head, path, head.path);
    if (data) memcpy(whole + sizeof head + head.path, data, length);
    real_write(journal, whole, sizeof head + head.path + (data ? length : 0));
    free(whole);
}

static void note(char kind, int file, const void *data, long long length, long long at) {
    char link[64], path[4096];
    if (journal < 0) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return;
    path[size] = 0;
    note_path(kind, path, data, length, at);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int file, const void *data, size_t length, off64_t at) {
    REAL(pwrite64);
    ssize_t done = real(file, data, length, at);
    if (done > 0) note('W', file, data, done, at);
    return done;
}
ssize_t pwrite(int file, const void *data, size_t length, off_t at) {
    REAL(pwrite);
    ssize_t done = real(file, data, length, at);
    if (done > 0) note('W', file, data, done, at);
    return done;
}
int fsync(int file) {
    REAL(fsync);
    int done = real(file);
    if (done == 0) note('S', file, 0, 0, 0);
    return done;
}
int fdatasync(int file) {
    REAL(fdatasync);
    int done = real(file);
    if (done == 0) note('S', file, 0, 0, 0);
    return done;
}
int ftruncate64(int file, off64_t length) {
    REAL(ftruncate64);
    int done = real(file, length);
    if (done == 0) note('T', file, 0, length, 0);
    return done;
}
int ftruncate(int file, off_t length) {
    REAL(ftruncate);
    int done = real(file, length);
    if (done == 0) note('T', file, 0, length, 0);
    return done;
}
int unlink(const char *path) {
    REAL(unlink);
    int done = real(path);
    if (done == 0) note_path('U', path, 0, 0, 0);
    return done;
}
