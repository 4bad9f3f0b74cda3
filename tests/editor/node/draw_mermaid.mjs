// Flowcharts and a browser on stdin → what a reader sees of each: the texts of its boxes and arrows.
import { text } from "node:stream/consumers";
import { load, resolve } from "./packages.mjs";

const { charts, browser, screenshot } = JSON.parse(await text(process.stdin));
const { default: puppeteer } = await load("puppeteer-core");
const running = await puppeteer.launch({ executablePath: browser.path, args: browser.arguments, headless: "shell" });
try {
  const page = await running.newPage();
  await page.setViewport({ width: 1600, height: 900 });
  await page.setContent("<!doctype html><body></body>");
  await page.addScriptTag({ path: resolve("mermaid/dist/mermaid.min.js") });
  const seen = await page.evaluate(async (charts) => {
    mermaid.initialize({ startOnLoad: false });
    const seen = [];
    for (const [number, chart] of charts.entries()) {
      const figure = document.createElement("figure");
      document.body.append(figure);
      figure.innerHTML = (await mermaid.render(`chart${number}`, chart)).svg;
      const all = (what) => [...figure.querySelectorAll(what)];
      const texts = (what) => all(what).map((one) => one.textContent.trim());
      seen.push({
        boxes: texts(".node"),
        arrows: texts(".edgeLabels .edgeLabel .label"),
        strange: all("script, img, image, a, iframe, math, i, b, em, strong, li, h1").length,
        is_whole: all(".node").every((one) => one.getBoundingClientRect().width > 0),
      });
    }
    return seen;
  }, charts);
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
  console.log(JSON.stringify(seen));
} finally {
  await running.close();
}
