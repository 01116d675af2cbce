import type { Page } from "@playwright/test";

/** What a page still holds after all garbage was collected. */
export interface HeldByPage {
  heapBytes: number;
  listeners: number;
  nodes: number;
  /** Open or closed, as long as anything knows of them. */
  peerConnections: number;
}

/** Asks the browser what a page holds; what only the tests keep of it (`recordMedia`) they forget first. */
export async function heldByPage(page: Page): Promise<HeldByPage> {
  await page.evaluate(() => {
    const { connections, deviceTracks } = window.recordedMedia;
    connections.splice(0, Infinity, ...connections.filter(({ connectionState }) => connectionState !== "closed"));
    deviceTracks.splice(0, Infinity, ...deviceTracks.filter(({ readyState }) => readyState === "live"));
  });
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("HeapProfiler.enable");
    // What a page writes to its console is kept for those who look at it, as Playwright does.
    await session.send("Runtime.discardConsoleEntries");
    // What a first collection only unlinks, a second one frees.
    for (let pass = 0; pass < 2; pass++) await session.send("HeapProfiler.collectGarbage");
    const { result } = await session.send("Runtime.evaluate", { expression: "RTCPeerConnection.prototype" });
    const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" });
    const { result: count } = await session.send("Runtime.callFunctionOn", {
      objectId: objects.objectId ?? "",
      functionDeclaration: "function () { return this.length; }",
      returnByValue: true,
    });
    await session.send("Performance.enable");
    const { metrics } = await session.send("Performance.getMetrics");
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    return {
      heapBytes: metric("JSHeapUsedSize"),
      listeners: metric("JSEventListeners"),
      nodes: metric("Nodes"),
      peerConnections: Number(count.value),
    };
  } finally {
    await session.detach();
  }
}
