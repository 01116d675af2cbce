import { afterEach, beforeEach, expect, it } from "vitest";
import { TestServer } from "./test-server";

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
});
afterEach(() => server.stop());

const get = (file: string, headers: Record<string, string> = {}) =>
  server.request("GET", `/api/effects/${file}`, { headers });

it.each([
  ["selfie_segmentation_landscape.tflite", "application/octet-stream"],
  ["selfie_segmentation_solution_simd_wasm_bin.wasm", "application/wasm"],
  ["rnnoise_simd.wasm", "application/wasm"],
  ["workletProcessor.js", "text/javascript; charset=utf-8"],
])("GET /api/effects/%s gives the package's file", async (file, type) => {
  const answer = await get(file);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(60_000);
});

it("does not give again what the browser has", async () => {
  const first = await get("rnnoise.wasm");
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]+"$/);
  expect(first.headers.get("cache-control")).toBe("public, no-cache");
  const again = await get("rnnoise.wasm", { "if-none-match": etag });
  expect(again.status).toBe(304);
  expect((await again.arrayBuffer()).byteLength).toBe(0);
  expect((await get("rnnoise_simd.wasm", { "if-none-match": etag })).status).toBe(200);
});

it.each(["package.json", "..%2Fpackage.json", "index.js"])("has no %s", async (file) => {
  expect((await get(file)).status).toBe(404);
});
