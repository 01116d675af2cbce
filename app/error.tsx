"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { logWarning } from "@/lib/log";

/** What a person sees when a page fails: a sentence and a way on. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => logWarning("The page failed.", error), [error]);
  return (
    <Notice title="This page could not be shown" text="The connection may have been lost while it was loading.">
      <Button onClick={reset}>Try again</Button>
    </Notice>
  );
}
