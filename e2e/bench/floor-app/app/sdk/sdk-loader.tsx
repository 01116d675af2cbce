"use client";

import dynamic from "next/dynamic";

// The SDK touches `window` when it is loaded, here as in the app.
export const SdkLoader = dynamic(() => import("./sdk-version").then((module) => module.SdkVersion), { ssr: false });
