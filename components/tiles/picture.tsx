import { type ReactNode, useEffect, useRef, useState } from "react";

/** A wide picture may lose this much of its width to fill a narrow tile: people sit in its middle. */
const MAX_NARROWING = 2.4;

/** An upright one may lose much less of its height in a wide tile: it would lose heads. */
const MAX_FLATTENING = 1.5;

/** A video that fills its tile as far as it can without losing what it shows, with bars beside it where it cannot. */
export function Picture({ isHidden = false, children }: { isHidden?: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const aspect = useVideoAspect(box);
  return (
    <div
      className={`@container-[size] absolute inset-0 flex items-center justify-center ${isHidden ? "invisible" : ""}`}
    >
      <div
        ref={box}
        className="relative size-full overflow-hidden [&_video]:object-[50%_35%]"
        style={
          aspect
            ? {
                width: `min(100cqw, ${100 * aspect * MAX_FLATTENING}cqh)`,
                height: `min(100cqh, ${(100 * MAX_NARROWING) / aspect}cqw)`,
              }
            : {}
        }
      >
        {children}
      </div>
    </div>
  );
}

/** Width by height of the video within, `null` before it has a frame. The SDK makes the element: its events are caught on the way. */
function useVideoAspect(box: { readonly current: HTMLElement | null }): number | null {
  const [aspect, setAspect] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = ({ target: video }: Event) => {
      if (video instanceof HTMLVideoElement && video.videoHeight > 0) setAspect(video.videoWidth / video.videoHeight);
    };
    const events = ["loadedmetadata", "resize"] as const;
    for (const event of events) element.addEventListener(event, measure, { capture: true });
    return () => {
      for (const event of events) element.removeEventListener(event, measure, { capture: true });
    };
  }, [box]);
  return aspect;
}
