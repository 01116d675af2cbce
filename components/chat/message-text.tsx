import { memo } from "react";
import { type TextPart, textParts } from "@/lib/call/chat/links";

/** A message's text as it was written: lines stay lines, links can be opened, and nothing else in it is more than text. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap text-sm leading-relaxed wrap-anywhere">
      {withPlaces(textParts(text)).map(({ at, part }) =>
        part.type === "text" ? (
          part.text
        ) : (
          <a
            key={at}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            className="text-accent underline underline-offset-2 hover:text-accent-strong"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  );
});

function withPlaces(parts: readonly TextPart[]): Array<{ at: number; part: TextPart }> {
  let at = 0;
  return parts.map((part) => {
    const place = { at, part };
    at += part.text.length;
    return place;
  });
}
