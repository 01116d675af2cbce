/** One thing that a tab did on the way in; `endedAt` is when it began where it took no time. Epoch milliseconds. */
export interface TraceStep {
  what: string;
  startedAt: number;
  endedAt: number;
}

declare global {
  interface Window {
    readonly joinTrace: TraceStep[];
  }
}

/**
 * Runs in the page before any of its scripts: notes what the page asks of the server and of its peer connections, and when it
 * draws. Noting takes time of its own: what is traced is not measured.
 */
export function traceJoin(): void {
  const steps: TraceStep[] = [];
  Object.defineProperty(window, "joinTrace", { value: steps });
  const nowMs = () => performance.timeOrigin + performance.now();
  const note = (what: string) => steps.push({ what, startedAt: nowMs(), endedAt: nowMs() });
  const begin = (what: string) => {
    const step = { what, startedAt: nowMs(), endedAt: 0 };
    steps.push(step);
    return () => {
      step.endedAt = nowMs();
    };
  };

  const fetchAsBefore = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const end = begin(`${init?.method ?? "GET"} ${url.pathname.replace(/^\/api\/rooms\/[^/]+/, "/api/rooms/ROOM")}`);
    try {
      return await fetchAsBefore(input, init);
    } finally {
      end();
    }
  };

  const connectionClass = window.RTCPeerConnection;
  const prototype = connectionClass.prototype;
  const wrapped = ["setLocalDescription", "setRemoteDescription", "addIceCandidate"] as const;
  for (const name of wrapped) {
    const original = prototype[name] as (...args: unknown[]) => Promise<void>;
    Object.defineProperty(prototype, name, {
      value: async function (this: RTCPeerConnection, ...args: unknown[]) {
        const end = begin(name);
        try {
          return await original.apply(this, args);
        } finally {
          end();
        }
      },
    });
  }
  window.RTCPeerConnection = new Proxy(connectionClass, {
    construct(target, args: [RTCConfiguration?]) {
      const end = begin("new RTCPeerConnection");
      const connection = new target(...args);
      end();
      connection.addEventListener("iceconnectionstatechange", () => note(`ICE ${connection.iceConnectionState}`));
      connection.addEventListener("connectionstatechange", () => note(`connection ${connection.connectionState}`));
      connection.addEventListener("track", ({ track }) => {
        track.addEventListener("unmute", () => note(`${track.kind} arrives`));
      });
      return connection;
    },
  });
  const replaceTrack = RTCRtpSender.prototype.replaceTrack;
  RTCRtpSender.prototype.replaceTrack = async function (track) {
    const end = begin(`replaceTrack (${track?.kind ?? "nothing"})`);
    await replaceTrack.call(this, track);
    end();
  };
  const setParameters = RTCRtpSender.prototype.setParameters;
  RTCRtpSender.prototype.setParameters = async function (parameters) {
    const end = begin("setParameters");
    await setParameters.call(this, parameters);
    end();
  };

  window.addEventListener("click", () => note("click"), { capture: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const startedAt = performance.timeOrigin + startTime;
      steps.push({ what: "main thread busy", startedAt, endedAt: startedAt + duration });
    }
  }).observe({ type: "longtask" });
  const seen = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const tile of document.querySelectorAll("[data-testid=tile]")) {
      if (seen.has(tile)) continue;
      seen.add(tile);
      note(tile.getAttribute("data-local") === "true" ? "own tile drawn" : "the other's tile drawn");
    }
    for (const video of document.querySelectorAll<HTMLVideoElement>("[data-testid=tile][data-local=false] video")) {
      if (seen.has(video)) continue;
      seen.add(video);
      note("the other's <video> made");
      video.addEventListener("loadedmetadata", () => note("<video> loadedmetadata"));
      video.requestVideoFrameCallback(() => note("first frame of the other"));
    }
  }).observe(document, { childList: true, subtree: true });
}
