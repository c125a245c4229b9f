// Stopwatches, medians and the resources of a child process.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace maru::bench {

class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

double process_cpu_seconds();  // of all threads
double thread_cpu_seconds();   // of this thread
double resident_mib();         // of this process, now
double median(std::vector<double> values);

struct ProcessRun {
    int exit_code = 0;
    double seconds = 0;      // start to end, as a user waits
    double cpu_seconds = 0;  // user and system
    double peak_mib = 0;     // resident
};

// Runs a program with its output thrown away. An error when it cannot be started or ends with a code above
// `highest_code`.
Result<ProcessRun> run_process(const std::vector<std::string>& arguments, int highest_code = 0);

// Bytes of all files below a folder.
std::uintmax_t bytes_below(const std::filesystem::path& folder);

}  // namespace maru::bench
