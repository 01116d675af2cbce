/** What stands while the call's code is loaded, or its seat is taken again; with the reason where that takes long. */
export function RoomSkeleton({ problem }: { problem: string | null }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 p-page text-center">
      <div role="status">
        <h1 className="text-muted">Opening the room…</h1>
      </div>
      {problem ? (
        <>
          <p role="alert" className="text-warning">
            {problem}
          </p>
          <a href="/" className="rounded-xl bg-raised px-5 py-3 font-medium transition-colors hover:bg-line">
            Back to the lobby
          </a>
        </>
      ) : null}
    </main>
  );
}
