import type { Uid } from "@/lib/contracts/identifiers";
import { initialsOf } from "@/lib/initials";

/** Calm grounds, dark enough that white letters stand on each with a contrast above 4.5. */
const GROUNDS = ["#33508f", "#6b3f8d", "#8a3b62", "#8f4a2e", "#5c6420", "#23694f", "#1f6580", "#4b4a9c"];

/** Initials where there is no picture; the same person has the same colour on every screen. */
export function Avatar({ name, uid }: { name: string; uid: Uid }) {
  return (
    <div className="@container-[size] absolute inset-0 flex items-center justify-center" aria-hidden="true">
      <Initials name={name} uid={uid} className="size-[min(42cqmin,9rem)] text-[min(15cqmin,3.2rem)]" />
    </div>
  );
}

/** The disc alone, of any size. */
export function Initials({ name, uid, className }: { name: string; uid: Uid; className: string }) {
  return (
    <span
      aria-hidden="true"
      className={`flex shrink-0 items-center justify-center rounded-full font-medium text-white ${className}`}
      style={{ background: GROUNDS[uid % GROUNDS.length] }}
    >
      {initialsOf(name)}
    </span>
  );
}
