/** The least that a page of this framework costs. */
export default function EmptyPage() {
  return (
    <main>
      <h1>Floor</h1>
    </main>
  );
}
