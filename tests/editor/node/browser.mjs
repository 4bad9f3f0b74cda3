// Unpacks the browser that a package holds into the folder for temporary files, and says how it is called.
import { load } from "./packages.mjs";

const { default: chromium } = await load("@sparticuz/chromium");
const path = await chromium.executablePath();
const { LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env; // which the package has set
console.log(JSON.stringify({ path, arguments: chromium.args, environment: { LD_LIBRARY_PATH, FONTCONFIG_PATH } }));
