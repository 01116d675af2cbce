import { Agent, request } from "node:http";
import type { MeasuredServer } from "./floor-server";
import { cpuSecondsOf, nextServerIn } from "./processes";
import { percentile } from "./statistics";

const CONNECTIONS = 50;
/** Node's server closes what is idle for 5 s: what was used just then would be cut off. */
const IDLE_MS = 2_000;

export interface Call {
  method: "POST" | "DELETE";
  path: string;
  token?: string;
  body?: unknown;
}

export interface Answer {
  status: number;
  body: string;
}

interface LoadFigures {
  perSecond: number;
  perCpuSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Keeps 50 connections to a server busy, each with one call at a time. */
export class Load {
  readonly #server: MeasuredServer;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, timeout: IDLE_MS });

  constructor(server: MeasuredServer) {
    this.#server = server;
  }

  /** Makes one call. @throws {Error} when the answer is no success */
  async call(call: Call): Promise<Answer> {
    const answer = await this.#make(call);
    if (answer.status >= 300) throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.body}`);
    return answer;
  }

  /**
   * Makes all the calls. An answer that is no success is an error: a server that refuses is fast.
   *
   * @returns the answers in the order of the calls, and how fast they came; the processor's time is the serving process's
   */
  async run(calls: readonly Call[]): Promise<{ answers: Answer[]; figures: LoadFigures }> {
    const answers: Answer[] = [];
    const tookMs: number[] = [];
    const pid = nextServerIn(this.#server.pid);
    let next = 0;
    const work = async () => {
      for (let index = next++; index < calls.length; index = next++) {
        const call = calls[index];
        if (!call) return;
        const startedMs = performance.now();
        answers[index] = await this.call(call);
        tookMs.push(performance.now() - startedMs);
      }
    };
    const cpuBefore = cpuSecondsOf([pid]);
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    const seconds = (performance.now() - startedMs) / 1000;
    const cpuSeconds = cpuSecondsOf([pid]) - cpuBefore;
    return {
      answers,
      figures: {
        perSecond: calls.length / seconds,
        perCpuSecond: calls.length / cpuSeconds,
        p50Ms: percentile(tookMs, 50),
        p99Ms: percentile(tookMs, 99),
      },
    };
  }

  close(): void {
    this.#agent.destroy();
  }

  #make({ method, path, token, body }: Call): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#server.url}${path}`,
        {
          agent: this.#agent,
          method,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(payload === undefined
              ? {}
              : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) }),
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
          response.on("error", reject);
        },
      );
      sent.on("error", reject);
      sent.end(payload);
    });
  }
}
