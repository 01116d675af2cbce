/** What stands while the call's code is loaded. */
export function RoomSkeleton() {
  return (
    <main className="flex min-h-dvh items-center justify-center p-6">
      <p role="status" className="text-muted">
        Opening the room…
      </p>
    </main>
  );
}
