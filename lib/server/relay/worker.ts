import { parentPort, workerData } from "node:worker_threads";
import type { FromWorker, ToWorker, WorkerStart } from "./messages";
import { UnusableOffer } from "./offer";
import { RelayCore } from "./relay-core";
import { goFirst } from "./thread-priority";

const FIGURES_EVERY_MS = 1_000;

/** The relay's thread: packets are taken and passed on here, whatever the web server is busy with. */
async function run({ port }: WorkerStart): Promise<void> {
  const main = parentPort;
  if (!main) throw new Error("The relay runs in a worker.");
  goFirst();
  const tell = (message: FromWorker) => main.postMessage(message);
  const core = await RelayCore.start(port, {
    onNotice: (to, notice) => tell({ type: "notice", to, notice }),
    onEnded: (peer, reason) => tell({ type: "ended", peer, reason }),
  });
  main.on("message", (message: ToWorker) => {
    switch (message.type) {
      case "open":
        tell(open(core, message));
        break;
      case "ask":
        tell({ type: "asked", id: message.id, isKnown: core.ask(message.address, message.wishes, message.seq) });
        break;
      case "remove":
        core.remove(message.room, message.uid);
        break;
      default:
        message satisfies never;
    }
  });
  setInterval(() => tell({ type: "figures", figures: core.summary }), FIGURES_EVERY_MS);
  tell({ type: "listening", port: core.port });
}

function open(
  core: RelayCore,
  { id, address, sdp, wishes, addresses }: Extract<ToWorker, { type: "open" }>,
): FromWorker {
  try {
    return { type: "opened", id, answer: core.open(address, sdp, wishes, addresses) };
  } catch (error) {
    if (!(error instanceof UnusableOffer)) throw error;
    return { type: "refused", id, reason: error.message };
  }
}

run(workerData as WorkerStart).catch((error: unknown) => {
  // As any error that nobody catches, it ends the worker: the main thread says so and starts another.
  queueMicrotask(() => {
    throw error;
  });
});
