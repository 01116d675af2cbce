import { type ComponentProps, useId } from "react";

interface TextFieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: string;
  /** What is wrong with what was typed; said at once by screen readers. */
  problem: string | null;
}

/** A labelled line of text, and beneath it what is wrong with it. */
export function TextField({ label, problem, className = "", ...props }: TextFieldProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm text-muted">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        className="h-12 w-full rounded-xl border border-edge bg-ground px-4 text-base placeholder:text-muted/80 aria-invalid:border-danger"
        dir="auto"
        {...props}
      />
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1.5 text-sm text-warning">
          {problem}
        </p>
      )}
    </div>
  );
}
