// page/dashboard/watch.ts
var INTERVAL = 2e3;
function watch({ setTriggerValue }) {
  const timer = setInterval(() => {
    const moving = document.documentElement.dataset.map === "moving";
    if (!moving && document.visibilityState === "visible") setTriggerValue("look", Date.now());
  }, INTERVAL);
  return () => clearInterval(timer);
}
export {
  watch as default
};
