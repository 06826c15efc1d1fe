// A shop over HTTP under load: figures by step, and its processor time where its processes are ours to look at.
#pragma once

#include "cli/load/target_report.hpp"
#include "cli/shop_cpu.hpp"
#include "drivers/http/http_driver.hpp"

namespace lastunit::cli {

class ShopReport : public TargetReport {
   public:
    // The driver has to live as long.
    ShopReport(drivers::HttpDriver& driver, const drivers::http::Plan& plan, const std::vector<WatchedProcess>& cpu_of);

    void attach(const drivers::InitialStock& stock, const std::string& prepared) override;
    void keep_prepared(const std::string& path) override;
    double attaching_s() const override { return driver_.reading_s(); }
    std::string problem() const override { return driver_.problem(); }
    void begins() override { cpu_.start(); }
    void keep_part(const std::string& folder) override;
    void join(const drivers::InitialStock& stock, std::span<const std::string> folders) override;
    void fill(model::LoadReport& report) override;

   private:
    drivers::HttpDriver& driver_;
    const std::string promise_;  // the step
    ShopCpuMeter cpu_;
};

}  // namespace lastunit::cli
