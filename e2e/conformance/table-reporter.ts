import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const CONFORMANCE = "conformance.spec.ts";

/** Prints what the conformance suite found: a row for each scenario, a column for each client, and each difference's reason. */
export default class TableReporter implements Reporter {
  readonly #clients: string[] = [];
  readonly #rows = new Map<string, Map<string, string>>();
  readonly #notes: string[] = [];

  onTestEnd(test: TestCase, { status, annotations }: TestResult): void {
    if (!test.location.file.endsWith(CONFORMANCE)) return;
    const client = test.parent.title;
    if (!this.#clients.includes(client)) this.#clients.push(client);
    const row = this.#rows.get(test.title) ?? new Map<string, string>();
    this.#rows.set(test.title, row);
    const differences = annotations.flatMap(({ type, description }) => (type === "differs" ? [description ?? ""] : []));
    row.set(client, this.#cell(status, differences));
  }

  onEnd(): void {
    if (this.#rows.size === 0) return;
    const titles = [...this.#rows.keys()];
    const width = Math.max(...titles.map((title) => title.length));
    const line = (title: string, cells: string[]) =>
      `${title.padEnd(width)}  ${cells.map((cell, index) => cell.padEnd(this.#clients[index]?.length ?? 0)).join("  ")}`;
    console.log(`\n${line("IAgoraRTCClient", this.#clients)}`);
    for (const [title, row] of this.#rows) {
      console.log(
        line(
          title,
          this.#clients.map((client) => row.get(client) ?? "–"),
        ),
      );
    }
    for (const [index, note] of this.#notes.entries()) console.log(`  ${index + 1}. ${note}`);
  }

  #cell(status: TestResult["status"], differences: string[]): string {
    if (status !== "passed") return status;
    if (differences.length === 0) return "ok";
    this.#notes.push(...differences);
    const last = this.#notes.length;
    return `differs ${differences.map((_, index) => last - differences.length + index + 1).join(" ")}`;
  }
}
