/** Next calls this once when a server starts. Only the Node.js one has anything to start, and a build serves nobody. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { startRuntime } = await import("@/lib/server/start-runtime");
  startRuntime();
}
