const DIST = "/node_modules/@sapphi-red/web-noise-suppressor/dist";

/** For tests without the app's server: Vite gives the packages' files out as they are. */
export const PACKAGE_FILES = {
  worklet: `${DIST}/rnnoise/workletProcessor.js`,
  wasm: `${DIST}/rnnoise.wasm`,
  simdWasm: `${DIST}/rnnoise_simd.wasm`,
};
