// A shop over HTTP under load: figures by step, and its processor time where its processes are ours to look at.
#pragma once

#include "cli/load/target_report.hpp"
#include "cli/shop_cpu.hpp"
#include "drivers/http/http_driver.hpp"

namespace lastunit::cli {

class ShopReport : public TargetReport {
   public:
    ShopReport(drivers::HttpDriver& driver, const drivers::http::Plan& plan);  // the driver has to live as long

    void begins() override { cpu_.start(); }
    void fill(model::LoadReport& report) override;

   private:
    drivers::HttpDriver& driver_;
    const std::string promise_;  // the step
    ShopCpuMeter cpu_;
};

}  // namespace lastunit::cli
