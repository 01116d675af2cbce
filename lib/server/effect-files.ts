import "server-only";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { AppError } from "@/lib/app-error";

/** In the order of `node_modules`: which files of which package the browser may have. Nothing else is read. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  "@shiguredo/virtual-background/dist": [
    "selfie_segmentation.binarypb",
    "selfie_segmentation_landscape.tflite",
    "selfie_segmentation_solution_simd_wasm_bin.js",
    "selfie_segmentation_solution_simd_wasm_bin.wasm",
    "selfie_segmentation_solution_wasm_bin.js",
    "selfie_segmentation_solution_wasm_bin.wasm",
    // It is named first and asked for at every start, whichever model is chosen then.
    "selfie_segmentation.tflite",
  ],
  "@sapphi-red/web-noise-suppressor/dist": ["rnnoise.wasm", "rnnoise_simd.wasm"],
  "@sapphi-red/web-noise-suppressor/dist/rnnoise": ["workletProcessor.js"],
};

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

const PATHS = new Map(
  Object.entries(FILES).flatMap(([folder, names]) => names.map((name) => [name, `${folder}/${name}`] as const)),
);

/** What the packages for blur and noise suppression load at run time: their models and their compiled code. */
export interface EffectFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  /** Of the bytes: another version of the package is another file, and no browser mixes two of them. */
  etag: string;
}

/** @throws {AppError} `not_found` for any name that is not on the list */
export async function readEffectFile(name: string): Promise<EffectFile> {
  const path = PATHS.get(name);
  if (!path) throw new AppError("not_found", "There is no such file.");
  const bytes = new Uint8Array(await readFile(join(/* turbopackIgnore: true */ process.cwd(), "node_modules", path)));
  return {
    bytes,
    type: TYPES[extname(name)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(bytes).digest("base64url")}"`,
  };
}
