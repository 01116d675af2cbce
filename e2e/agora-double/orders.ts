/** What a test tells the double to do from now on. Set by tests, read by the double at each request and packet. */
export interface Orders {
  /** The access point's code for every join; `null`: as the token deserves. */
  refuseWith: number | null;
  /** Neither the access point nor the edge can be reached: connections are dropped. */
  isSignallingDown: boolean;
  /** Whose packets are lost, both ways; `"all"`: everyone's. */
  mediaDownFor: ReadonlySet<number> | "all";
  /** How long each answer of access point and edge takes. Milliseconds. */
  answerAfterMs: number;
  /** Writes what is said on the edge to stdout: for finding out what an SDK does. */
  isVerbose: boolean;
}

export function newOrders(): Orders {
  return {
    refuseWith: null,
    isSignallingDown: false,
    mediaDownFor: new Set(),
    answerAfterMs: 0,
    isVerbose: Boolean(process.env.AGORA_DOUBLE_VERBOSE),
  };
}
