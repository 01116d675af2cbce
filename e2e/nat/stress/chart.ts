/** What changes over time, as lines in one frame. */
export interface Panel {
  title: string;
  /** The top of the frame. */
  max: number;
  lines: ReadonlyArray<{
    name: string;
    colour: string;
    points: ReadonlyArray<readonly [seconds: number, value: number]>;
  }>;
}

/** A stretch of time with a name, drawn as a band. */
export interface Phase {
  name: string;
  fromSeconds: number;
  toSeconds: number;
}

const WIDTH = 960;
const LEFT = 56;
const RIGHT = 150;
const PANEL_HEIGHT = 120;
const GAP = 44;
const TOP = 34;

/** Draws panels one below the other, with one time for all, as an SVG file's text. */
export function drawChart(panels: readonly Panel[], phases: readonly Phase[]): string {
  const from = Math.min(...phases.map((phase) => phase.fromSeconds));
  const to = Math.max(...phases.map((phase) => phase.toSeconds));
  const x = (seconds: number) => round(LEFT + ((seconds - from) / (to - from)) * (WIDTH - LEFT - RIGHT));
  const height = TOP + panels.length * (PANEL_HEIGHT + GAP) + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    "<title>What comes to each of three people, one of whom has a bad line</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...phases.map((phase, at) => band(phase, x, at % 2 === 1, height)),
    ...panels.map((panel, at) => drawPanel(panel, x, TOP + at * (PANEL_HEIGHT + GAP), [from, to])),
    "</svg>",
    "",
  ].join("\n");
}

function band(
  { name, fromSeconds, toSeconds }: Phase,
  x: (seconds: number) => number,
  isShaded: boolean,
  height: number,
) {
  const left = x(fromSeconds);
  const width = round(x(toSeconds) - left);
  const rect = `<rect x="${left}" y="${TOP - 24}" width="${width}" height="${height - TOP + 14}" fill="#f4e3d0"/>`;
  const label = `<text x="${round(left + width / 2)}" y="${TOP - 10}" text-anchor="middle">${name}</text>`;
  return `${isShaded ? rect : ""}${label}`;
}

function drawPanel({ title, max, lines }: Panel, x: (seconds: number) => number, top: number, time: readonly number[]) {
  const bottom = top + 20 + PANEL_HEIGHT;
  const y = (value: number) => round(bottom - (Math.min(value, max) / max) * PANEL_HEIGHT);
  const [left, right] = time.map(x);
  const grid = [0, max / 2, max].map(
    (value) =>
      `<path d="M${left} ${y(value)}H${right}" stroke="#bbb" stroke-width="0.5"/>` +
      `<text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end" fill="#555">${value}</text>`,
  );
  const drawn = lines.map(({ name, colour, points }, at) => {
    const path = points
      .map(([seconds, value], index) => `${index === 0 ? "M" : "L"}${x(seconds)} ${y(value)}`)
      .join("");
    return (
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>` +
      `<text x="${WIDTH - RIGHT + 10}" y="${top + 34 + at * 16}" fill="${colour}">${name}</text>`
    );
  });
  return `<text x="${LEFT}" y="${top + 12}" font-weight="bold">${title}</text>${grid.join("")}${drawn.join("")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
