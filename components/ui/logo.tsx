export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold text-lg tracking-tight">
      <svg viewBox="0 0 32 32" className="size-8" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="fill-accent" />
        <rect x="7" y="10" width="12" height="12" rx="3.5" className="fill-on-accent" />
        <path
          d="M20.5 14.6 25 11.8v8.4l-4.5-2.8z"
          className="fill-on-accent stroke-on-accent"
          strokeWidth="1.6"
          strokeLinejoin="round"
        />
      </svg>
      MyChat
    </span>
  );
}
