#include "measure.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <fstream>

extern char** environ;

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double clock_seconds(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

Result<pid_t> spawn(const std::vector<std::string>& arguments) {
    std::vector<char*> words;
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int error = ::posix_spawn(&child, words.front(), &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0) return child;
    return fail(ErrorKind::unavailable,
                {fmt::format("{} を起動できません: {}", arguments.front(), std::strerror(error)),
                 fmt::format("cannot start {}: {}", arguments.front(), std::strerror(error))});
}

}  // namespace

double process_cpu_seconds() { return clock_seconds(CLOCK_PROCESS_CPUTIME_ID); }

double thread_cpu_seconds() { return clock_seconds(CLOCK_THREAD_CPUTIME_ID); }

// /proc/self/statm: sizes in pages.
double resident_mib() {
    std::ifstream statm("/proc/self/statm");
    double size = 0, resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

Result<ProcessRun> run_process(const std::vector<std::string>& arguments, int highest_code) {
    const Stopwatch watch;
    const pid_t child = TRY(spawn(arguments));
    int status = 0;
    rusage usage{};
    if (::wait4(child, &status, 0, &usage) != child)
        return fail(ErrorKind::internal, {"子プロセスを待てません。", "cannot wait for the child process"});
    ProcessRun run;
    run.seconds = watch.seconds();
    run.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    run.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (run.exit_code >= 0 && run.exit_code <= highest_code) return run;
    return fail(ErrorKind::internal,
                {fmt::format("{} が終了コード {} で終わりました。", join(arguments, " "), run.exit_code),
                 fmt::format("{} ended with code {}", join(arguments, " "), run.exit_code)});
}

std::uintmax_t bytes_below(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) bytes += entry.file_size();
    return bytes;
}

}  // namespace maru::bench
