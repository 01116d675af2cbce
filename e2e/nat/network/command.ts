import { spawnSync } from "node:child_process";

/**
 * Runs a command of the system to its end.
 *
 * @param input what it reads from its standard input
 * @returns what it printed
 * @throws {Error} with what it complained of
 */
export function run(command: string, args: readonly string[], input = ""): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { input, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stderr}`);
  return stdout;
}
