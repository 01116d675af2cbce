import { useId } from "react";
import type { WayFigures } from "@/lib/call/connection-figures";
import { figureRows } from "@/lib/call/connection-text";

interface FiguresTableProps {
  title: string;
  /** How it goes, in words. */
  quality: string;
  line: string;
  figures: WayFigures;
}

/** How it goes with one person: first in words, then in numbers. */
export function FiguresTable({ title, quality, line, figures }: FiguresTableProps) {
  const id = useId();
  return (
    <article aria-labelledby={id} className="rounded-2xl bg-ground/60 px-4 py-3">
      <h4 id={id} className="font-medium" dir="auto">
        {title}
      </h4>
      <p>{quality}</p>
      <p className="mt-0.5 text-muted">{line}</p>
      <table aria-labelledby={id} className="mt-2 w-full table-fixed text-left tabular-nums">
        <thead className="text-muted">
          <tr>
            <td />
            <th scope="col" className="font-normal">
              Sound
            </th>
            <th scope="col" className="font-normal">
              Picture
            </th>
          </tr>
        </thead>
        <tbody>
          {figureRows(figures).map(({ label, sound, picture }) => (
            <tr key={label} className="border-line/60 border-t">
              <th scope="row" className="py-1 pr-2 font-normal text-muted">
                {label}
              </th>
              <td className="py-1 pr-2">{sound}</td>
              <td className="py-1">{picture}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
