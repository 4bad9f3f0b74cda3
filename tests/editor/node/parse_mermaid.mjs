// Flowcharts on stdin, a JSON list of texts → what the real Mermaid reads in each: its boxes and arrows.
import { text } from "node:stream/consumers";
import { load } from "./packages.mjs";

const { JSDOM } = await load("jsdom");
globalThis.window = new JSDOM("").window; // which Mermaid cleans texts with
globalThis.document = window.document;
const { default: mermaid } = await load("mermaid");

const read = [];
for (const chart of JSON.parse(await text(process.stdin))) {
  await mermaid.parse(chart);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
  read.push({
    boxes: [...db.getVertices().values()].map((box) => [box.id, box.text]),
    arrows: db.getEdges().map((arrow) => [arrow.start, arrow.text, arrow.end]),
    other: db.getSubGraphs().length + db.getClasses().size,
  });
}
console.log(JSON.stringify(read));
