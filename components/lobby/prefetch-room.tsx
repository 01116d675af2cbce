"use client";

import { useEffect } from "react";
import { prefetchWhenIdle } from "@/lib/prefetch";

/** Fetches the call's scripts while the person types, so that the room's page has them when it opens. Draws nothing. */
export function PrefetchRoom({ scripts }: { scripts: readonly string[] }) {
  useEffect(() => prefetchWhenIdle(scripts), [scripts]);
  return null;
}
