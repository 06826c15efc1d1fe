// The read-out under the pointer. Without this script the page is complete but for that.
document.querySelectorAll(".day").forEach(function (day) {
  "use strict";
  const source = day.querySelector(".series");
  if (!source) return;
  const series = JSON.parse(source.textContent);
  const lines = series.lines;
  const bins = lines.length ? lines[0].v.length : 0;
  if (!bins) return;
  const plot = day.querySelector(".plot");
  const cursor = day.querySelector(".cursor");
  const outputs = Array.from(day.querySelectorAll("output"));
  const atRest = outputs.map((output) => output.textContent);
  let now = -1;

  const two = (n) => String(n).padStart(2, "0");
  const clock = (s) => (series.days ? "day " + (Math.floor(s / 86400) + 1) + ", " : "") + two(Math.floor(s / 3600) % 24) + ":" + two(Math.floor(s / 60) % 60) + (series.step < 60 ? ":" + two(Math.floor(s) % 60) : "");
  const label = (s) => (series.elapsed ? span(s) : clock(s));
  const count = (n) => Math.round(n).toLocaleString("en-US");
  function span(s) {
    if (s === 0) return "0 s";
    if (s < 0.0009995) return (s * 1e6).toFixed(s < 9.95e-6 ? 2 : s < 9.95e-5 ? 1 : 0) + " us";
    if (s < 0.9995) return (s * 1000).toFixed(s < 0.00995 ? 1 : 0) + " ms";
    if (s < 59.95) return s.toFixed(1) + " s";
    const whole = Math.round(s);
    if (whole < 3600) return Math.floor(whole / 60) + " min " + two(whole % 60) + " s";
    return Math.floor(whole / 3600) + " h " + two(Math.floor((whole % 3600) / 60)) + " min";
  }
  // A lag stands until the next message, for an hour of a day at most; where nothing came, nothing is said.
  function lagAt(values, bin) {
    for (let i = bin; i >= 0 && bin - i <= bins / 24; --i) if (values[i] !== null) return span(values[i]);
    return series.elapsed ? "-" : "no message";
  }
  function show(bin) {
    now = Math.max(0, Math.min(bins - 1, bin));
    const left = plot.offsetLeft + ((now + 0.5) / bins) * plot.offsetWidth;
    cursor.hidden = false;
    cursor.style.left = left + "px";
    cursor.firstElementChild.textContent = label(series.start + now * series.step);
    day.classList.add("reading");
    outputs.forEach((output, i) => {
      const value = lines[i].v[now];
      output.textContent = lines[i].lag ? lagAt(lines[i].v, now) : value === null ? "-" : count(value);
    });
  }
  function rest() {
    now = -1;
    cursor.hidden = true;
    day.classList.remove("reading");
    outputs.forEach((output, i) => { output.textContent = atRest[i]; });
  }
  function point(event) {
    const box = plot.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    if (share < 0 || share > 1) rest();
    else show(Math.floor(share * bins));
  }
  day.addEventListener("pointermove", point);
  day.addEventListener("pointerdown", point);
  day.addEventListener("pointerleave", rest);
  day.addEventListener("blur", rest);
  day.addEventListener("keydown", (event) => {
    const hour = Math.max(1, Math.round(3600 / series.step));
    const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -hour, PageDown: hour };
    if (event.key === "Escape") rest();
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(bins - 1);
    else if (event.key in moves) show(now < 0 ? Math.floor(bins / 2) : now + moves[event.key]);
    else return;
    event.preventDefault();
  });
});
