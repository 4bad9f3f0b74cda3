// Graphs in DOT on stdin, a JSON list of texts → the texts that the real Graphviz puts into each picture.
import { text } from "node:stream/consumers";
import { load } from "./packages.mjs";

const { instance } = await load("@viz-js/viz");
const { JSDOM } = await load("jsdom");
const graphviz = await instance();

const texts = (element) => [...element.querySelectorAll("text")].map((one) => one.textContent).join("");
const drawn = JSON.parse(await text(process.stdin)).map((graph) => {
  const svg = new JSDOM(graphviz.renderString(graph, { format: "svg" })).window.document;
  const all = (kind) => [...svg.querySelectorAll(`g.${kind}`)].map((one) => [one.querySelector("title").textContent, texts(one)]);
  return { boxes: all("node"), arrows: all("edge") };
});
console.log(JSON.stringify(drawn));
