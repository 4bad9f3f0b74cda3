// Packages from build/editor, where `make editor` puts them: Node looks for them beside the script alone.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export const { resolve } = createRequire(new URL("../../../build/editor/", import.meta.url));
export const load = (name) => import(pathToFileURL(resolve(name)));
